"""A month of readers in the demo's help centres: some articles are opened often, and some readers say what they think."""

from datetime import timedelta
from typing import Final

from cscore.demo.stock import World
from kb import actions
from kb.models import Article

DAYS: Final = 28
# How often the article in this place is opened in the month, and of how many votes how many are helpful.
READ: Final = (
    (41, 14, 13),
    (33, 9, 8),
    (26, 11, 4),
    (22, 6, 6),
    (17, 5, 3),
    (12, 4, 4),
    (9, 3, 1),
    (6, 1, 1),
    (3, 0, 0),
)


def load(world: World) -> int:
    """Opens the first articles of every shop, and votes; returns how often one was opened."""
    opened = 0
    for shop in world.shops.values():
        articles = Article.objects.filter(shop=shop).live().select_related("live_version").order_by("pk")
        for article, (times, votes, helpful) in zip(
            articles[:: max(1, len(articles) // len(READ))], READ, strict=False
        ):
            for number in range(times):
                at = world.now - timedelta(days=number * 5 % DAYS, hours=number % 7)
                actions.count_reader(article=article, at=at)
                if number < votes and article.live_version:
                    actions.vote(
                        article=article,
                        number=article.live_version.number,
                        voter=f"demo reader {number}",
                        helpful=number < helpful,
                        at=at,
                    )
            opened += times
    return opened
