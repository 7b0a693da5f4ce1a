"""A mail from its templates, for whichever context writes it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from django.template.loader import render_to_string


class Rendered(NamedTuple):
    """What a mail says: its subject on one line, and both forms."""

    subject: str
    text: str
    html: str


def rendered(place: str, values: Mapping[str, Any]) -> Rendered:
    """`place` is "<context>/emails/<message>": its .subject, .txt and .html, in the language and the
    time zone that are on; both forms may say the subject. No such template: TemplateDoesNotExist."""
    subject, text = plain(place, values)
    html = render_to_string(f"{place}.html", {**values, "subject": subject})
    return Rendered(subject, text, html.strip())


def plain(place: str, values: Mapping[str, Any]) -> tuple[str, str]:
    """Subject and text alone, of a mail that has no second form."""
    subject = " ".join(render_to_string(f"{place}.subject", {**values}).split())
    return subject, render_to_string(f"{place}.txt", {**values, "subject": subject}).strip()
