from datetime import UTC, datetime
from itertools import count

# 9 o'clock in Shanghai on the first Monday of June 2026.
MONDAY_9AM = datetime(2026, 6, 1, 1, 0, tzinfo=UTC)

_numbers = count(1)


def next_number() -> int:
    """Another number each time, so that names and keys never meet."""
    return next(_numbers)
