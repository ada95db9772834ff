"""What goes in and out, and how it is described."""

from collections.abc import Iterator
from typing import Any, Final

from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from cscore.common.api import Page, Strict, Text, Word
from cscore.common.errors import Refusal
from kb.actions import Imported, mark
from kb.imports import Issue, Sheet
from kb.models import Article, ArticleState, ArticleVersion, Category, ReleaseVerb, ReviewState
from kb.rules import (
    LONGEST_ANSWER,
    LONGEST_CATEGORY,
    LONGEST_KEY,
    LONGEST_QUESTION,
    MOST_PHRASINGS,
    Draft,
    refusals,
    tidied,
)
from kb.search import LONGEST_TEXT, Results

MOST_ROWS: Final = 1000
_MOST_NUMBERS: Final = 2**31 - 1


class WrongField(Refusal):
    code = "invalid"
    sentence = _("%(field)s: %(why)s")


@extend_schema_field({"type": "string", "maxLength": LONGEST_QUESTION, "minLength": 1})
class Question(Text):
    """Its length is judged by kb.rules, as everywhere."""


@extend_schema_field({"type": "string", "maxLength": LONGEST_ANSWER})
class Answer(Text):
    """Plain text."""


@extend_schema_field({"type": "string", "maxLength": LONGEST_CATEGORY})
class CategoryName(Text):
    """A category that does not exist yet is made."""


@extend_schema_field({"type": "string", "pattern": rf"^[\w.\-]{{1,{LONGEST_KEY}}}$"})
class Key(Text):
    """Letters, digits, dots, dashes and underscores."""


@extend_schema_field(
    {"type": "array", "maxItems": MOST_PHRASINGS, "items": {"type": "string", "maxLength": LONGEST_QUESTION}}
)
class Phrasings(serializers.ListField):
    child = Text()


class TextShape(Strict):
    """The text of an article. Phrasings and answer are emptied when they are left out; the rest stays as it is."""

    question = Question()
    phrasings = Phrasings(default=list)
    answer = Answer(default="")
    category = CategoryName(required=False, allow_null=True, help_text="null: none.")
    negatives = Phrasings(required=False, help_text="Wordings that ask something else.")
    negative_keywords = Phrasings(required=False, help_text="A question with one of them is not this one.")
    tell_person = serializers.BooleanField(required=False, help_text="A person is told too.")


class RowShape(TextShape):
    """One article of many."""

    key = Key()
    version = serializers.IntegerField(
        min_value=0,
        max_value=_MOST_NUMBERS,
        required=False,
        help_text="The version that you read: 409 and nothing written if it is another by now. 0: there is none yet.",
    )


@extend_schema_field(RowShape(many=True))
class Rows(serializers.ListField):
    """Each row is judged by itself, so that a refusal can name all that are wrong."""

    child = serializers.DictField()


class RowsShape(Strict):
    """Articles to write, all or none; with `publish` they go live in one release."""

    articles = Rows(min_length=1, max_length=MOST_ROWS)
    publish = serializers.BooleanField(default=False)


class ArticleShape(serializers.Serializer[Any]):
    key = serializers.CharField()
    category = serializers.CharField(allow_null=True)
    state = serializers.ChoiceField(ArticleState.choices)
    review = serializers.ChoiceField(ReviewState.choices)
    version = serializers.IntegerField()
    live_version = serializers.IntegerField(allow_null=True)
    question = serializers.CharField()
    phrasings = serializers.ListField(child=serializers.CharField())
    answer = serializers.CharField(allow_blank=True)
    negatives = serializers.ListField(child=serializers.CharField())
    negative_keywords = serializers.ListField(child=serializers.CharField())
    tell_person = serializers.BooleanField()
    updated_at = serializers.DateTimeField()
    published_at = serializers.DateTimeField(allow_null=True)
    publish_at = serializers.DateTimeField(allow_null=True)
    withdraw_at = serializers.DateTimeField(allow_null=True)
    archived_at = serializers.DateTimeField(allow_null=True)
    etag = serializers.CharField(help_text="Send it as If-Match to write over this text and no other.")


class VersionShape(serializers.Serializer[Any]):
    number = serializers.IntegerField()
    question = serializers.CharField()
    phrasings = serializers.ListField(child=serializers.CharField())
    answer = serializers.CharField(allow_blank=True)
    live = serializers.BooleanField()
    findings = serializers.ListField(
        child=serializers.DictField(), help_text="What the wording rules said of it when it was written."
    )
    created_at = serializers.DateTimeField()
    created_by = serializers.CharField(allow_null=True)


class CategoryShape(serializers.Serializer[Any]):
    name = serializers.CharField()
    articles = serializers.IntegerField()


class ReleaseShape(serializers.Serializer[Any]):
    number = serializers.IntegerField()
    verb = serializers.ChoiceField(ReleaseVerb.choices)
    at = serializers.DateTimeField()
    by = serializers.CharField(allow_null=True)
    articles = serializers.ListField(
        child=serializers.CharField(), help_text="The keys of the first hundred articles that it moved."
    )
    count = serializers.IntegerField(help_text="How many articles it moved.")


class ReleasedShape(serializers.Serializer[Any]):
    release = serializers.IntegerField()


class ImportedShape(serializers.Serializer[Any]):
    new = serializers.IntegerField()
    changed = serializers.IntegerField()
    same = serializers.IntegerField()
    release = serializers.IntegerField(allow_null=True, help_text="null: nothing went live.")


class PublishShape(Strict):
    version = serializers.IntegerField(
        min_value=1,
        max_value=_MOST_NUMBERS,
        required=False,
        help_text="Which version; the latest unless said.",
    )


