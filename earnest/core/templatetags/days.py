"""Days as people say them: the year only where it is not this one."""

from __future__ import annotations

from datetime import date

from django import template
from django.utils.formats import date_format
from django.utils.timezone import localdate

register = template.Library()


@register.filter(expects_localtime=True)  # a moment is shown by the reader's clock
def day(value: date | None, shape: str = "j M") -> str:
    """ "5 Dec", or "5 Dec 2027" in another year."""
    if value is None:
        return ""
    return date_format(value, shape if value.year == localdate().year else f"{shape} Y")
