"""The demo's articles, written and published by its editor a month ago, and trained."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from cscore.accounts.models import User
from cscore.accounts.roles import Role
from cscore.demo import files
from cscore.demo.stock import World
from kb import actions
from kb.answers import OtherAnswer, Rich
from kb.rules import Draft
from kb.tasks import train_matcher

ARTICLES = {"shanye": "articles.jsonl", "harbor": "articles_en.jsonl"}
WRITTEN_AGO = timedelta(days=32)


def load(world: World) -> int:
    """Publishes every article; returns how many."""
    count, more = 0, {row["id"]: row for row in files.rows("answers.jsonl")}
    for key, name in ARTICLES.items():
        shop, at = world.shops[key], world.now - WRITTEN_AGO
        by = editor(world, key)
        drafts = [
            Draft(row["id"], row["question"], tuple(row["variants"]), row["answer"], row.get("category", ""))
            for row in files.rows(name)
        ]
        drafts = [replace(draft, **_more(more.get(draft.key, {}), world)) for draft in drafts]
        versions = actions.save_drafts(shop=shop, drafts=drafts, by=by, at=at)
        actions.publish(versions=versions, by=by, at=at)
        # At once, not when the worker comes to it: the visits that follow are answered from these words.
        train_matcher(shop.pk)
        count += len(versions)
    return count


def _more(row: dict[str, Any], world: World) -> dict[str, Any]:
    """What an article says besides question, phrasings and answer."""
    return {
        "rich": Rich.from_json(row.get("rich", {})),
        "others": tuple(_other(other, world) for other in row.get("others", ())),
        "negatives": tuple(row.get("negatives", ())),
        "negative_keywords": tuple(row.get("negative_keywords", ())),
        "tell_person": row.get("tell_person", False),
    }


def _other(row: dict[str, Any], world: World) -> OtherAnswer:
    """Dated by days from now, so that a sale is always just over."""
    other = OtherAnswer.from_json(row)
    begins, ends = (_in_days(row.get(field), world) for field in ("from_days", "until_days"))
    return replace(other, when=replace(other.when, begins=begins, ends=ends))


def _in_days(count: int | None, world: World) -> datetime | None:
    return None if count is None else world.now + timedelta(days=count)


def editor(world: World, key: str) -> User | None:
    """The shop's editor, if it has one of its own."""
    return next((p for p in world.shops[key].staff.all() if p.role == Role.EDITOR), None)
