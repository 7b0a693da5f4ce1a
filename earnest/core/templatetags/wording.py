"""Hints under a field whose words are sent (4.1)."""

from __future__ import annotations

from typing import Any

from django import template
from django.forms import BoundField
from django.utils.translation import get_language

from earnest.core.reading import Reading
from earnest.core.wording import Shown, hints_in

register = template.Library()


@register.inclusion_tag("core/hints.html")
def hints(field: BoundField) -> dict[str, Any]:
    """For what stands in the field now: what was typed, or what it begins with."""
    words, language = str(field.value() or ""), getattr(field.form, "speaks", "")
    return {"hints": hints_in(words, language), "field": field.auto_id}


@register.simple_tag
def all_hints(reading: Reading) -> list[Shown]:
    """For the words that were typed, where they are only shown: nothing is pressed there."""
    speaks = reading.speaks or get_language() or ""
    return [one for words in reading.typed for one in hints_in(words, speaks)]


@register.inclusion_tag("core/hints.html")
def hints_about(words: str, speaks: str) -> dict[str, Any]:
    """For our words as they stand in a mail that is still to be sent."""
    return {"hints": hints_in(words, speaks), "field": ""}
