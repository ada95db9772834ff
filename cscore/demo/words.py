"""The demo's articles, written and published by its editor a month ago, and trained."""

from datetime import timedelta

from cscore.accounts.models import User
from cscore.accounts.roles import Role
from cscore.demo import files
from cscore.demo.stock import World
from kb import actions
from kb.rules import Draft
from kb.tasks import train_matcher

ARTICLES = {"shanye": "articles.jsonl", "harbor": "articles_en.jsonl"}
WRITTEN_AGO = timedelta(days=32)


def load(world: World) -> int:
    """Publishes every article; returns how many."""
    count = 0
    for key, name in ARTICLES.items():
        shop, at = world.shops[key], world.now - WRITTEN_AGO
        by = editor(world, key)
        drafts = [
            Draft(row["id"], row["question"], tuple(row["variants"]), row["answer"], row.get("category", ""))
            for row in files.rows(name)
        ]
        versions = actions.save_drafts(shop=shop, drafts=drafts, by=by, at=at)
        actions.publish(versions=versions, by=by, at=at)
        # At once, not when the worker comes to it: the visits that follow are answered from these words.
        train_matcher(shop.pk)
        count += len(versions)
    return count


def editor(world: World, key: str) -> User | None:
    """The shop's editor, if it has one of its own."""
    return next((p for p in world.shops[key].staff.all() if p.role == Role.EDITOR), None)
