"""What became of words of theirs, beside those very words."""

from __future__ import annotations

from typing import Any

from django import template

from earnest.pages.written.told import Became, Told
from earnest.plans.models import Input

register = template.Library()


@register.filter
def became_of(told: Told | str | None, row: Any) -> list[Became]:
    """Every answer to a quote, an idea, an input or a need; none where no record is read."""
    return told.of(row) if isinstance(told, Told) else []


@register.filter
def input_of(told: Told | str | None, row: Any) -> Input | None:
    """The input made of a quote or an idea."""
    return told.input_of(row) if isinstance(told, Told) else None