class PlanShape(Strict):
    """When the article goes live, when customers are no longer told it, or both."""

    publish_at = serializers.DateTimeField(required=False, help_text="ISO 8601, with its offset.")
    withdraw_at = serializers.DateTimeField(required=False, help_text="ISO 8601, with its offset.")
    version = serializers.IntegerField(
        min_value=1,
        max_value=_MOST_NUMBERS,
        required=False,
        help_text="Which version; the latest unless said.",
    )

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if not attrs.keys() & {"publish_at", "withdraw_at"}:
            raise serializers.ValidationError({"publish_at": [_("Say when.")]})
        return attrs


class SearchFilter(Strict):
    """What people would type."""

    q = Word(required=True, max_length=LONGEST_TEXT)
    limit = serializers.IntegerField(min_value=1, max_value=50, default=10)
    drafts = serializers.BooleanField(
        default=False, help_text="The latest versions too, not only what is live."
    )


class HitShape(serializers.Serializer[Any]):
    key = serializers.CharField()
    question = serializers.CharField()
    snippet = serializers.CharField(help_text="The part of the answer that fits best, as plain text.")
    version = serializers.IntegerField()
    score = serializers.FloatField()


class FoundShape(serializers.Serializer[Any]):
    results = HitShape(many=True)
    did_you_mean = serializers.CharField(allow_blank=True)


class NumberedPage(Page):
    """Numbers go down from the latest."""

    after = serializers.IntegerField(  # type: ignore[assignment]
        min_value=1, max_value=_MOST_NUMBERS, required=False, help_text="The last number of the page before."
    )


class ArticleFilter(Page):
    """Which articles."""

    state = serializers.ChoiceField(ArticleState.choices, required=False)
    category = Word(max_length=LONGEST_CATEGORY, help_text="The category's name.")
    updated_since = serializers.DateTimeField(required=False, help_text="ISO 8601, with its offset.")
    q = Word(
        max_length=LONGEST_QUESTION, help_text="Stands in the key, the question, a phrasing or the answer."
    )


def draft_from(key: str, told: dict[str, Any]) -> Draft:
    """The text as it came in."""
    negatives, keywords = (told.get(name) for name in ("negatives", "negative_keywords"))
    return Draft(
        key,
        told["question"],
        tuple(told["phrasings"]),
        told["answer"],
        (told["category"] or "") if "category" in told else None,
        negatives=None if negatives is None else tuple(negatives),
        negative_keywords=None if keywords is None else tuple(keywords),
        tell_person=told.get("tell_person"),
    )


def sheet_from(rows: list[dict[str, Any]]) -> Sheet:
    """Every row judged, counted from 1."""
    drafts: dict[int, Draft] = {}
    issues: list[Issue] = []
    written_on: dict[int, int] = {}
    for number, row in enumerate(rows, start=1):
        shape = RowShape(data=row)
        if not shape.is_valid():
            issues.extend(Issue(number, WrongField(field=name, why=why)) for name, why in _said(shape.errors))
            continue
        draft = tidied(draft_from(shape.validated_data["key"], shape.validated_data))
        if wrong := [Issue(number, refusal) for refusal in refusals(draft)]:
            issues.extend(wrong)
        else:
            drafts[number] = draft
            if "version" in shape.validated_data:
                written_on[number] = shape.validated_data["version"]
    return Sheet(drafts, tuple(issues), written_on=written_on)


def _said(errors: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """Each wrong field with the first thing that is wrong about it; a list's errors stand under its places."""
    for name, why in errors.items():
        yield name, str(next(iter(why.values()))[0] if isinstance(why, dict) else why[0])


def of_article(article: Article) -> dict[str, Any]:
    latest, live = article.latest_version, article.live_version
    return {
        "key": article.key,
        "category": article.category.name if article.category else None,
        "state": article.state,
        "review": article.review_state,
        "version": latest.number if latest else 0,
        "live_version": live.number if live else None,
        "question": latest.question if latest else "",
        "phrasings": latest.phrasings if latest else [],
        "answer": latest.answer if latest else "",
        "negatives": latest.negatives if latest else [],
        "negative_keywords": latest.negative_keywords if latest else [],
        "tell_person": latest.tell_person if latest else False,
        "updated_at": article.updated_at,
        "published_at": article.published_at,
        "publish_at": article.publish_at,
        "withdraw_at": article.withdraw_at,
        "archived_at": article.archived_at,
        "etag": etag(article),
    }


def latest_number(article: Article) -> int:
    return article.latest_version.number if article.latest_version else 0


def of_found(found: Results) -> dict[str, Any]:
    hits = [
        {
            "key": hit.key,
            "question": hit.version.question,
            "snippet": "".join(piece.text for piece in hit.snippet),
            "version": hit.version.number,
            "score": float(hit.score),
        }
        for hit in found.hits
    ]
    return {"results": hits, "did_you_mean": found.did_you_mean}


def of_version(version: ArticleVersion) -> dict[str, Any]:
    return {
        "number": version.number,
        "question": version.question,
        "phrasings": version.phrasings,
        "answer": version.answer,
        "live": version.article.live_version_id == version.pk,
        "findings": version.findings,
        "created_at": version.created_at,
        "created_by": str(version.created_by) if version.created_by else None,
    }


def of_imported(done: Imported) -> dict[str, Any]:
    return {"new": done.new, "changed": done.changed, "same": done.same, "release": done.release}


def of_category(category: Category) -> dict[str, Any]:
    return {"name": category.name, "articles": getattr(category, "held", 0)}


def etag(article: Article) -> str:
    return f'"{mark(article)}"'
