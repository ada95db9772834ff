"""Tells an editor at once which articles the bot will hardly tell apart."""

from django.contrib import messages
from django.http import HttpRequest

from kb.lookalikes import lookalikes


def warn_of_lookalikes(request: HttpRequest, shop_id: int, release: int) -> None:
    """One warning for each pair of articles that what went live with this release asks nearly alike."""
    for alike in lookalikes(shop_id, release):
        messages.warning(request, str(alike))
