"""The house inspects itself: sizes, templates, documents."""

import ast
import re
import subprocess
from pathlib import Path

import pytest
from django.template import engines
from django.urls import NoReverseMatch, URLPattern, URLResolver, get_resolver

ROOT = Path(__file__).resolve().parent.parent.parent
LONGEST_FILE = 350
LONGEST_FUNCTION = 50


def tracked(*patterns: str) -> list[Path]:
    """Files of the project, new ones included, without what git ignores."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", *patterns],
        cwd=ROOT, capture_output=True, text=True, check=True,
    ).stdout.splitlines()  # fmt: skip
    return [ROOT / name for name in listed if (ROOT / name).is_file()]


def code() -> list[Path]:
    return [path for path in tracked("*.py") if "migrations" not in path.parts]


def test_no_file_is_about_too_many_things() -> None:
    long = {str(path.relative_to(ROOT)): len(path.read_text().splitlines()) for path in code()}

    assert {name: lines for name, lines in long.items() if lines > LONGEST_FILE} == {}


def test_no_function_needs_scrolling() -> None:
    long = []
    for path in code():
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                lines = (node.end_lineno or node.lineno) - node.lineno + 1
                if lines > LONGEST_FUNCTION:
                    long.append(f"{path.relative_to(ROOT)}:{node.name} {lines}")

    assert long == []


def test_there_is_no_drawer_for_everything() -> None:
    assert [path for path in code() if path.stem in {"utils", "helpers", "misc", "common_functions"}] == []


def url_names(resolver: URLResolver, space: str = "") -> set[str]:
    found = set()
    for one in resolver.url_patterns:
        if isinstance(one, URLResolver):
            found |= url_names(one, f"{space}{one.namespace}:" if one.namespace else space)
        elif isinstance(one, URLPattern) and one.name:
            found.add(space + one.name)
    return found


def test_every_url_name_in_a_template_leads_somewhere() -> None:
    known = url_names(get_resolver())
    used = {
        (path.name, name)
        for path in tracked("*.html")
        for name in re.findall(r"""{%\s*url\s+["']([^"']+)["']""", path.read_text())
    }

    missing = {pair for pair in used if pair[1] not in known and not pair[1].startswith("demo:")}
    assert missing == set(), NoReverseMatch


def test_every_template_compiles() -> None:
    engine = engines["django"]
    for path in tracked("templates/*.html"):
        engine.get_template(str(path.relative_to(ROOT / "templates")))


@pytest.mark.parametrize("document", ["docs/house.md", "README.md", "docs/howto"])
def test_every_path_that_a_document_names_exists(document: str) -> None:
    place = ROOT / document
    texts = [place] if place.is_file() else sorted(place.glob("*.md"))
    pattern = re.compile(
        r"`((?:cscore|kb|tickets|chat|analytics|tests|docs|templates|benchmarks|scripts)/[\w./-]+)`"
    )

    missing = {
        name for text in texts for name in pattern.findall(text.read_text()) if not (ROOT / name).exists()
    }
    assert missing == set()


def test_no_page_carries_script_or_style_in_line() -> None:
    inline = re.compile(r"<script(?![^>]*\bsrc=)(?![^>]*application/json)|\sstyle=|\son\w+=|<style")

    guilty = [path.name for path in tracked("templates/*.html") if inline.search(path.read_text())]
    assert guilty == []


def test_customer_text_is_never_marked_safe() -> None:
    unsafe = re.compile(r"\|\s*safe\b|mark_safe\(|innerHTML|insertAdjacentHTML|document\.write")
    ours = [p for p in tracked("*.py", "*.html", "*.js") if "vendor" not in p.parts and p != Path(__file__)]

    assert [str(p.relative_to(ROOT)) for p in ours if unsafe.search(p.read_text(errors="replace"))] == []


# Views without Django's own check of where a form came from, and what they check instead.
OWN_CHECK = {
    "chat/views/photos.py": "a visitor's token in a header, which no other page can make a browser send"
}


def test_no_other_view_is_exempt_from_the_check_of_where_a_form_came_from() -> None:
    ours = [path for path in code() if path != Path(__file__)]
    exempt = {str(path.relative_to(ROOT)) for path in ours if "csrf_exempt" in path.read_text()}

    assert exempt == OWN_CHECK.keys()
