"""The findings of versions once more, one row for each rule, so that lists can be searched by them."""

from collections.abc import Iterable

from kb.findings import blocks
from kb.models import ArticleVersion, RuleHit

_BATCH = 200


def write_hits(versions: Iterable[ArticleVersion]) -> None:
    """The rows of stored versions that have none yet, inside the transaction of whoever asks."""
    RuleHit.objects.bulk_create([hit for version in versions for hit in hits_of(version)], batch_size=_BATCH)


def hits_of(version: ArticleVersion) -> Iterable[RuleHit]:
    """A row for each rule that the version breaks."""
    worst: dict[str, bool] = {}
    for finding in version.findings:
        worst[finding["rule"]] = worst.get(finding["rule"], False) or blocks(finding)
    return (RuleHit(version=version, rule=rule, blocks=hard) for rule, hard in worst.items())
