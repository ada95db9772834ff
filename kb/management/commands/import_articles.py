"""manage.py import_articles FILE --shop KEY [--publish]: articles from a JSONL file, all or none."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from cscore.commerce.models import Shop
from cscore.common import clock
from cscore.common.errors import Refusal
from kb import actions
from kb.imports import LARGEST_FILE, Sheet, TooLarge, read_jsonl

_SHOWN = 50


class Command(BaseCommand):
    help = (
        "Takes in articles from a JSONL file (id, question, variants, answer, category); all of them or none."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="JSONL file in UTF-8, one article per line")
        parser.add_argument("--shop", required=True, help="key of the shop")
        parser.add_argument("--publish", action="store_true", help="make the articles live, in one release")

    def handle(self, *args: Any, file: Path, shop: str, publish: bool, **options: Any) -> None:
        into = Shop.objects.filter(key=shop).first()
        if into is None:
            raise CommandError(f"There is no shop with the key {shop!r}.")
        try:
            sheet = _sheet(file)
            done = actions.import_articles(
                shop=into,
                sheet=sheet,
                by=None,
                at=clock.now(),
                to_publish=publish,
                progress=self._progress(sheet),
            )
        except actions.BadImport as bad:
            raise CommandError("\n".join(_listed(file, bad))) from bad
        except Refusal as refusal:
            raise CommandError(f"{file}: {refusal.code}: {refusal}") from refusal
        live = f"; live as release {done.release}" if done.release else ""
        self.stdout.write(f"{into.key}: {done.new} new, {done.changed} changed, {done.same} unchanged{live}.")

    def _progress(self, sheet: Sheet) -> Any:
        """Speaks up only where a person would begin to wonder."""
        total = len(sheet.drafts)

        def say(phase: actions.Phase, done: int) -> None:
            if total > 2000 and done % 5000 == 0:
                self.stderr.write(f"{phase}: {done} of {total} articles")

        return say


def _sheet(file: Path) -> Sheet:
    try:
        if file.stat().st_size > LARGEST_FILE:
            raise TooLarge(most=f"{LARGEST_FILE // 2**20} MiB")
        return read_jsonl(file.read_bytes())
    except OSError as unreadable:
        raise CommandError(f"{file} cannot be read: {unreadable.strerror}.") from unreadable


def _listed(file: Path, bad: actions.BadImport) -> list[str]:
    """The refusal, then the first lines that are wrong, as editors know how to jump to them."""
    lines = [f"{file}:{issue}" for issue in bad.issues[:_SHOWN]]
    more = len(bad.issues) - len(lines)
    return [str(bad), *lines, *([f"... and {more} more"] if more else [])]
