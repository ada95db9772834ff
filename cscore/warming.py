"""What `manage.py serve` runs: the application, which reads what it answers from before the first customer asks."""

import logging
from threading import Thread

from django.db import DatabaseError, connections

from cscore.asgi import application
from cscore.commerce.models import Shop
from cscore.compliance.queries import checker_for
from kb.live import MOST_SHOPS, knowledge
from kb.serving.watch import Watch

__all__ = ["application"]

log = logging.getLogger(__name__)


def warm() -> None:
    """Loads the matcher and the wording rules of every shop that fits into memory."""
    try:
        for shop in Shop.objects.order_by("pk")[:MOST_SHOPS]:
            checker_for(shop)
            knowledge(shop.pk).match(shop.name)
    except DatabaseError as problem:
        # Not migrated yet, or away for a moment: the first question will load what it needs.
        log.warning("Not warmed up: %s", problem)
    finally:
        connections.close_all()


def keep_warm() -> None:
    """Loads what there is, then every release as soon as it is published."""
    warm()
    Watch().run()


# Serving begins at once; whoever asks before all is loaded waits for his own shop only.
Thread(target=keep_warm, name="warming", daemon=True).start()
