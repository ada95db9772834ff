"""What the shipped model promises, and what training, saving and thresholds promise of any model."""

from collections.abc import Sequence
from dataclasses import FrozenInstanceError, replace

import numpy as np
import pytest

from cscore.language.displeasure import (
    HEIGHTS,
    THRESHOLD,
    Behaviour,
    Seen,
    UnreadableModelError,
    load,
    refuses,
    save,
    shipped,
)
from cscore.language.displeasure import lines as own
from cscore.language.displeasure.build import built
from cscore.language.displeasure.ngrams import MOST_CHARACTERS
from cscore.language.displeasure.rated import RatedChat, examples_from
from cscore.language.displeasure.teaching import teach
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
    assert lines.isdisjoint(
        [
            *own_lines("threats"),
            *own_lines("threats_unseen"),
            *own_lines("neutral"),
            *own_lines("neutral_unseen"),
        ]
    )


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


def test_a_message_is_read_no_further_than_a_few_sentences() -> None:
    """So that a long one costs no more than another; how long that takes is measured by the benchmark."""
    asked, before = "你们什么时候发货" * 200, "怎么还不退款" * 200
    whole = Behaviour(f"{asked}你们是骗子", earlier=(f"{before}要投诉",) * 50)

    read = Behaviour(asked[:MOST_CHARACTERS], earlier=(before[:MOST_CHARACTERS],) * 50)

    assert shipped().score(whole) == shipped().score(read)
    assert shipped().score(whole) < shipped().score(Behaviour("你们是骗子"))


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


@pytest.mark.parametrize(("per_hour", "over"), [(0, 0), (0.5, 5), (2, 20), (4, 20)])
def test_the_threshold_takes_what_senior_agents_can_take_and_nobody_calm(per_hour: float, over: int) -> None:
    scores = [0.5 + number / 41 for number in range(20)] + [0.1] * 80

    seen = Seen.of(scores, hours=10)

    assert sum(score >= seen.threshold(per_hour) for score in scores) == over
    assert seen.expected(seen.threshold(per_hour)) == pytest.approx(over / 10)


def test_equal_scores_are_taken_together_or_not_at_all() -> None:
    assert Seen.of([0.9] * 10, hours=1).threshold(5) > 0.9


def test_overt_threats_are_taken_whatever_people_can_take() -> None:
    assert Seen.of([1.0] * 100, hours=1).threshold(1) == 1.0


def test_where_nobody_was_seen_the_threshold_is_the_lowest() -> None:
    assert Seen.of([], hours=0).threshold(1) == HEIGHTS[0]


def test_a_higher_threshold_never_gives_more_to_people() -> None:
    seen = Seen.of([number / 100 for number in range(100)], hours=7)

    assert list(seen.per_hour) == sorted(seen.per_hour, reverse=True)


REFUSING = (
    "不好意思，这个不能退",
    "您的退款申请已被驳回",
    "已经超过七天无理由退货期限了",
    "We cannot refund opened food.",
)
GRANTING = (
    "退款已经为您提交",
    "可以退货的，请把东西寄回来",
    "Your refund is on its way.",
    "运费险可以申请",
)


def test_refusals_of_the_shop_are_told_from_consents() -> None:
    assert [text for text in REFUSING if not refuses(text)] == []
    assert [text for text in GRANTING if refuses(text)] == []


def rated(stars: int, words: Sequence[str], count: int) -> list[RatedChat]:
    return [RatedChat(stars, (Behaviour(f"{words[at % len(words)]}{at}"),)) for at in range(count)]


def test_a_shop_teaches_its_own_words_of_anger() -> None:
    """Here unhappy customers say something that nobody else would call unhappy."""
    bad = rated(1, ("请问蓝色的有吗", "蓝色的几号发"), 30)
    good = rated(5, ("怎么还没到呢", "哎呀又要等"), 30)

    taught = teach([*bad, *good], shipped())

    assert taught.shipped is not None
    assert taught.taught is not None
    assert taught.taught > taught.shipped
    assert taught.model is not None
    assert taught.model.score(Behaviour("蓝色的")) > shipped().score(Behaviour("蓝色的"))


def test_a_model_that_is_no_better_is_not_kept() -> None:
    words = ("气死我了，骗子", "太差劲了，垃圾", "投诉你们", "再也不来了")
    told = [*rated(1, words, 32), *rated(5, ("谢谢", "好的", "请问有货吗"), 32)]

    taught = teach(told, shipped())

    assert taught.shipped == pytest.approx(1.0)
    assert taught.model is None


@pytest.mark.parametrize(("bad", "good"), [(5, 5), (2, 60), (60, 2), (0, 0)])
def test_too_few_rated_chats_of_a_kind_teach_nothing(bad: int, good: int) -> None:
    taught = teach([*rated(1, ("太差了",), bad), *rated(5, ("好",), good)], shipped())

    assert (taught.chats, taught.bad, taught.model, taught.taught) == (bad + good, bad, None, None)
