"""The one stylesheet: a brace forgotten would put all that follows below another layer."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

SHEETS = sorted((Path(__file__).parents[1] / "static" / "earnest").glob("*.css"))


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda one: one.name)
def test_a_comment_of_its_own_line_stands_outside_of_every_block(sheet: Path) -> None:
    """So each section ends before the next one begins."""
    depth = 0
    for number, line in enumerate(sheet.read_text().splitlines(), start=1):
        if line.startswith("/*"):
            assert depth == 0, f"{sheet.name}:{number}"
        said = re.sub(r"/\*.*?\*/|\"[^\"]*\"", "", line)
        depth += said.count("{") - said.count("}")
    assert depth == 0
