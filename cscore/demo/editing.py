"""What is under way between the demo's editor and the team's lead: reviews, a plan, remarks, an article grown old."""

from datetime import timedelta

from django.utils import timezone

from cscore.accounts.models import User
from cscore.demo import files
from cscore.demo.stock import World
from cscore.demo.words import WRITTEN_AGO, editor
from kb import actions
from kb.models import Article, ArticleVersion
from kb.rules import Draft

SHOP = "shanye"
STALE = "member-birthday"


def load(world: World) -> int:
    """Two articles in review, one sent back, one approved and planned, one stale; returns how many."""
    author, lead = editor(world, SHOP), world.staff["omar"]
    if author is None:
        return 0
    yesterday = world.ago(1, "15:20")
    written = _write(world, author)
    for key, note in (
        ("order-giftwrap", "礼盒换了供应商，价格改成 12 元。"),
        ("use-stove-cold", "这周已经有好几位顾客问到。"),
        ("promo-winter", "活动规则以运营的邮件为准。"),
        ("repair-fee", "去掉了具体的人工费。"),
    ):
        actions.ask_review(article=written[key].article, by=author, at=yesterday, note=note)
    _talk(written["use-stove-cold"], author, lead, world)
    actions.send_back(
        version=written["repair-fee"],
        by=lead,
        at=world.ago(0, "09:10"),
        note="人工费的范围要写清楚，顾客才好决定修不修。",
    )
    _plan(written["promo-winter"], lead, world)
    _grow_old(author, world)
    return len(written) + 1


def _write(world: World, author: User) -> dict[str, ArticleVersion]:
    """The latest versions by the keys of their articles; where the file names no phrasings, they stay as they are."""
    shop = world.shops[SHOP]
    rows = files.rows("editing.jsonl")
    known = Article.objects.filter(shop=shop, key__in=[row["id"] for row in rows]).select_related(
        "latest_version"
    )
    phrasings = {one.key: one.latest_version.phrasings for one in known if one.latest_version}
    drafts = [
        Draft(
            row["id"],
            row["question"],
            tuple(row["variants"] or phrasings[row["id"]]),
            row["answer"],
            row["category"],
        )
        for row in rows
    ]
    versions = actions.save_drafts(shop=shop, drafts=drafts, by=author, at=world.ago(1, "15:05"))
    return {version.article.key: version for version in versions}


def _talk(version: ArticleVersion, author: User, lead: User, world: World) -> None:
    article = version.article
    asked = actions.comment(
        article=article,
        by=lead,
        at=world.ago(0, "09:25"),
        body="低温气罐我们自己卖吗？如果不卖，要不要写明在哪里买？",
    )
    actions.comment(
        article=article,
        by=author,
        at=world.ago(0, "09:40"),
        body="目前不卖，顾客可以在当地的户外店买到，我再补一句。",
    )
    actions.settle(comment=asked, by=lead, at=world.ago(0, "09:45"))


def _plan(version: ArticleVersion, lead: User, world: World) -> None:
    at = world.ago(0, "09:05")
    begin = (timezone.localtime(world.now) + timedelta(days=3)).replace(
        hour=10, minute=0, second=0, microsecond=0
    )
    actions.approve(version=version, by=lead, at=at, note="和活动页核对过了。")
    actions.plan_publish(version=version, when=begin, by=lead, at=at)
    actions.plan_withdraw(article=version.article, when=begin + timedelta(days=14), by=lead, at=at)


def _grow_old(author: User, world: World) -> None:
    """An article whose day for another look was set a month ago, and is past."""
    article = Article.objects.get(shop=world.shops[SHOP], key=STALE)
    day = timezone.localdate(world.now) - timedelta(days=2)
    actions.look_again_on(articles=[article], day=day, by=author, at=world.now - WRITTEN_AGO)
