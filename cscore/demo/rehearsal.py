"""What the demo's editor is about to publish, the questions that must stay answered, and what a replay says of it."""

from chat.actions.replaying import ask_replay, run_replay
from cscore.demo import files
from cscore.demo.stock import World
from cscore.demo.words import editor
from kb import actions
from kb.models import Article
from kb.rules import Draft

SHOP = "shanye"


def load(world: World) -> int:
    """Keeps the golden questions, writes the drafts and replays them at once; returns how many past questions."""
    shop, by, at = world.shops[SHOP], editor(world, SHOP), world.now
    articles = {article.key: article for article in Article.objects.filter(shop=shop).select_related("shop")}
    for row in files.rows("golden.jsonl"):
        actions.keep_golden(article=articles[row["id"]], question=row["question"], by=by, at=at)
    drafts = [
        Draft(row["id"], row["question"], tuple(row["variants"]), row["answer"], row["category"])
        for row in files.rows("drafts.jsonl")
    ]
    versions = actions.save_drafts(shop=shop, drafts=drafts, by=by, at=at)
    replay = ask_replay(versions=versions, by=by, at=at)
    run_replay(replay.pk)
    replay.refresh_from_db()
    return replay.total
