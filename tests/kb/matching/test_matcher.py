import pytest

from kb.matching import Decision, Entry, Matcher, UnreadableArtefactError, artefact, train
from tests.kb.matching.shop import GARDEN_SHOP, RETURNS

HOURS = Entry("hours", "When are you open on Sundays?", ("sunday opening hours",))
QUESTIONS = ("return a plant", "sunday opening", "发票抬头", "water my fern", "你好")


def ids(matcher: Matcher, text: str) -> list[str]:
    return [candidate.id for candidate in matcher.match(text).candidates]


@pytest.mark.parametrize("use_vectors", [True, False])
def test_a_saved_matcher_answers_as_before(use_vectors: bool) -> None:
    matcher = train(
        GARDEN_SHOP, synonyms={"hose": "tube"}, rejects=("sing", "sing to me"), use_vectors=use_vectors
    )
    changed = matcher.with_changes(changed=[HOURS], removed=["refund"])

    for one in (matcher, changed):
        loaded = Matcher.load(one.save())

        assert [loaded.match(text) for text in QUESTIONS] == [one.match(text) for text in QUESTIONS]
        assert (loaded.thresholds, loaded.report) == (one.thresholds, one.report)


def test_a_new_entry_is_found_at_once(garden: Matcher) -> None:
    changed = garden.with_changes(changed=[HOURS], removed=[])

    assert ids(changed, "are you open on sundays")[0] == "hours"
    assert changed.match("Sunday opening hours").decision is Decision.ANSWER
    assert "hours" not in ids(garden, "are you open on sundays")


def test_a_changed_entry_is_found_by_its_new_wordings_only(garden: Matcher) -> None:
    changed = garden.with_changes(changed=[Entry("returns", "Swap a broken lamp", ())], removed=[])

    assert ids(changed, "swap my lamp")[0] == "returns"
    assert changed.match("can I send my spade back").method != "exact"
    assert ids(changed, "swap my lamp").count("returns") == 1


def test_a_removed_entry_can_never_be_a_candidate(garden: Matcher) -> None:
    changed = garden.with_changes(changed=[], removed=["returns"])

    for text in (*RETURNS.wordings, "return my spade"):
        assert "returns" not in ids(changed, text)


def test_changes_add_up(garden: Matcher) -> None:
    there = garden.with_changes(changed=[HOURS], removed=[])
    gone = there.with_changes(changed=[], removed=["hours"])
    back = gone.with_changes(changed=[HOURS], removed=[])

    assert "hours" not in ids(gone, "sunday opening hours")
    assert ids(back, "sunday opening hours")[0] == "hours"


def test_an_entry_changed_and_removed_at_once_is_removed(garden: Matcher) -> None:
    changed = garden.with_changes(changed=[HOURS], removed=["hours"])

    assert changed.match("sunday opening hours").method != "exact"
    assert "hours" not in ids(changed, "sunday opening hours")


def test_everything_may_be_removed(garden: Matcher) -> None:
    empty = garden.with_changes(changed=[], removed=[entry.id for entry in GARDEN_SHOP])

    assert empty.match("return my spade").candidates == ()


def test_a_change_trains_nothing(garden_with_vectors: Matcher) -> None:
    changed = garden_with_vectors.with_changes(changed=[HOURS], removed=["refund"])

    assert changed.knowledge.model is garden_with_vectors.knowledge.model


@pytest.mark.parametrize("data", [b"", b"nothing", b"PK\x03\x04 broken"])
def test_other_bytes_are_refused(data: bytes) -> None:
    with pytest.raises(UnreadableArtefactError):
        Matcher.load(data)


def test_another_format_is_refused(garden: Matcher, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(artefact, "FORMAT", artefact.FORMAT + 1)
    data = garden.save()
    monkeypatch.undo()

    with pytest.raises(UnreadableArtefactError, match="train again"):
        Matcher.load(data)


def test_a_matcher_that_needs_the_encoder_says_so(
    garden_with_vectors: Matcher, without_encoder: object
) -> None:
    with pytest.raises(UnreadableArtefactError, match="sentence encoder"):
        Matcher.load(garden_with_vectors.save())
