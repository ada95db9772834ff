"""What the shipped model promises, and what training, saving and thresholds promise of any model."""

from dataclasses import FrozenInstanceError, replace
from time import thread_time

import numpy as np
import pytest

from cscore.language.displeasure import (
    THRESHOLD,
    Behaviour,
    UnreadableModelError,
    load,
    save,
    shipped,
    threshold_for,
)
from cscore.language.displeasure import lines as own
from cscore.language.displeasure.build import built
from cscore.language.displeasure.rated import RatedChat, examples_from
from cscore.language.displeasure.training import Example, train
from tests.language.own_lines import own_lines

CALM = Behaviour("请问这款有白色的吗")


def score(text: str) -> float:
    return shipped().score(Behaviour(text))


def test_the_shipped_model_is_what_our_own_lines_give() -> None:
    ours, theirs = built(), shipped()

    assert ours.grams.keys() == theirs.grams.keys()
    grams = sorted(ours.grams)
    assert np.allclose([ours.grams[g] for g in grams], [theirs.grams[g] for g in grams], atol=0.01)
    assert np.allclose(ours.behaviour, theirs.behaviour, atol=0.01)
    assert ours.intercept == pytest.approx(theirs.intercept, abs=0.01)


def test_there_are_enough_lines_and_none_is_also_tested_with() -> None:
    lines = {example.turn.text for example in own.examples()}

    assert len(lines) >= 1_200
    assert lines.isdisjoint([*own_lines("threats"), *own_lines("threats_unseen"), *own_lines("neutral")])


@pytest.mark.parametrize(
    "text", ["你们就是一帮骗子，气死我了", "垃圾店，什么破服务", "worst shop ever, absolutely disgusting"]
)
def test_anger_is_over_the_threshold(text: str) -> None:
    assert score(text) >= THRESHOLD


@pytest.mark.parametrize(
    "text", ["好的谢谢亲", "退货地址发我一下", "什么时候发货呀", "thanks, that helped", "", "？"]
)
def test_calm_words_are_below_the_threshold(text: str) -> None:
    assert score(text) < THRESHOLD


def test_hardly_a_neutral_question_is_escalated() -> None:
    escalated = [text for text in own_lines("neutral") if score(text) >= THRESHOLD]

    assert len(escalated) / len(own_lines("neutral")) <= 0.03


@pytest.mark.parametrize(
    "happened",
    [
        {"earlier": ("有白色的吗", "请问这款有白色吗")},
        {"turns_without_progress": 3},
        {"waited_s": 600},
        {"asked_for_person": True},
        {"refused_refund": True},
        {"complained_before": True},
    ],
    ids=lambda happened: next(iter(happened)),
)
def test_what_happened_before_makes_the_same_words_weigh_more(happened: dict[str, object]) -> None:
    assert shipped().score(replace(CALM, **happened)) > shipped().score(CALM)


def test_an_overt_threat_scores_one() -> None:
    assert score("谢谢，那我去12315投诉了") == 1.0


def test_a_message_takes_less_than_a_millisecond_even_when_it_is_long() -> None:
    talk = Behaviour("你们什么时候发货" * 200, earlier=("怎么还不退款" * 200,) * 50)
    shipped().score(talk)
    begun = thread_time()

    for _ in range(20):
        shipped().score(talk)

    assert (thread_time() - begun) / 20 < 0.002  # twice the promise: test machines are busy


def test_a_model_cannot_be_changed() -> None:
    with pytest.raises(FrozenInstanceError):
        shipped().intercept = 0.0  # type: ignore[misc]


def test_a_saved_model_comes_back_the_same() -> None:
    assert load(save(shipped())) == shipped()
    assert save(load(save(shipped()))) == save(shipped())


@pytest.mark.parametrize("data", [b"", b"not a model", b"PK\x03\x04 broken"])
def test_other_bytes_are_refused(data: bytes) -> None:
    with pytest.raises(UnreadableModelError):
        load(data)


def test_a_model_with_other_signals_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    saved = save(shipped())
    monkeypatch.setattr("cscore.language.displeasure.artefact.SIGNALS", {"weather": bool})

    with pytest.raises(UnreadableModelError, match="another release"):
        load(saved)


def test_training_learns_the_words_it_is_shown() -> None:
    cross = [Example(Behaviour(f"灰色的{word}真讨厌"), 0.95) for word in ("杯子", "椅子", "毯子")]
    content = [Example(Behaviour(f"白色的{word}好看"), 0.05) for word in ("杯子", "椅子", "毯子")]

    model = train(cross + content)

    assert model.score(Behaviour("这个真讨厌")) > 0.5 > model.score(Behaviour("这个好看"))


def test_training_needs_both_sides() -> None:
    with pytest.raises(ValueError, match="class"):
        train([Example(CALM, 0.0)])


def test_stars_move_what_the_teacher_hears() -> None:
    def taught(stars: int) -> list[float]:
        return [one.displeased for one in examples_from([RatedChat(stars, (CALM,))], shipped())]

    heard = shipped().score(CALM)
    assert taught(1)[0] > taught(2)[0] > heard > taught(4)[0] > taught(5)[0]
    assert taught(3) == []


def test_a_long_chat_weighs_as_much_as_a_short_one() -> None:
    def weight(turns: int) -> float:
        return sum(one.weight for one in examples_from([RatedChat(1, (CALM,) * turns)], shipped()))

    assert weight(1) == pytest.approx(weight(40))


@pytest.mark.parametrize(("per_hour", "over"), [(0, 0), (5, 5), (20, 20), (40, 20)])
def test_the_threshold_takes_what_senior_agents_can_take_and_nobody_calm(per_hour: float, over: int) -> None:
    scores = [0.5 + number / 40 for number in range(20)] + [0.1] * 80

    threshold = threshold_for(scores, per_hour=per_hour, messages_per_hour=100)

    assert sum(score >= threshold for score in scores) == over


def test_equal_scores_are_taken_together_or_not_at_all() -> None:
    assert threshold_for([0.9] * 10, per_hour=5, messages_per_hour=10) > 0.9


@pytest.mark.parametrize(("scores", "messages"), [([], 10), ([0.5], 0)])
def test_a_threshold_needs_scores_and_messages(scores: list[float], messages: float) -> None:
    with pytest.raises(ValueError, match="needs scores"):
        threshold_for(scores, per_hour=1, messages_per_hour=messages)
