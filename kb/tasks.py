"""Background jobs of the knowledge base."""

from dataclasses import asdict
from typing import Final

from django.db import transaction

from cscore.common import clock
from kb import queries
from kb.matching import Matcher, train
from kb.models import KnowledgeBase, MatcherArtefact

KEPT: Final = 3


def train_matcher(shop_id: int) -> str:
    """Trains the shop's matcher on what is live now; says what came of it.

    May run twice, late or side by side with itself: only a newer release than the newest artefact's is stored.
    """
    edition, changes = _standing(shop_id)
    if edition.trained >= edition.release:
        return f"release {edition.release} is already trained"
    asked = edition.asked
    matcher = train(changes.entries, answer_precision=asked.answer, offer_precision=asked.offer)
    return _store(shop_id, edition.release, matcher)


def _standing(shop_id: int) -> tuple[queries.Edition, queries.Changes]:
    """What is live and the release it belongs to, read between two readings of the same release."""
    while True:
        edition = queries.edition(shop_id)
        changes = queries.live_now(shop_id)
        if queries.edition(shop_id).release == edition.release:
            return edition, changes


@transaction.atomic
def _store(shop_id: int, release: int, matcher: Matcher) -> str:
    base = KnowledgeBase.objects.select_for_update().get(shop_id=shop_id)
    if base.trained_release >= release:
        return f"release {base.trained_release} was trained meanwhile"
    artefacts = MatcherArtefact.objects.filter(shop_id=shop_id)
    artefacts.create(
        shop_id=shop_id,
        release=release,
        data=matcher.save(),
        report=asdict(matcher.report),
        trained_at=clock.now(),
    )
    kept = artefacts.order_by("-release").values_list("pk", flat=True)[:KEPT]
    artefacts.exclude(pk__in=list(kept)).delete()
    base.trained_release = release
    base.save(update_fields=["trained_release"])
    return f"trained release {release}"
