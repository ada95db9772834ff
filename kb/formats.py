"""xlsx and csv as django-import-export's admin pages take them, read within limits and never as formulas."""

from typing import Any

import tablib  # type: ignore[import-untyped]
from import_export.formats.base_formats import CSV, XLSX

from kb.tables import Row, escaped, read_csv, read_xlsx


class SafeXlsx(XLSX):  # type: ignore[misc]
    def create_dataset(self, in_stream: bytes) -> tablib.Dataset:
        return _dataset(read_xlsx(in_stream))

    def export_data(self, dataset: tablib.Dataset, **kwargs: Any) -> bytes:
        return bytes(super().export_data(_escaped(dataset), **kwargs))


class SafeCsv(CSV):  # type: ignore[misc]
    """Bytes in both directions, with the mark by which spreadsheet programs know UTF-8."""

    def create_dataset(self, in_stream: bytes) -> tablib.Dataset:
        return _dataset(read_csv(in_stream))

    def export_data(self, dataset: tablib.Dataset, **kwargs: Any) -> bytes:
        return str(super().export_data(_escaped(dataset), **kwargs)).encode("utf-8-sig")

    def get_read_mode(self) -> str:
        return "rb"

    def is_binary(self) -> bool:
        return True


def _dataset(rows: list[Row]) -> tablib.Dataset:
    return tablib.Dataset(*rows[1:], headers=rows[0] if rows else [])


def _escaped(dataset: tablib.Dataset) -> tablib.Dataset:
    return tablib.Dataset(*(map(escaped, row) for row in dataset), headers=dataset.headers)
