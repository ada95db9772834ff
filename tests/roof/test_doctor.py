"""`manage.py doctor` names what is wrong and how to mend it."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.test import override_settings
from django.utils import timezone
from django_q.models import Failure, OrmQ

from cscore import doctor
from cscore.accounts.models import User
from cscore.commerce.models import Shop
from kb.models import KnowledgeBase

pytestmark = pytest.mark.django_db


def finding(about: str) -> doctor.Diagnosis:
    return next(one for one in doctor.examine() if one.about == about)


def test_a_sound_deployment_has_nothing_to_mend_but_what_is_missing() -> None:
    User.objects.create_superuser("root", password="x-Long-enough-1", display_name="Root")

    printed = StringIO()
    call_command("doctor", stdout=printed)

    assert "an acknowledged message survives a power cut" in printed.getvalue()
    assert "fail" not in printed.getvalue()


def test_without_an_administrator_the_doctor_fails() -> None:
    with pytest.raises(SystemExit) as ended:
        call_command("doctor", stdout=StringIO())

    assert ended.value.code == 1
    assert finding("people").health is doctor.Health.FAIL


def test_a_job_that_nobody_takes_means_there_is_no_worker() -> None:
    OrmQ.objects.create(key="cscore", payload="x", lock=timezone.now() - timedelta(minutes=5))

    assert finding("worker").health is doctor.Health.FAIL
    assert "serve --no-web" in finding("worker").mend


def test_a_job_that_waits_while_another_runs_asks_for_another_worker() -> None:
    OrmQ.objects.create(key="cscore", payload="x", lock=timezone.now() - timedelta(minutes=5))
    OrmQ.objects.create(key="cscore:1:ab12cd34:4711", payload="x", lock=timezone.now() + timedelta(minutes=1))

    assert finding("worker").health is doctor.Health.WARN
    assert "another" in finding("worker").mend


def test_a_job_that_failed_today_is_named_and_one_of_last_week_is_not() -> None:
    told = {"func": "kb.tasks.train_matcher", "name": "train", "success": False, "started": timezone.now()}
    Failure.objects.create(id="old", stopped=timezone.now() - timedelta(days=7), **told)
    before = finding("jobs").health
    Failure.objects.create(id="new", stopped=timezone.now(), **told)

    assert (before, finding("jobs").health) == (doctor.Health.OK, doctor.Health.WARN)
    assert "kb.tasks.train_matcher" in finding("jobs").finding


@override_settings(REDIS_URL="redis://127.0.0.1:1/0")
def test_a_dead_redis_is_a_warning_since_messages_still_arrive() -> None:
    assert finding("wake-ups").health is doctor.Health.WARN


@override_settings(LANGUAGE_MODEL={"base_url": "http://127.0.0.1:1/v1", "model": "tiny"})
def test_a_language_model_that_is_away_is_a_warning_since_answers_are_said_anyway() -> None:
    assert finding("language model").health is doctor.Health.WARN


def test_without_a_language_model_nothing_is_missing() -> None:
    assert finding("language model").health is doctor.Health.OK


@override_settings(BIND="0.0.0.0", HTTPS=False)
def test_an_open_address_without_https_is_a_warning() -> None:
    assert finding("https").health is doctor.Health.WARN


def test_a_release_that_is_not_trained_yet_is_named(shop: Shop) -> None:
    KnowledgeBase.objects.update_or_create(shop=shop, defaults={"release": 4})

    assert shop.key in finding("knowledge").finding
