"""How well displeased customers are found, and how many content ones are disturbed for it.

    .venv/bin/python benchmarks/displeasure.py

Real chats with satisfaction judged turn by turn come from ../shared/data (satisfaction 0 is displeased, 1 and 2 are calm);
nothing of them is in the product. They are split by session into a half that the product was tuned on and a half that
is only reported. Prints a table; the last line is one JSON object, its figures of the shipped model those of the
reporting half.
"""

import json
import re
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

import numpy as np
from sklearn.metrics import average_precision_score, roc_auc_score
from sklearn.model_selection import GroupKFold

ROOT = Path(__file__).parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "benchmarks")]

from splits import half  # noqa: E402  the project is not installed

from cscore.language.displeasure import (  # noqa: E402
    THRESHOLD,
    Behaviour,
    Displeasure,
    shipped,
    threatens,
)
from cscore.language.displeasure.lines import examples  # noqa: E402
from cscore.language.displeasure.rated import RatedChat, examples_from  # noqa: E402
from cscore.language.displeasure.training import Example, train  # noqa: E402

TURNS = ROOT.parent / "shared" / "data" / "jddc_satisfaction" / "turns_dev.jsonl"
OWN = ROOT / "tests" / "language"
FOLDS = 5
# Real chats alone are noisy: their turns need the stronger prior.
REGULARISATION = 1.0
# How the data hides a picture, and a name or a number.
PICTURE, HIDDEN = re.compile(r"#E-s\[[^\]]*\]"), re.compile(r"\[[^\]]*\]")


@dataclass(frozen=True)
class Turn:
    session: str
    behaviour: Behaviour
    displeased: int


def turns() -> list[Turn]:
    """Every judged turn with the customer's texts before it; waiting times and refusals are not in the data."""
    rows = [json.loads(line) for line in TURNS.read_text(encoding="utf-8").splitlines()]
    return [Turn(row["session"], _behaviour(row), row["dissatisfied"]) for row in rows]


def _behaviour(row: dict[str, object]) -> Behaviour:
    def plain(text: object) -> str:
        return HIDDEN.sub("8", PICTURE.sub("", str(text)))

    context: Sequence[dict[str, str]] = row["context"]  # type: ignore[assignment]
    return Behaviour(plain(row["text"]), tuple(plain(one["user"]) for one in context))


def own(name: str) -> list[Behaviour]:
    lines = (OWN / name).read_text(encoding="utf-8").splitlines()
    return [Behaviour(json.loads(line)["text"]) for line in lines]


def scores(model: Displeasure, judged: Sequence[Turn]) -> np.ndarray:
    return np.array([model.score(turn.behaviour) for turn in judged])


def cross_validated(judged: Sequence[Turn]) -> np.ndarray:
    """Scores of models that never saw the session they score."""
    found = np.zeros(len(judged))
    groups = [turn.session for turn in judged]
    for learnt, held_out in GroupKFold(FOLDS).split(judged, groups=groups):
        chats = [Example(judged[index].behaviour, judged[index].displeased) for index in learnt]
        model = train(chats, regularisation=REGULARISATION)
        found[held_out] = scores(model, [judged[index] for index in held_out])
    return found


def figures(found: np.ndarray, judged: Sequence[Turn]) -> dict[str, float]:
    truth = np.array([turn.displeased for turn in judged])
    return {
        "auroc": float(roc_auc_score(truth, found)),
        "ap": float(average_precision_score(truth, found)),
        "calm_escalated": float((found[truth == 0] >= THRESHOLD).mean()),
        "displeased_found": float((found[truth == 1] >= THRESHOLD).mean()),
    }


def as_rated(judged: Sequence[Turn]) -> Iterator[RatedChat]:
    """The chats as their customers might have rated them: one star for the third with most displeased turns."""
    chats: dict[str, list[Turn]] = {}
    for turn in judged:
        chats.setdefault(turn.session, []).append(turn)
    displeased = {name: np.mean([turn.displeased for turn in chat]) for name, chat in chats.items()}
    bad, good = np.quantile(list(displeased.values()), [2 / 3, 1 / 3])
    for name, chat in chats.items():
        stars = 1 if displeased[name] >= bad else 5 if displeased[name] <= good else 3
        yield RatedChat(stars, tuple(turn.behaviour for turn in chat))


def share(listed: Sequence[Behaviour], holds: Callable[[Behaviour], bool]) -> float:
    return sum(map(holds, listed)) / len(listed)


def messages_a_second(model: Displeasure, judged: Sequence[Turn]) -> float:
    begun = time.process_time()
    scores(model, judged)
    return len(judged) / (time.process_time() - begun)


def report() -> Iterator[str]:
    """The lines of the table, then the figures."""
    model, judged = shipped(), turns()
    halves = {
        name: [turn for turn in judged if half(turn.session) == name] for name in ("tuning", "reporting")
    }
    rows = {"trained on it, 5 folds by session": figures(cross_validated(judged), judged)}
    for name, part in halves.items():
        rows[f"shipped, {name} half ({len(part)} turns)"] = figures(scores(model, part), part)
    taught = train([*examples(), *examples_from(as_rated(halves["tuning"]), model)])
    part = halves["reporting"]
    rows["shipped + rated chats of the tuning half, reporting half"] = figures(scores(taught, part), part)
    yield f"{'':58} {'AUROC':>6} {'AP':>6} {'calm over':>10} {'displeased over':>16}"
    for name, row in rows.items():
        yield f"{name:58} {row['auroc']:6.3f} {row['ap']:6.3f} {row['calm_escalated']:10.3f} {row['displeased_found']:16.3f}"
    lists = own_lists(model)
    yield from (f"{name:58} {value:6.3f}" for name, value in lists.items())
    speed = messages_a_second(model, judged)
    yield f"{'messages a second, one core':58} {speed:6.0f}"
    crossed, reported = islice(rows.values(), 0, 3, 2)
    yield json.dumps(
        {f"cv_{name}": round(crossed[name], 4) for name in ("auroc", "ap")}
        | {f"shipped_{name}": round(value, 4) for name, value in reported.items()}
        | {name.replace(" ", "_"): round(value, 4) for name, value in lists.items()}
        | {"messages_a_second": round(speed)}
    )


def own_lists(model: Displeasure) -> dict[str, float]:
    """Our own lists, by the rule alone and by the whole model at its threshold."""

    def escalated(turn: Behaviour) -> bool:
        return model.score(turn) >= THRESHOLD

    def by_rule(turn: Behaviour) -> bool:
        return threatens(turn.text)

    names = ("threats", "threats_unseen", "neutral", "neutral_unseen")
    threats, unseen, neutral, near = (own(f"{name}.jsonl") for name in names)
    return {
        "threat recall": share(threats, by_rule),
        "threat recall unseen": share(unseen, by_rule),
        "threat recall unseen with model": share(unseen, escalated),
        "neutral threat": share(neutral, by_rule),
        "neutral escalated": share(neutral, escalated),
        "neutral unseen, near a threat, escalated": share(near, escalated),
    }


if __name__ == "__main__":
    for line in report():
        sys.stdout.write(f"{line}\n")
