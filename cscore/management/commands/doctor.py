"""Says what is wrong with this deployment and how to mend it."""

from typing import Any

from django.core.management.base import BaseCommand

from cscore import doctor


class Command(BaseCommand):
    help = "Checks this deployment; ends with 1 when something must be mended."

    def handle(self, *args: Any, **options: Any) -> None:
        findings = doctor.examine()
        paint = {
            doctor.Health.OK: self.style.SUCCESS,
            doctor.Health.WARN: self.style.WARNING,
            doctor.Health.FAIL: self.style.ERROR,
        }
        for finding in findings:
            self.stdout.write(
                f"{paint[finding.health](f'{finding.health:<5}')} {finding.about}: {finding.finding}"
            )
            if finding.mend:
                self.stdout.write(f"      {finding.mend}")
        if any(finding.health is doctor.Health.FAIL for finding in findings):
            raise SystemExit(1)
