"""The subject of a mail is plain text: a name with an apostrophe stands there as it is written."""

from __future__ import annotations

from pathlib import Path

import pytest

EARNEST = Path(__file__).parents[1] / "earnest"
SUBJECTS = sorted(EARNEST.rglob("*.subject"))


@pytest.mark.parametrize("path", SUBJECTS, ids=lambda path: path.name)
def test_what_is_filled_into_a_subject_is_not_made_html(path: Path) -> None:
    words = path.read_text("utf-8")
    fills = "with " in words or "{{" in words.replace("{{ n }}", "").replace("{{ digits }}", "")
    assert not fills or "{% autoescape off %}" in words
