"""Reads a folder of files; prints each refusal's code, then by how many MiB memory peaked above its start."""

import os
import resource
import sys
from pathlib import Path

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cscore.settings")
django.setup()

from cscore.common.errors import Refusal  # noqa: E402 - what they import wants Django set up
from kb import tables  # noqa: E402


def peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    before = peak()
    for file in sorted(Path(sys.argv[1]).iterdir()):
        read = tables.read_xlsx if file.suffix == ".xlsx" else tables.read_csv
        try:
            tables.sheet_of(read(file.read_bytes()))
        except Refusal as refusal:
            print(refusal.code)  # noqa: T201 - a script's own words
    print(peak() - before)  # noqa: T201
