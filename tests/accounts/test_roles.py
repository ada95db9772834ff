"""The table of roles in the handbook says what the code does."""

import re
from pathlib import Path

from cscore.accounts.permissions import Permission
from cscore.accounts.roles import GRANTED, Role

HANDBOOK = Path(__file__).resolve().parents[2] / "docs" / "howto" / "roles.md"


def written() -> dict[str, set[str]]:
    """Permission: the roles that have it, read from the handbook's table."""
    rows = [line.strip("|").split("|") for line in HANDBOOK.read_text().splitlines() if line.startswith("|")]
    roles = [cell.strip() for cell in rows[0][1:]]
    return {
        permission: {role for role, cell in zip(roles, cells, strict=True) if cell.strip() == "yes"}
        for first, *cells in rows[2:]
        for permission in re.findall(r"`([a-z.]+)`", first)
    }


def test_the_handbooks_table_is_the_codes() -> None:
    assert written() == {
        permission.value: {role.value for role in Role if permission in GRANTED[role]}
        for permission in Permission
    }
