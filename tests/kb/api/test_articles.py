"""What an ERP reads and writes, over HTTP."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client

from cscore.accounts.models import AuditEntry, User
from cscore.commerce.models import Shop
from cscore.common import clock
from cscore.common.errors import Refusal
from cscore.compliance.models import Rule
from kb import actions
from kb.models import Article, ArticleVersion, Category, KnowledgeBase
from tests.factories import MONDAY_9AM
from tests.kb.articles import draft, published

ARTICLES = "/api/v1/articles/"
TENT = {"question": "Is the tent waterproof?", "phrasings": ["Does it leak?"], "answer": "To 3,000 mm."}


def put(erp: Client, key: str, told: object, **headers: str) -> Any:
    return erp.put(f"{ARTICLES}{key}/", told, content_type="application/json", headers=headers)


def post(erp: Client, path: str, told: object = None) -> Any:
    return erp.post(f"{ARTICLES}{path}", told, content_type="application/json")


def error(response: Any) -> dict[str, Any]:
    found: dict[str, Any] = response.json()["error"]
    return found


# --- Writing one ----------------------------------------------------------------------------------------


def test_an_article_is_written_read_and_published(erp: Client, shop: Shop) -> None:
    written = put(erp, "tent", TENT | {"category": "Goods"})
    live = post(erp, "tent/publish/")

    read = erp.get(f"{ARTICLES}tent/")
    assert (written.status_code, written.json()["state"]) == (201, "draft")
    assert live.json() == {"release": 1}
    assert read.json() == written.json() | {
        "state": "live",
        "live_version": 1,
        "published_at": read.json()["published_at"],
    }
    assert read.json()["category"] == "Goods"


def test_the_same_text_again_does_nothing(erp: Client, shop: Shop) -> None:
    put(erp, "tent", TENT)
    lines = AuditEntry.objects.count()

    again = put(erp, "tent", TENT)

    assert (again.status_code, again.json()["version"]) == (200, 1)
    assert AuditEntry.objects.count() == lines


def test_what_a_text_does_not_name_stays_and_what_it_names_is_replaced(erp: Client, shop: Shop) -> None:
    put(erp, "tent", TENT | {"category": "Goods", "negative_keywords": ["lamp"], "tell_person": True})

    changed = put(erp, "tent", {"question": TENT["question"], "answer": "Yes."}).json()

    assert (changed["category"], changed["negative_keywords"], changed["tell_person"]) == (
        "Goods",
        ["lamp"],
        True,
    )
    assert (changed["phrasings"], changed["answer"], changed["version"]) == ([], "Yes.", 2)
    assert put(erp, "tent", TENT | {"category": None}).json()["category"] is None


@pytest.mark.parametrize("change", [{"answer": "Mine."}, {"category": "Elsewhere"}])
def test_nobody_writes_over_what_he_has_not_read(erp: Client, shop: Shop, change: dict[str, str]) -> None:
    read = put(erp, "tent", TENT)
    put(erp, "tent", TENT | change)

    late = put(erp, "tent", TENT | {"answer": "Late."}, **{"If-Match": read["ETag"]})
    fresh = put(erp, "tent", TENT, **{"If-Match": erp.get(f"{ARTICLES}tent/")["ETag"]})

    assert (late.status_code, error(late)["code"]) == (412, "kb.changed-meanwhile")
    assert fresh.status_code == 200
    assert not ArticleVersion.objects.filter(answer="Late.").exists()


def test_if_none_match_writes_new_articles_alone(erp: Client, shop: Shop) -> None:
    first, second = (put(erp, "tent", TENT, **{"If-None-Match": "*"}) for _ in range(2))
    nothing_there = put(erp, "lamp", TENT | {"question": "Lamp?"}, **{"If-Match": '"1.0"'})

    assert (first.status_code, second.status_code, nothing_there.status_code) == (201, 412, 412)


@pytest.mark.parametrize(
    ("told", "status", "field"),
    [
        ({"answer": "No question."}, 400, "question"),
        ({"question": ""}, 400, "question"),
        ({"question": 7}, 400, "question"),
        ({"question": "q" * 257}, 400, "question"),
        ({"question": "Fine?", "asnwer": "typo"}, 400, "asnwer"),
        ({"question": "Fine?", "phrasings": "one"}, 400, "phrasings"),
        ({"question": "Fine?", "phrasings": ["p" * 257]}, 400, "phrasings"),
        ({"question": "Fine?", "answer": "a" * 4001}, 400, "answer"),
        ({"question": "Fine?", "category": "c" * 61}, 400, "category"),
        ({"question": "How long does delivery take?"}, 409, "question"),
    ],
)
def test_what_is_wrong_is_named_and_nothing_is_written(
    erp: Client, shop: Shop, lin: User, told: dict[str, object], status: int, field: str
) -> None:
    draft(shop, lin)

    refused = put(erp, "new", told)

    details = error(refused)["details"]
    assert refused.status_code == status
    assert details.get("field") == field or field in details["fields"]
    assert not Article.objects.filter(key="new").exists()
    assert not Category.objects.exists()


@pytest.mark.parametrize(
    "body", [b"{", b"\xff\xfe", b"[" * 100_000, b'{"question": NaN}', b"[]", b"null", b'"x"']
)
def test_what_is_no_object_is_refused(erp: Client, body: bytes) -> None:
    refused = erp.put(f"{ARTICLES}tent/", body, content_type="application/json")

    assert refused.status_code == 400
    assert error(refused)["code"] in {"not-json", "invalid"}


def test_a_body_without_end_is_refused(erp: Client) -> None:
    refused = erp.put(f"{ARTICLES}tent/", b" " * (8 * 2**20 + 1), content_type="application/json")

    assert (refused.status_code, error(refused)["code"]) == (413, "too-large")


@pytest.mark.parametrize("key", ["two words", "a" * 61, "%00", "％"])
def test_what_cannot_be_a_key_is_not_found(erp: Client, key: str) -> None:
    assert put(erp, key, TENT).status_code == 404
    assert erp.get(f"{ARTICLES}{key}/").status_code == 404


# --- The same rules as on the pages ---------------------------------------------------------------------


def forbid(shop: Shop, words: str) -> None:
    Rule.objects.create(
        shop=shop, key="own", family="absolute", words=words, action="block", updated_at=MONDAY_9AM
    )


def test_wording_rules_hold_what_may_not_be_said(erp: Client, shop: Shop) -> None:
    forbid(shop, "全网最低价")
    put(erp, "tent", TENT | {"answer": "全网最低价"})

    refused = post(erp, "tent/publish/")

    assert (refused.status_code, error(refused)["code"]) == (422, "kb.unsayable-answer")
    assert error(refused)["details"]["field"] == "answer"
    assert not Article.objects.get().is_live


def test_an_earlier_version_goes_live_and_an_article_is_withdrawn(erp: Client, shop: Shop) -> None:
    put(erp, "tent", TENT)
    put(erp, "tent", TENT | {"answer": "Changed."})

    post(erp, "tent/publish/", {"version": 1})
    state = erp.get(f"{ARTICLES}tent/").json()["state"]
    gone = post(erp, "tent/withdraw/")

    assert state == "changed"
    assert gone.json() == {"release": 2}
    assert error(post(erp, "tent/withdraw/"))["code"] == "kb.nothing-to-withdraw"
    assert post(erp, "tent/publish/", {"version": 9}).status_code == 404


def test_the_audit_trail_names_the_token_and_who_answers_for_it(erp: Client, shop: Shop, ada: User) -> None:
    put(erp, "tent", TENT)
    post(erp, "tent/publish/")

    for verb in ("kb.draft", "kb.publish"):
        line = AuditEntry.objects.get(verb=verb)
        assert line.by == ada
        assert line.details["through"].startswith("ERP (cs_")


def test_what_people_do_afterwards_names_no_token(erp: Client, shop: Shop, lin: User) -> None:
    put(erp, "tent", TENT)

    published(shop, lin, key="lamp")

    assert "through" not in AuditEntry.objects.get(verb="kb.publish").details


def plan(erp: Client, key: str, **told: object) -> Any:
    return erp.put(f"{ARTICLES}{key}/plan/", told, content_type="application/json")


def test_an_article_is_planned_and_the_plan_cancelled(erp: Client, shop: Shop) -> None:
    put(erp, "tent", TENT)
    soon, later = (clock.now() + timedelta(days=days) for days in (1, 2))

    planned = plan(erp, "tent", publish_at=soon.isoformat(), withdraw_at=later.isoformat()).json()
    cancelled = erp.delete(f"{ARTICLES}tent/plan/")

    assert (
        datetime.fromisoformat(planned["publish_at"]),
        datetime.fromisoformat(planned["withdraw_at"]),
    ) == (
        soon,
        later,
    )
    assert cancelled.json()["publish_at"] is None
    assert error(erp.delete(f"{ARTICLES}tent/plan/"))["code"] == "kb.nothing-planned"


def test_half_a_plan_that_cannot_be_is_no_plan(erp: Client, shop: Shop) -> None:
    put(erp, "tent", TENT)
    soon, before = (clock.now() + timedelta(hours=hours) for hours in (5, 1))

    refused = plan(erp, "tent", publish_at=soon.isoformat(), withdraw_at=before.isoformat())

    assert error(refused)["code"] == "kb.ends-before-it-begins"
    assert Article.objects.get().publish_at is None
    assert plan(erp, "tent").status_code == 400
    assert plan(erp, "tent", publish_at="2020-01-01T00:00:00Z").status_code == 400


def test_the_two_person_rule_holds_for_tokens(erp: Client, shop: Shop, ada: User, omar: User) -> None:
    KnowledgeBase.objects.update_or_create(shop=shop, defaults={"two_people": True})
    put(erp, "tent", TENT)
    version = ArticleVersion.objects.get()

    early = post(erp, "tent/publish/")
    actions.ask_review(article=version.article, by=ada, at=MONDAY_9AM)
    with pytest.raises(Refusal) as own:
        actions.approve(version=version, by=ada, at=MONDAY_9AM)
    actions.approve(version=version, by=omar, at=MONDAY_9AM)
    approved = post(erp, "tent/publish/")

    assert (early.status_code, error(early)["code"]) == (409, "kb.not-approved")
    assert own.value.code == "kb.own-version"
    assert approved.status_code == 200


# --- Many at once ---------------------------------------------------------------------------------------


def row(key: str, **fields: object) -> dict[str, object]:
    return {"key": key, "question": f"What about {key}?", "answer": f"All about {key}."} | fields


def test_many_articles_go_in_and_live_in_one_release(erp: Client, shop: Shop) -> None:
    told = {"articles": [row(f"a{number}") for number in range(200)], "publish": True}

    first, again = (post(erp, "", told).json() for _ in range(2))

    assert first == {"new": 200, "changed": 0, "same": 0, "release": 1}
    assert again == {"new": 0, "changed": 0, "same": 200, "release": None}
    assert Article.objects.live().count() == 200


def test_a_row_that_names_its_version_is_never_written_over_another(
    erp: Client, shop: Shop, lin: User
) -> None:
    row = TENT | {"key": "tent", "version": 0}
    assert post(erp, "", {"articles": [row]}).json()["new"] == 1
    assert (
        post(erp, "", {"articles": [row | {"version": 1, "answer": "To 5,000 mm."}]}).json()["changed"] == 1
    )
    draft(shop, lin, key="tent", question="Is the tent waterproof?", answer="Hers.")
    other = {"key": "lamp", "question": "How bright?", "answer": "300 lm."}

    refused = post(erp, "", {"articles": [other, row | {"version": 2, "answer": "Mine."}]})

    told = error(refused)
    assert (refused.status_code, told["code"]) == (409, "kb.rows-changed-meanwhile")
    assert [(one["row"], one["code"]) for one in told["details"]["issues"]] == [(2, "kb.changed-meanwhile")]
    assert ArticleVersion.objects.filter(article__key="tent").latest("number").answer == "Hers."
    assert not Article.objects.filter(key="lamp").exists()


def test_one_wrong_row_keeps_all_out_and_every_wrong_row_is_named(erp: Client, shop: Shop) -> None:
    rows = [
        row("good"),
        row("b d"),
        row("x", question=3),
        row("y", colour="red"),
        row("good"),
        row("z", answer=""),
    ]

    refused = post(erp, "", {"articles": rows, "publish": True})

    issues = error(refused)["details"]["issues"]
    assert refused.status_code == 422
    assert [(issue["row"], issue["field"], issue["code"]) for issue in issues] == [
        (2, "key", "kb.bad-key"),
        (3, "question", "invalid"),
        (4, "colour", "invalid"),
        (5, "key", "kb.key-twice"),
        (6, "answer", "kb.empty-answer"),
    ]
    assert not Article.objects.exists()


@pytest.mark.parametrize("rows", [[], [{}] * 1001, "rows", [1]])
def test_no_rows_and_too_many_are_refused(erp: Client, rows: object) -> None:
    assert post(erp, "", {"articles": rows}).status_code == 400
