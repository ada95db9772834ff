"""Whole files in and out, as on the pages Import and Export."""

from collections.abc import Mapping
from typing import IO, Any, ClassVar, Final

from django.http import HttpResponse
from django.utils.translation import gettext_lazy as _
from drf_spectacular.types import OpenApiTypes
from rest_framework import serializers
from rest_framework.parsers import BaseParser
from rest_framework.response import Response

from cscore.commerce.api import TokenRequest, answers
from cscore.commerce.scopes import Scope
from cscore.common import clock
from cscore.common.api import Strict, bounded, checked
from cscore.common.errors import Refusal
from kb import access, actions
from kb.api import shapes
from kb.api.view import KbView
from kb.formats import SafeCsv, SafeXlsx
from kb.imports import Sheet, read_jsonl
from kb.resources import ArticleResource
from kb.tables import LARGEST_FILE, read_csv, read_xlsx, sheet_of

XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_WRITERS: Final[dict[str, type[SafeXlsx] | type[SafeCsv]]] = {"xlsx": SafeXlsx, "csv": SafeCsv}


class NoFile(Refusal):
    code = "kb.import.no-file"
    sentence = _("Send the file as the body.")


class File(BaseParser):
    """The body as it is, within the limit of files."""

    def parse(  # type: ignore[override]
        self,
        stream: IO[bytes],
        media_type: str | None = None,
        parser_context: Mapping[str, Any] | None = None,
    ) -> bytes:
        return bounded(stream, parser_context, LARGEST_FILE)


class XlsxFile(File):
    media_type = XLSX


class CsvFile(File):
    media_type = "text/csv"


class JsonlFile(File):
    media_type = "application/x-ndjson"


class ImportFilter(Strict):
    dry_run = serializers.BooleanField(
        default=False, help_text="Says what would come of it and writes nothing."
    )
    publish = serializers.BooleanField(default=False, help_text="What is taken in goes live as one release.")


class ExportFilter(Strict):
    format = serializers.ChoiceField(["xlsx", "csv"], default="xlsx")


class Imports(KbView):
    needs: ClassVar[dict[str, Scope]] = {"POST": Scope.KB_WRITE}
    parser_classes = (XlsxFile, CsvFile, JsonlFile)

    @answers(
        "import_file",
        "Import a file, all or nothing",
        400,
        409,
        413,
        415,
        422,
        parameters=[ImportFilter],
        request=dict.fromkeys((XLSX, "text/csv", "application/x-ndjson"), OpenApiTypes.BINARY),
        responses={200: shapes.ImportedShape},
        description="`details.issues` names each wrong row as the spreadsheet counts it, and `cell`, such as C7.",
    )
    def post(self, request: TokenRequest) -> Response:
        asked = checked(ImportFilter, request.query_params)
        if asked["publish"]:
            self.must(Scope.KB_PUBLISH)
        self.sheet, at, publish = _sheet(request), clock.now(), asked["publish"]
        if asked["dry_run"]:
            done = actions.try_import(shop=self.shop, sheet=self.sheet, at=at, to_publish=publish)
        else:
            done = actions.import_articles(
                shop=self.shop, sheet=self.sheet, by=request.user, at=at, to_publish=publish
            )
        return Response(shapes.of_imported(done))


class Export(KbView):
    needs: ClassVar[dict[str, Scope]] = {"GET": Scope.KB_READ}

    @answers(
        "export_articles",
        "Export every article's latest text",
        400,
        parameters=[ExportFilter],
        responses={(200, XLSX): OpenApiTypes.BINARY, (200, "text/csv"): OpenApiTypes.BINARY},
        description="The file imports back equal.",
    )
    def get(self, request: TokenRequest) -> HttpResponse:
        writer = _WRITERS[checked(ExportFilter, request.query_params)["format"]]()
        rows = ArticleResource().export(access.articles_of(self.shop).order_by("key"))
        name = f"{self.shop.key}.{writer.get_extension()}"
        headers = {"Content-Disposition": f'attachment; filename="{name}"'}
        return HttpResponse(writer.export_data(rows), content_type=writer.get_content_type(), headers=headers)


def _sheet(request: TokenRequest) -> Sheet:
    data = request.data
    if not isinstance(data, bytes) or not data:
        raise NoFile
    match (request.content_type or "").partition(";")[0].strip().casefold():
        case "text/csv":
            return sheet_of(read_csv(data))
        case "application/x-ndjson":
            return read_jsonl(data)
        case _:
            return sheet_of(read_xlsx(data))
