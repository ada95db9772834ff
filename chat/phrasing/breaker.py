"""Leaves a language model alone for a while that has failed again and again."""

from dataclasses import dataclass

FAILURES = 5
REST_S = 30.0


@dataclass(slots=True)
class Breaker:
    """Opens after FAILURES in a row; after REST_S the next question tries again."""

    failures: int = 0
    rests_until: float = 0.0

    def rests(self, now: float) -> bool:
        return now < self.rests_until

    def succeeded(self) -> None:
        self.failures = 0

    def failed(self, now: float) -> None:
        self.failures += 1
        if self.failures >= FAILURES:
            # One failure more after the rest, and it rests again.
            self.failures, self.rests_until = FAILURES - 1, now + REST_S
