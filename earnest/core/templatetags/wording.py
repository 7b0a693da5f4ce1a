"""Hints under a field whose words are sent (4.1)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import template
from django.forms import BoundField
from django.utils.translation import get_language

from earnest.core.wording import hints_in

register = template.Library()


@register.inclusion_tag("core/hints.html")
def hints(field: BoundField) -> dict[str, Any]:
    """For what stands in the field now: what was typed, or what it begins with."""
    words, language = str(field.value() or ""), getattr(field.form, "speaks", "")
    return {"hints": hints_in(words, language), "field": field.auto_id}


@register.inclusion_tag("core/read_as_hints.html")
def hints_about(words: str | Iterable[str], speaks: str) -> dict[str, Any]:
    """For words of ours that are only shown, in a mail that is still to be sent."""
    ours = [words] if isinstance(words, str) else words
    language = speaks or get_language() or ""
    return {"hints": [one for text in ours for one in hints_in(text, language)]}
