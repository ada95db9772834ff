"""An examination as people read it: row by row with the names of articles, and as a file."""

import csv
import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cscore.commerce.models import Shop
from kb.actions import Examination
from kb.matching import Decision
from kb.matching.evaluation import Figures, Judgement, Verdict, confusions, figures
from kb.queries import Named, named
from kb.questions import Line
from kb.tables import escaped

SHOWN_CANDIDATES: Final = 3
VERDICTS: Final = {
    Verdict.RIGHT: gettext_lazy("Right"),
    Verdict.WRONG: gettext_lazy("Wrong"),
    Verdict.REFUSED: gettext_lazy("Not answered"),
}
DECISIONS: Final = {
    Decision.ANSWER: gettext_lazy("Answered"),
    Decision.OFFER: gettext_lazy("Offered to choose from"),
    Decision.HAND_OVER: gettext_lazy("Handed over"),
}


@dataclass(frozen=True, slots=True)
class Graded:
    """One question: what was expected, what came of it, and the best candidates with their confidence."""

    line: Line
    verdict: Verdict
    decision: Decision
    expected: Named | None
    candidates: tuple[tuple[Named, float], ...]

    @property
    def verdict_name(self) -> str:
        return str(VERDICTS[self.verdict])

    @property
    def decision_name(self) -> str:
        return str(DECISIONS[self.decision])


@dataclass(frozen=True, slots=True)
class AnswerSheet:
    """All of an examination; `confused` are (expected, given, how often), expected is None where none answers."""

    release: int
    rows: tuple[Graded, ...]
    counts: Mapping[str, int]
    figures: Figures
    confused: tuple[tuple[Named | None, Named, int], ...]

    @classmethod
    def of(cls, shop: Shop, done: Examination) -> "AnswerSheet":
        """One query, whatever was asked."""
        live = named(shop.pk)
        return cls(
            done.knowledge.release,
            tuple(_graded(live, line, judgement) for line, judgement in done.judged),
            {verdict.value: done.count(verdict) for verdict in Verdict},
            figures(done.judgements),
            tuple(
                (live.get(expected or ""), live[given], count)
                for expected, given, count in confusions(done.judgements)
                if given in live
            ),
        )

    def as_csv(self) -> bytes:
        """With the mark by which spreadsheet programs know UTF-8, and no cell that they would compute."""
        file = io.StringIO()
        writer = csv.writer(file)
        for row in self._cells():
            writer.writerow([escaped(cell) for cell in row])
        return file.getvalue().encode("utf-8-sig")

    def _cells(self) -> Iterator[list[str]]:
        yield [_("Question"), _("Expected key"), _("Verdict"), _("What the bot did"), *_candidate_headers()]
        for row in self.rows:
            found = [
                cell for named, sure in row.candidates for cell in (named.key, named.question, f"{sure:.3f}")
            ]
            expected = row.expected.key if row.expected else ""
            yield [row.line.question, expected, row.verdict_name, row.decision_name, *found]


def _candidate_headers() -> list[str]:
    return [
        name % {"place": place}
        for place in range(1, SHOWN_CANDIDATES + 1)
        for name in (_("Key %(place)s"), _("Candidate %(place)s"), _("Confidence %(place)s"))
    ]


def _graded(live: Mapping[str, Named], line: Line, judgement: Judgement) -> Graded:
    best = judgement.match.candidates[:SHOWN_CANDIDATES]
    return Graded(
        line,
        judgement.verdict,
        judgement.match.decision,
        live.get(judgement.question.expected or ""),
        tuple((live[one.id], one.confidence) for one in best if one.id in live),
    )
