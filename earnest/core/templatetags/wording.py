"""Hints under a field whose words are sent (4.1)."""

from __future__ import annotations

from typing import Any

from django import template
from django.forms import BoundField

from earnest.core.wording import hints_in

register = template.Library()


@register.inclusion_tag("core/hints.html")
def hints(field: BoundField) -> dict[str, Any]:
    """For what stands in the field now: what was typed, or what it begins with."""
    words, language = str(field.value() or ""), getattr(field.form, "speaks", "")
    return {"hints": hints_in(words, language), "field": field.auto_id}


@register.inclusion_tag("core/hints.html")
def hints_about(words: str, language: str) -> dict[str, Any]:
    """For words that are only shown: nothing is pressed there."""
    return {"hints": hints_in(words, language), "field": ""}
