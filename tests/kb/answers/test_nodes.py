"""What is kept of HTML, and the words it says."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.answers.nodes import Node, addresses, html_of, nodes_of, nodes_of_text, plain_text

LINK = '<a href="https://shanye.example/size">sizes</a>'


@pytest.mark.parametrize(
    ("html", "kept"),
    [
        ("Two days", "<p>Two days</p>"),
        ("<div>Two <strong>days</strong>.<br>Or <em>three</em></div>", "<p>Two <b>days</b>.<br>Or <i>three</i></p>"),
        (f"<p>See {LINK}</p>", f"<p>See {LINK}</p>"),
        ("<h1>Care</h1>wash<ul><li>cold</li><li><p>by hand</p></li></ul>", "<h3>Care</h3><p>wash</p><ul><li>cold</li><li>by hand</li></ul>"),
        ("<ul><li>a<ul><li>b</li></ul></li></ul>", "<ul><li>a</li><li>b</li></ul>"),
        ('<p><a href="tel:4008001234">call</a> <a href="mailto:hi@shanye.example">write</a></p>', '<p><a href="tel:4008001234">call</a> <a href="mailto:hi@shanye.example">write</a></p>'),
        ('<img src="/static/demo/tent.svg" alt="the tent">', '<p><img src="/static/demo/tent.svg" alt="the tent"></p>'),
        ("1 &lt; 2 &amp; 3", "<p>1 &lt; 2 &amp; 3</p>"),
        # What attackers send.
        ("<script>alert(1)</script>hi", "<p>hi</p>"),
        ('<p onclick="x()" style="position:fixed" class="c" id="i">hi</p>', "<p>hi</p>"),
        ('<a href="javascript:alert(1)">go</a>', "<p>go</p>"),
        ('<a href=" java&#10;script:alert(1)">go</a>', "<p>go</p>"),
        ('<a href="http://plain.example/">go</a>', "<p>go</p>"),
        ('<a href="//evil.example">go</a>', "<p>go</p>"),
        ('<a href="data:text/html,<script>alert(1)</script>">go</a>', "<p>go</p>"),
        ('<img src=x onerror="alert(1)">', ""),
        ('<img src="http://evil.example/x.png">', ""),
        ('<img src="/admin/logout/">', ""),
        ('<img src="/static/../admin/">', ""),
        ('<svg><animate onbegin="alert(1)"></svg>', ""),
        ("<style>p{}</style><iframe src=//e.example></iframe><form action=/x><input></form>", ""),
        ("<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>", ""),
        ("<!--><img src=x onerror=alert(1)>-->", "<p>--&gt;</p>"),
    ],
)  # fmt: skip
def test_a_little_html_is_kept_and_the_rest_is_text(html: str, kept: str) -> None:
    assert html_of(nodes_of(html)) == kept


@pytest.mark.parametrize(
    ("html", "words"),
    [
        ("<p>Two <b>days</b>.</p><p>Or three.</p>", "Two days.\nOr three."),
        ("<p>a</p><p><br></p><p>b</p>", "a\n\nb"),
        ("<h3>Care</h3><ul><li>cold</li><li>by hand</li></ul><p>Done</p>", "Care\n• cold\n• by hand\nDone"),
        ("<ol><li>open</li><li>shake</li></ol>", "1. open\n2. shake"),
        (f"<p>See {LINK}.</p>", "See sizes (https://shanye.example/size)."),
        ('<p><a href="https://a.example/">https://a.example/</a></p>', "https://a.example/"),
        ('<p>Look: <img src="https://a.example/t.png" alt="a tent"></p>', "Look: [a tent]"),
    ],
)
def test_the_words_are_derived_from_the_form(html: str, words: str) -> None:
    assert plain_text(nodes_of(html)) == words


@given(st.lists(st.text(alphabet="ab <>&\"'{}中", max_size=8).map(str.strip), max_size=5))
def test_lines_of_text_survive_as_paragraphs(lines: list[str]) -> None:
    text = "\n".join(lines).strip()

    assert plain_text(nodes_of_text(text)) == text


TAGS = st.sampled_from(
    ["<p>", "</p>", "<b>", "</b>", "<ul>", "<li>", "</ul>", "<ol>", "<a href='https://a.example'>", "</a>", "<br>",
     "<img src=x onerror=alert(1)>", "<script>", "</script>", "<h3>", "<div>", "</div>", "<svg onload=alert(1)>", "x", "&lt;", " "]
)  # fmt: skip


@given(st.lists(TAGS | st.text(max_size=5), max_size=15).map("".join))
def test_what_is_kept_is_kept_again_and_holds_nothing_else(html: str) -> None:
    nodes = nodes_of(html)

    assert nodes_of(html_of(nodes)) == nodes
    assert all(address == "https://a.example" for address in addresses(nodes))
    assert tags(nodes) <= {"p", "br", "b", "i", "ul", "ol", "li", "a", "img", "h3"}


def tags(nodes: tuple[Node, ...] | list[Node]) -> set[str]:
    return {
        tag for node in nodes if not isinstance(node, str) for tag in (node["tag"], *tags(node["children"]))
    }
