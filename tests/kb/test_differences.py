from hypothesis import given, settings
from hypothesis import strategies as st

from kb import differences
from kb.differences import Kind, Piece, difference, lines_difference

TEXTS = st.text(alphabet=st.sampled_from("天地玄黄。， \nab"), max_size=40)


def test_what_went_and_what_came_is_marked_word_by_word() -> None:
    assert difference("三天发货。", "五天发货。") == (
        Piece(Kind.REMOVED, "三天"),
        Piece(Kind.ADDED, "五天"),
        Piece(Kind.SAME, "发货。"),
    )


@settings(deadline=None)
@given(TEXTS, TEXTS)
def test_the_pieces_make_up_both_texts(before: str, after: str) -> None:
    pieces = difference(before, after)

    assert "".join(piece.text for piece in pieces if piece.kind != Kind.ADDED) == before
    assert "".join(piece.text for piece in pieces if piece.kind != Kind.REMOVED) == after


def test_very_long_texts_are_compared_by_sentence() -> None:
    before = "".join(f"第{number}条规定如下。" for number in range(differences.MOST_WORDS))

    pieces = difference(before, before.replace("第7条规定", "第7条约定", 1))

    assert [piece.text for piece in pieces if piece.kind != Kind.SAME] == [
        "第7条规定如下。",
        "第7条约定如下。",
    ]


def test_lists_are_compared_as_sets_in_their_order() -> None:
    pieces = lines_difference(["a", "b", "c"], ["c", "a", "d"])

    assert pieces == (Piece(Kind.REMOVED, "b"), Piece(Kind.ADDED, "d"))
