"""Fills an empty database with two believable shops, through the real verbs only."""

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from cscore.commerce.models import Shop
from cscore.common import clock
from cscore.demo import aftercare, costs, editing, lessons, readers, rehearsal, slip, stock, visits, words

EVERY = 20


class Command(BaseCommand):
    help = "Loads the demo shops into an empty database."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--if-empty", action="store_true", help="do nothing when there is a shop already")
        parser.add_argument("--conversations", type=int, help="how many of the newest visits (default: all)")

    def handle(self, *args: Any, **options: Any) -> None:
        if Shop.objects.exists():
            if options["if_empty"]:
                return
            raise CommandError("There is a shop already; the demo is only for an empty database.")
        if not settings.DEMO_PASSWORD:
            raise CommandError("DEMO_PASSWORD is missing: it becomes the demo accounts' password.")
        # All or nothing: a demo that was interrupted would look like a shop and never be completed.
        with transaction.atomic():
            self.load(options["conversations"])

    def load(self, most: int | None) -> None:
        self.stdout.write("Loading the demo shop (once) ...")
        world = stock.load(clock.now())
        costs.load(world)
        self.stdout.write(f"  {len(world.customers)} customers, {len(world.staff)} staff, goods and orders")
        self.stdout.write(f"  {words.load(world)} articles published and trained")
        count = visits.load(world, most=most, say=self.say)
        self.stdout.write(f"  {count} visits played, {aftercare.load(world)} moves of tickets")
        self.stdout.write(f"  {readers.load(world)} articles opened in the help centres")
        slip.load(world)
        self.stdout.write(f"  {rehearsal.load(world)} past questions asked of three drafts")
        self.stdout.write(f"  {lessons.load(world)} gaps in the knowledge found")
        self.stdout.write(
            f"  {editing.load(world)} articles under way between author, reviewer and customers"
        )

    def say(self, done: int, of: int) -> None:
        if done % EVERY == 0:
            self.stdout.write(f"  {done} of {of} visits ...")
            self.stdout.flush()
