"""Asking, before a draft goes live, what a training with it would find."""

from datetime import datetime, timedelta
from typing import Final

from django.db import transaction
from django_q.tasks import async_task

from kb.models import ArticleVersion, KnowledgeBase, TrialTraining

# By then its job was tried for the last time, and given up.
_OVER_AFTER: Final = timedelta(hours=6)


@transaction.atomic
def ask_trial(*, version: ArticleVersion, at: datetime) -> TrialTraining | None:
    """Queues the trial training of a draft beside what is live now; one that was asked for already is not queued twice.

    None for a version that is live, and in a shop where nothing is.
    """
    shop_id = version.article.shop_id
    base = KnowledgeBase.objects.filter(shop=shop_id, release__gt=0).first()
    if base is None or version.article.live_version_id == version.pk:
        return None
    trial, _created = TrialTraining.objects.select_for_update().get_or_create(
        version=version, defaults={"release": 0, "asked_at": at}
    )
    lost = trial.finished_at is None and trial.asked_at < at - _OVER_AFTER
    if trial.release != base.release or lost:
        trial.release, trial.asked_at, trial.finished_at = base.release, at, None
        trial.before, trial.after = {}, {}
        trial.save()
        async_task("kb.tasks.try_training", version.pk, task_name=f"trial of version {version.pk}")
    return trial
