"""Safe HTML as a tree of plain values, from which pages build elements one by one; no page is ever given markup.

A node is a text, or `{"tag", "children"}` with `href` on a link, `src` and `alt` on a picture.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from html import escape
from html.parser import HTMLParser
from itertools import chain, count
from typing import Any, Final

import nh3

Node = str | dict[str, Any]

BLOCKS: Final = frozenset({"p", "h3", "ul", "ol", "li"})
# What editors and pasted pages write, and what we keep for it.
_SAME_AS: Final = {"div": "p", "strong": "b", "em": "i", "h1": "h3", "h2": "h3", "h4": "h3"}
_KEPT: Final = frozenset({*BLOCKS, "br", "b", "i", "a", "img"})
_ATTRIBUTES: Final = {"a": {"href"}, "img": {"src", "alt"}}
_EMPTY: Final = frozenset({"br", "img"})
_SPACES: Final = re.compile(r"\s+")
_LINK: Final = re.compile(r"https://[^\s/\\]|tel:\+?[\d\-]|mailto:[^\s@]+@")
# Pictures: any over https, or this server's own.
_PICTURE: Final = re.compile(r"https://[^\s/\\]|/(?:static|media)/(?!.*\.\.)[\w\-./%]+$")


def is_link(address: str) -> bool:
    """Whether customers may be led there."""
    return bool(_LINK.match(address))


def is_picture(address: str) -> bool:
    """Whether a picture may be shown from there."""
    return bool(_PICTURE.match(address))


def nodes_of(html: str) -> tuple[Node, ...]:
    """What is kept of some HTML: its text, and the few elements and addresses that answers may have."""
    reader = _Reader()
    reader.feed(_cleaned(html))
    reader.close()
    return tuple(_blocks(reader.top))


def html_of(nodes: Iterable[Node]) -> str:
    """The nodes in the one spelling in which they are stored."""
    return "".join(map(_html, nodes))


def plain_text(nodes: Iterable[Node]) -> str:
    """The words alone: a line for each block, marks before list items, addresses behind a link's words."""
    lines = [""]
    _say(nodes, lines)
    return "\n".join(line.rstrip() for line in lines).strip()


def nodes_of_text(text: str) -> tuple[Node, ...]:
    """A paragraph for each line; `plain_text` gives the text back."""
    lines = ([line] if line else [{"tag": "br", "children": []}] for line in text.split("\n"))
    return tuple({"tag": "p", "children": children} for children in lines)


def is_formless(nodes: Iterable[Node]) -> bool:
    """Whether the nodes are nothing but lines of text, which need no form."""
    return all(
        isinstance(node, str) or (node["tag"] in {"p", "br"} and is_formless(node["children"]))
        for node in nodes
    )


def with_texts(nodes: Iterable[Node], change: Callable[[str], str]) -> tuple[Node, ...]:
    """The same tree with every text changed."""
    return tuple(
        change(node)
        if isinstance(node, str)
        else node | {"children": list(with_texts(node["children"], change))}
        for node in nodes
    )


def texts(nodes: Iterable[Node]) -> Iterator[str]:
    """Every text of the tree in reading order."""
    for node in nodes:
        if isinstance(node, str):
            yield node
        else:
            yield from texts(node["children"])


def addresses(nodes: Iterable[Node]) -> Iterator[str]:
    """Where the tree's links and pictures lead."""
    for node in nodes:
        if not isinstance(node, str):
            yield from (node[name] for name in ("href", "src") if name in node)
            yield from addresses(node["children"])


def _cleaned(html: str) -> str:
    """Nothing but kept elements: whatever a parser may be tricked with ends here."""
    return nh3.clean(
        html,
        tags={*_KEPT, *_SAME_AS},
        attributes=_ATTRIBUTES,
        attribute_filter=_allowed,
        url_schemes={"https", "tel", "mailto"},
        link_rel=None,
    )


def _allowed(tag: str, attribute: str, value: str) -> str | None:
    fits = {"href": is_link, "src": is_picture}.get(attribute)
    return value if fits is None or fits(value.strip()) else None


class _Reader(HTMLParser):
    """Clean HTML as a tree."""

    def __init__(self) -> None:
        super().__init__()
        self.top: list[Node] = []
        self._open: list[list[Node]] = [self.top]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        tag = _SAME_AS.get(tag, tag)
        children: list[Node] = []
        self._open[-1].append(
            {"tag": tag, "children": children, **{name: (value or "").strip() for name, value in attrs}}
        )
        if tag not in _EMPTY:
            self._open.append(children)

    def handle_endtag(self, tag: str) -> None:
        if tag not in _EMPTY and len(self._open) > 1:
            self._open.pop()

    def handle_data(self, data: str) -> None:
        self._open[-1].append(_SPACES.sub(" ", data))


