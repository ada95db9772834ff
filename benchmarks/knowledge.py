"""What the knowledge base takes: replay, import, wording rules, search, publish-to-live.

    make bench-kb

Each part runs in a process of its own and prints a line as it ends; the last line is one JSON object. With DATABASE_URL
and REDIS_URL, import and publish run on PostgreSQL and Redis, publish with four web processes; else on SQLite with one.
"""

import json
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT), str(Path(__file__).parent)]

ASKED: Final = (
    "replay_s", "import_rows_per_s", "compliance_us", "search_1k_p99_ms", "search_10k_p99_ms", "publish_live_p50_s",
    "publish_live_p99_s",
)  # fmt: skip
_COMPLIANCE: Final = "import json, compliance; print(list(compliance.table())[-1])"


def _measured(module: str) -> Callable[[], dict[str, float]]:
    return lambda: _told(f"import json, {module}; print(json.dumps({module}.measure()))")


def _told(code: str) -> dict[str, float]:
    """What another process prints last: none keeps the others' memory, or slows them."""
    found = f"import sys; sys.path[:0] = {sys.path[:2]!r}; {code}"
    done = subprocess.run(
        [sys.executable, "-c", found], cwd=ROOT, check=True, stdout=subprocess.PIPE, text=True
    )
    figures: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return figures


PARTS: Final[dict[str, Callable[[], dict[str, float]]]] = {
    "wording rules": lambda: _told(_COMPLIANCE),
    "search": _measured("kb_search"),
    "replay": _measured("kb_replay"),
    "import": _measured("kb_import"),
    "publish": _measured("kb_publish"),
}


def main() -> None:
    figures: dict[str, float] = {}
    for name, measure in PARTS.items():
        began = time.monotonic()
        found = measure()
        figures |= found
        for figure, value in found.items():
            print(f"{name:<14} {figure:<22} {value:>12}", flush=True)
        print(f"{name:<14} {'(took, s)':<22} {time.monotonic() - began:>12.0f}", flush=True)
    print(json.dumps({name: figures[name] for name in ASKED}))


if __name__ == "__main__":
    main()
