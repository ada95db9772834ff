"""A slip of the demo's editor: free delivery from 9.9 yuan instead of 99, live for twelve minutes and undone."""

from datetime import timedelta

from cscore.demo.stock import World
from cscore.demo.words import editor
from kb import actions
from kb.models import Article
from kb.queries import draft_of
from kb.rules import Draft

SHOP = "shanye"
ARTICLE = "logistics-fee"
LASTED = timedelta(minutes=12)


def load(world: World) -> None:
    """Publishes the slip, undoes it, and makes the right text the latest draft again."""
    shop, by, at = world.shops[SHOP], editor(world, SHOP), world.ago(3, "10:05")
    article = Article.objects.select_related("live_version__article").get(shop=shop, key=ARTICLE)
    if article.live_version is None:
        return
    right = draft_of(article.live_version)
    slip = Draft(right.key, right.question, right.phrasings, right.answer.replace("99 元", "9.9 元", 1))
    [version] = actions.save_drafts(shop=shop, drafts=[slip], by=by, at=at)
    release = actions.publish(versions=[version], by=by, at=at)
    actions.undo(shop=shop, release=release, by=by, at=at + LASTED)
    actions.restore(version=article.live_version, by=by, at=at + LASTED)
