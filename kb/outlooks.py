"""What a draft would do to the bot's precision if it went live, in words: from its trial training."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from math import sqrt
from typing import Any, Final

from django.utils.translation import gettext as _

from kb.matching import Report
from kb.models import Article, ArticleVersion, KnowledgeBase, TrialTraining
from kb.trainings import falls_short

# A smaller loss of coverage is what any new article may cost until it has its phrasings.
_LITTLE: Final = 0.03


@dataclass(frozen=True, slots=True)
class Outlook:
    """`warns`: fewer answers would be right than asked, or clearly fewer questions answered, and not so as it is live."""

    is_done: bool
    is_old: bool
    warns: bool
    sentences: tuple[str, ...]


def outlook_of(version: ArticleVersion) -> Outlook | None:
    """That of a draft; None without a trial training, and for what is live. At most two queries."""
    if version.article.live_version_id == version.pk:
        return None
    trial = TrialTraining.objects.filter(version=version).first()
    if trial is None:
        return None
    bases = KnowledgeBase.objects.filter(shop=version.article.shop_id)
    return _outlook(trial, is_old=trial.release != bases.values_list("release", flat=True).first())


def warning_of(article: Article) -> tuple[str, ...]:
    """What speaks against publishing its latest version, in sentences; none when nothing is known to.

    No query for an article that was read with `latest_version__trial_training` and `shop__knowledge_base`.
    """
    version = article.latest_version
    trial = (
        getattr(version, "trial_training", None)
        if article.live_version_id != article.latest_version_id
        else None
    )
    if trial is None:
        return ()
    base = getattr(article.shop, "knowledge_base", None)
    found = _outlook(trial, is_old=trial.release != (base.release if base else None))
    return found.sentences if found.warns and not found.is_old else ()


def _outlook(trial: TrialTraining, *, is_old: bool) -> Outlook:
    if trial.finished_at is None:
        return Outlook(
            False, is_old, False, (_("What publishing this would do to precision is being measured."),)
        )
    before, after = report_of(trial.before), report_of(trial.after)
    warns = (falls_short(after) and not falls_short(before)) or loses_coverage(before, after)
    return Outlook(True, is_old, warns, tuple(_sentences(trial, before, after)))


def loses_coverage(before: Report, after: Report) -> bool:
    """Whether clearly fewer wordings would be answered: a threshold that must rise to keep the precision costs answers.

    Clearly is beyond two standard errors of the difference, and no less than _LITTLE.
    """
    if not before.judged or not after.judged:
        return False
    spread = before.coverage * (1 - before.coverage) / before.judged
    spread += after.coverage * (1 - after.coverage) / after.judged
    return before.coverage - after.coverage > max(_LITTLE, 2 * sqrt(spread))


def report_of(stored: Mapping[str, Any]) -> Report:
    """The report among what a trial keeps of a training."""
    return Report(**stored["report"])


def _sentences(trial: TrialTraining, before: Report, after: Report) -> Iterator[str]:
    if not after.judged:
        yield _("There are too few wordings to say what publishing this would do to precision.")
        return
    covered = {"now": _share(after.coverage), "was": _share(before.coverage)}
    yield (
        _(
            "With this draft live, the bot would answer %(now)s of the wordings left out in training (now %(was)s)."
        )
        % covered
    )
    if after.coverage:
        right = {"now": _share(after.precision), "asked": _share(after.asked_precision)}
        yield _("%(now)s of its answers would be right; you ask for %(asked)s.") % right
    for other, count in trial.after.get("confused", []):
        yield _("Taken for “%(question)s” or the other way round: %(count)s times.") % {
            "question": other,
            "count": count,
        }


def _share(value: float) -> str:
    return f"{value:.1%}"
