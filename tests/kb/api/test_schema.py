"""The API keeps to its own description: whatever is asked, by whatever token, the answer is one that it names."""

import json
import os
from collections.abc import Callable
from typing import Any
from urllib.parse import quote, urlencode

import jsonschema
import pytest
from django.test import Client
from drf_spectacular.validation import validate_schema
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cscore.accounts.models import User
from cscore.commerce.models import Shop
from cscore.commerce.scopes import Scope
from tests.factories import make_article, make_token

EXAMPLES = int(os.environ.get("API_EXAMPLES", "6"))
JSON = "application/json"
JUNK = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=9), inner, max_size=3),
    max_leaves=6,
)
KEYS = st.sampled_from(["tent", "lamp", "new", "a" * 61, "two words", "％", "..", "bulk", "\x00", "'"])
Operation = tuple[str, str, dict[str, Any]]


@pytest.fixture(scope="module")
def described() -> dict[str, Any]:
    found: dict[str, Any] = Client().get("/api/v1/schema/").json()
    return found


@pytest.fixture
def callers(shop: Shop, ada: User, settings: Any) -> list[dict[str, str]]:
    """Nobody, one token for each scope, and one with them all."""
    settings.API_LIMITS = {"requests_per_minute": 1_000_000}
    make_article(shop=shop, key="tent", live=True)
    make_article(shop=shop, key="lamp", question="Lamp?")
    given: list[list[str]] = [*([scope] for scope in Scope.values), list(Scope.values)]
    secrets = [make_token(shop=shop, by=ada, scopes=scopes) for scopes in given]
    return [{}, *({"Authorization": f"Bearer {secret}"} for secret in secrets)]


def test_the_description_is_valid_openapi(described: dict[str, Any]) -> None:
    validate_schema(described)

    assert described["openapi"].startswith("3.")
    assert described["components"]["securitySchemes"]["token"] == {"type": "http", "scheme": "bearer"}


def test_every_operation_says_what_it_does_and_how_it_refuses(described: dict[str, Any]) -> None:
    for path, method, operation in operations(described):
        assert operation["summary"], (path, method)
        assert {"401", "403", "429"} <= set(operation["responses"])


@settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_whatever_is_asked_the_answer_is_a_described_one(
    described: dict[str, Any], callers: list[dict[str, str]], data: st.DataObject
) -> None:
    for path, method, operation in operations(described):
        for caller in callers:
            response = ask(described, data.draw, path, method, operation, caller)

            told = operation["responses"].get(str(response.status_code))
            assert told is not None, (method, path, response.status_code, response.content)
            if response["Content-Type"] == JSON:
                shape = told["content"][JSON]["schema"]
                jsonschema.validate(response.json(), plain(shape, described))


def operations(described: dict[str, Any]) -> list[Operation]:
    return [
        (path, method, operation)
        for path, methods in described["paths"].items()
        for method, operation in methods.items()
    ]


def ask(
    described: dict[str, Any],
    draw: Callable[[st.SearchStrategy[Any]], Any],
    path: str,
    method: str,
    operation: dict[str, Any],
    caller: dict[str, str],
) -> Any:
    """One request: half of what is sent is what the description asks for, the rest is not."""
    asked = {
        one["name"]: draw(st.none() | made(one["schema"], described) | st.text(max_size=9))
        for one in operation.get("parameters", ())
        if one["in"] == "query"
    }
    query = urlencode({name: value for name, value in asked.items() if value is not None}, errors="replace")
    address = f"{path.replace('{key}', quote(draw(KEYS), safe=''))}?{query}"
    body, kind = b"", JSON
    if wanted := operation.get("requestBody", {}).get("content"):
        kind = draw(st.sampled_from(sorted(wanted)))
        if kind == JSON:
            body = json.dumps(draw(made(wanted[kind]["schema"], described) | JUNK)).encode()
        else:
            body = draw(
                st.binary(max_size=60) | st.text(max_size=60).map(lambda text: text.encode(errors="replace"))
            )
    headers = caller | draw(
        st.sampled_from([{}, {"If-Match": '"1.0"'}, {"If-None-Match": "*"}, {"If-Match": "\x7f"}])
    )
    return getattr(Client(), method)(address, body, content_type=kind, headers=headers) if method != "get" else (
        Client().get(address, headers=headers)
    )  # fmt: skip


def made(shape: dict[str, Any], described: dict[str, Any]) -> st.SearchStrategy[Any]:
    """Values of this shape, as far as the description tells."""
    shape = plain(shape, described)
    match shape:
        case {"enum": values}:
            return st.sampled_from(values)
        case {"type": "integer"}:
            return st.integers(shape.get("minimum", -5), shape.get("maximum", 300))
        case {"type": "boolean"}:
            return st.booleans()
        case {"type": "array"}:
            return st.lists(made(shape.get("items", {}), described), max_size=4)
        case {"type": "object", "properties": fields}:
            strategies = {name: made(one, described) for name, one in fields.items()}
            needed = {name: strategies.pop(name) for name in shape.get("required", ())}
            return st.fixed_dictionaries(needed, optional=strategies)
        case {"type": "string", "format": "date-time"}:
            return st.datetimes().map(lambda moment: f"{moment.isoformat()}Z")
        case {"type": "string"}:
            return st.text(min_size=shape.get("minLength", 0), max_size=min(shape.get("maxLength", 40), 40))
    return JUNK


def plain(shape: Any, described: dict[str, Any]) -> Any:
    """The shape as JSON Schema: references followed, OpenAPI's `nullable` said in types."""
    if isinstance(shape, list):
        return [plain(one, described) for one in shape]
    if not isinstance(shape, dict):
        return shape
    if name := shape.get("$ref"):
        return plain(described["components"]["schemas"][name.rpartition("/")[2]], described)
    found = {name: plain(one, described) for name, one in shape.items() if name != "nullable"}
    return {"anyOf": [found, {"type": "null"}]} if shape.get("nullable") else found
