"""Measures how well a set of entries answers a set of questions, with a model built for the occasion."""

import json
import time
from argparse import ArgumentParser
from dataclasses import asdict
from pathlib import Path
from typing import Any, Final

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext_lazy as _

from kb.matching import train
from kb.matching.evaluation import Figures, figures, judge
from kb.matching.examples import BadExamplesError, read_entries, read_questions

_LABELS: Final = {
    "in_scope": _("Questions that an entry answers"),
    "out_of_scope": _("Questions that no entry answers"),
    "top1": _("Right entry first"),
    "top3": _("Right entry among the first three"),
    "mrr": _("Mean reciprocal rank"),
    "auroc": _("In against out of scope (AUROC)"),
    "coverage": _("Answered, of those an entry answers"),
    "precision": _("Rightly, of these"),
    "precision_all": _("Rightly, of all answered"),
    "oos_recall": _("Not answered, of those no entry answers"),
    "build_s": _("Seconds to train"),
    "p50_ms": _("Milliseconds a question, median"),
    "p99_ms": _("Milliseconds a question, 99th percentile"),
}


class Command(BaseCommand):
    help = "Trains on KB.jsonl, asks QUERIES.jsonl, prints the figures; the last line is one JSON object."
    requires_system_checks: list[str] = []  # it touches neither database nor settings

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("kb", type=Path, metavar="KB.jsonl")
        parser.add_argument("queries", type=Path, metavar="QUERIES.jsonl")
        parser.add_argument("--json", action="store_true", help="print the JSON object alone")
        parser.add_argument("--no-vectors", action="store_true", help="spelling and sound only")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            entries, questions = read_entries(options["kb"]), read_questions(options["queries"])
        except BadExamplesError as refused:
            raise CommandError(str(refused)) from refused
        begin = time.perf_counter()
        matcher = train(entries, use_vectors=not options["no_vectors"])
        build_s = time.perf_counter() - begin
        found = _rounded(figures(judge(matcher, questions)), build_s)
        strangers = {question.expected for question in questions} - {entry.id for entry in entries} - {None}
        if strangers:
            self.stderr.write(
                str(_("Expected entries that the knowledge base lacks: %(count)d."))
                % {"count": len(strangers)}
            )
        if not options["json"]:
            for name, value in found.items():
                self.stdout.write(f"{_LABELS[name]!s:<45} {'-' if value is None else value}")
        self.stdout.write(json.dumps(found))


def _rounded(found: Figures, build_s: float) -> dict[str, float | None]:
    values = {**asdict(found), "build_s": build_s}
    return {name: None if values[name] is None else round(values[name], 4) for name in _LABELS}
