"""Every language of the wording watch: each rule fires on its example, and only there."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from earnest.engine.language import Wording, hints_for

FILES = sorted(Path("earnest/core/wording").glob("*.toml"))
READ: dict[str, dict[str, Any]] = {file.stem: tomllib.loads(file.read_text()) for file in FILES}
RULES = [
    pytest.param(language, row, id=f"{language}: {row['name']}")
    for language, rows in READ.items()
    for row in [*rows["rule"], {"name": "capitals", **rows["capitals"]}]
]


def said(language: str, text: str) -> set[str]:
    """Why each hint is given."""
    return {one.why for one in hints_for(text, Wording.from_mapping(READ[language]))}


@pytest.mark.parametrize(("language", "rule"), RULES)
def test_a_rule_fires_on_its_example(language: str, rule: dict[str, Any]) -> None:
    assert rule["why"] in said(language, rule["fires"])


@pytest.mark.parametrize(("language", "rule"), RULES)
def test_a_rule_is_quiet_where_no_harm_is_meant(language: str, rule: dict[str, Any]) -> None:
    assert rule["why"] not in said(language, rule["quiet"])


@pytest.mark.parametrize(("language", "rule"), RULES)
def test_no_kinder_wording_presses(language: str, rule: dict[str, Any]) -> None:
    kinder = rule.get("instead", rule.get("try", ""))
    assert said(language, kinder.replace("*", "the night shift")) == set()