def _blocks(nodes: Sequence[Node]) -> Iterator[Node]:
    """Loose text and inline elements in paragraphs, blocks beside each other; what is empty goes."""
    loose: list[Node] = []
    for node in (*nodes, None):
        if node is not None and not _holds_block(node):
            loose.append(node)
            continue
        yield from _filled("p", loose)
        loose = []
        if node is not None and not isinstance(node, str):
            yield from _block(node)


def _filled(tag: str, nodes: Iterable[Node]) -> Iterator[Node]:
    """A block of inline elements without space at its ends, if there is anything in it."""
    inside = _joined(nodes)
    if inside and isinstance(inside[0], str):
        inside[0] = inside[0].lstrip(" ")
    if inside and isinstance(inside[-1], str):
        inside[-1] = inside[-1].rstrip(" ")
    inside = [node for node in inside if node != ""]
    if inside:
        yield {"tag": tag, "children": inside}


def _joined(nodes: Iterable[Node]) -> list[Node]:
    """The nodes as inline elements, texts beside each other as one."""
    inside: list[Node] = []
    for node in chain.from_iterable(map(_inline, nodes)):
        if isinstance(node, str) and inside and isinstance(inside[-1], str):
            inside[-1] = _SPACES.sub(" ", inside[-1] + node)
        else:
            inside.append(node)
    return inside


def _holds_block(node: Node) -> bool:
    if isinstance(node, str):
        return False
    return node["tag"] in BLOCKS or any(map(_holds_block, node["children"]))


def _block(node: dict[str, Any]) -> Iterator[Node]:
    children = node["children"]
    match node["tag"]:
        case "ul" | "ol":
            items = [item for child in children for item in _items(child)]
            yield from ({"tag": node["tag"], "children": items},) if items else ()
        case "h3":
            yield from _filled("h3", children)
        case _:
            yield from _blocks(children)


def _items(node: Node) -> Iterator[Node]:
    """What stands in a list as list items: inline, with lists inside them as items of the same list."""
    if isinstance(node, str):
        yield from _items({"tag": "li", "children": [node]}) if node.strip() else ()
        return
    if node["tag"] in {"ul", "ol"}:
        yield from (item for child in node["children"] for item in _items(child))
        return
    lists = [
        child for child in node["children"] if not isinstance(child, str) and child["tag"] in {"ul", "ol"}
    ]
    yield from _filled("li", (child for child in node["children"] if child not in lists))
    yield from (item for one in lists for item in _items(one))


def _inline(node: Node) -> Iterator[Node]:
    """The node with nothing but inline elements; a link or picture without its address is only its words."""
    if isinstance(node, str):
        yield from (node,) if node else ()
        return
    children = _joined(node["children"])
    needed = {"a": "href", "img": "src"}.get(node["tag"])
    if node["tag"] in BLOCKS:
        yield from (" ", *children, " ")
    elif needed and not node.get(needed):
        yield from children
    elif children or node["tag"] in _EMPTY:
        yield node | {"children": children}


def _html(node: Node) -> str:
    if isinstance(node, str):
        return escape(node, quote=False)
    attributes = "".join(f' {name}="{escape(node[name])}"' for name in ("href", "src", "alt") if name in node)
    opened = f"<{node['tag']}{attributes}>"
    return opened if node["tag"] in _EMPTY else f"{opened}{html_of(node['children'])}</{node['tag']}>"


def _say(nodes: Iterable[Node], lines: list[str], mark: Callable[[], str] = str) -> None:
    """Writes the nodes to the end of the lines; `mark` makes what stands before the next list item."""
    for node in nodes:
        if isinstance(node, str):
            lines[-1] += node
            continue
        tag, children = node["tag"], node["children"]
        if tag in {"p", "h3", "li"} and lines[-1]:
            lines.append("")
        match tag:
            case "br":
                lines.append("")
            case "img":
                lines[-1] += f"[{node['alt']}]" if node.get("alt") else ""
            case "ul":
                _say(children, lines, lambda: "• ")
            case "ol":
                numbers = count(1)
                _say(children, lines, lambda numbers=numbers: f"{next(numbers)}. ")  # type: ignore[misc]
            case "li":
                lines[-1] += mark()
                _say(children, lines)
            case _:
                _say(children, lines)
        if tag == "a" and "".join(texts(children)) != node["href"]:
            lines[-1] += f" ({node['href']})"
        if tag in {"p", "h3", "li"} and lines[-1]:
            lines.append("")
