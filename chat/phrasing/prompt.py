"""What is sent to a language model; the rules it gets are in system.txt."""

import json
from functools import cache
from pathlib import Path
from typing import Any

from chat.phrasing.task import Task

# A reply is a few sentences; more would be cut off by the checks anyway.
MOST_TOKENS = 700


@cache
def rules() -> str:
    return Path(__file__).with_name("system.txt").read_text(encoding="utf-8")


def request_for(task: Task, *, model: str) -> dict[str, Any]:
    """The body of a request in OpenAI's format."""
    told = {"question": task.question, "answers": dict(task.by_id), "language": task.language}
    return {
        "model": model,
        "stream": True,
        "temperature": 0,
        "max_tokens": MOST_TOKENS,
        "messages": [
            {"role": "system", "content": rules()},
            {"role": "user", "content": json.dumps(told, ensure_ascii=False)},
        ],
    }
