"""A product manual becomes drafts, as on the page From a manual."""

from typing import Any, ClassVar, Final

from drf_spectacular.types import OpenApiTypes
from rest_framework import serializers
from rest_framework.response import Response

from cscore.commerce.api import TokenRequest, answers
from cscore.commerce.scopes import Scope
from cscore.common import clock
from cscore.common.api import Strict, checked
from cscore.common.errors import Refusal
from kb import actions
from kb.api.exchange import File, NoFile
from kb.api.view import KbView
from kb.imports import Sheet
from kb.manuals import read_manual
from kb.manuals.drafting import Offer, offers_of

DOCX: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_NAMES: Final = {"text/markdown": "manual.md", "text/html": "manual.html", DOCX: "manual.docx"}


class MarkdownFile(File):
    media_type = "text/markdown"


class HtmlFile(File):
    media_type = "text/html"


class DocxFile(File):
    media_type = DOCX


class ManualFilter(Strict):
    dry_run = serializers.BooleanField(
        default=False, help_text="Says what would come of it and writes nothing."
    )


class SectionShape(serializers.Serializer[Any]):
    place = serializers.IntegerField(help_text="Counted from 1.")
    key = serializers.CharField()
    question = serializers.CharField()
    code = serializers.CharField(allow_null=True, help_text="Why it was left out; null: it was taken.")
    sentence = serializers.CharField(allow_null=True)


class ManualShape(serializers.Serializer[Any]):
    new = serializers.IntegerField()
    changed = serializers.IntegerField()
    same = serializers.IntegerField()
    sections = SectionShape(many=True)


class Manuals(KbView):
    needs: ClassVar[dict[str, Scope]] = {"POST": Scope.KB_WRITE}
    parser_classes = (MarkdownFile, HtmlFile, DocxFile)

    @answers(
        "read_manual",
        "Make drafts of a product manual",
        400,
        409,
        413,
        415,
        422,
        parameters=[ManualFilter],
        request=dict.fromkeys(_NAMES, OpenApiTypes.BINARY),
        responses={200: ManualShape},
        description="Each heading is a question and the text below it its answer; so is a line that begins with Q: and "
        "its answer after A:. A section that cannot be an article is left out and says why. Nothing goes live.",
    )
    def post(self, request: TokenRequest) -> Response:
        asked, at = checked(ManualFilter, request.query_params), clock.now()
        offers = offers_of(read_manual(_body(request), _name(request.content_type)))
        standing = actions.standing_of(self.shop, [offer.draft for offer in offers])
        why = {
            offer.place: next(iter(offer.wrong), one.clash)
            for offer, one in zip(offers, standing, strict=True)
        }
        sheet = Sheet({offer.place: offer.draft for offer in offers if why[offer.place] is None}, ())
        if asked["dry_run"]:
            done = actions.try_import(shop=self.shop, sheet=sheet, at=at)
        else:
            done = actions.import_articles(shop=self.shop, sheet=sheet, by=request.user, at=at)
        counts = {"new": done.new, "changed": done.changed, "same": done.same}
        return Response(counts | {"sections": [_told(offer, why[offer.place]) for offer in offers]})


def _body(request: TokenRequest) -> bytes:
    if not isinstance(request.data, bytes) or not request.data:
        raise NoFile
    return request.data


def _name(kind: str) -> str:
    """A name that says which kind of file it is; one of no such kind was refused before."""
    return _NAMES[kind.partition(";")[0].strip().casefold()]


def _told(offer: Offer, why: Refusal | None) -> dict[str, Any]:
    return {
        "place": offer.place,
        "key": offer.draft.key,
        "question": offer.draft.question,
        "code": why.code if why else None,
        "sentence": str(why) if why else None,
    }
