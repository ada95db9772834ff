"""Serves the web and the background worker together until Ctrl-C."""

import socket
import time
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connections

from cscore import processes
from cscore.demo import accounts

READY_WITHIN_S = 60.0


class Command(BaseCommand):
    help = "Serves web and worker together. Ctrl-C ends both."
    requires_system_checks = "__all__"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--prepare", action="store_true", help="migrate, and load the demo shop when empty"
        )
        parser.add_argument("--no-worker", action="store_true", help="the web alone")
        parser.add_argument("--no-web", action="store_true", help="the worker alone")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["prepare"]:
            call_command("migrate", verbosity=0)
            if settings.DEMO:
                call_command("demo", if_empty=True, stdout=self.stdout)
        connections.close_all()
        if not options["no_web"]:
            self.refuse_a_taken_port()
        children = [
            processes.start(name, command, cwd=str(settings.BASE_DIR))
            for name, command in self.commands(options)
        ]
        try:
            self.announce(children)
            ended = processes.watch(children)
        finally:
            processes.stop(children)
        if ended:
            raise CommandError(f"The {ended.name} ended by itself (exit code {ended.process.returncode}).")

    def commands(self, options: dict[str, Any]) -> list[tuple[str, list[str]]]:
        web = processes.web_command(bind=settings.BIND, port=settings.PORT, processes=settings.WEB_PROCESSES)
        return [
            *([] if options["no_web"] else [("web server", web)]),
            *([] if options["no_worker"] else [("worker", processes.worker_command())]),
        ]

    def refuse_a_taken_port(self) -> None:
        with socket.socket(socket.AF_INET6 if ":" in settings.BIND else socket.AF_INET) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((settings.BIND, settings.PORT))
            except OSError as problem:
                raise CommandError(
                    f"Port {settings.PORT} on {settings.BIND} is taken ({problem.strerror}). "
                    "Choose another: make run PORT=8001."
                ) from problem

    def announce(self, children: list[processes.Child]) -> None:
        """Prints where to go, once the web server really answers."""
        deadline = time.monotonic() + READY_WITHIN_S
        web = next((child for child in children if child.name == "web server"), None)
        while web and not web.ended and time.monotonic() < deadline:
            try:
                socket.create_connection((settings.BIND, settings.PORT), timeout=1).close()
                break
            except OSError:
                time.sleep(0.05)
        if web and not web.ended:
            self.stdout.write(accounts.welcome(f"http://{settings.BIND}:{settings.PORT}"))
            self.stdout.flush()
