"""The same data to read, and as one file to take along: for people and for programs."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.template.loader import render_to_string
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from earnest.pages.everything.words import LABELS


@dataclass(frozen=True, slots=True)
class Node:
    """One thing to read: its label, and what it says or holds."""

    label: str
    text: str = ""
    parts: list[Node] = field(default_factory=list)


def readable(data: Mapping[str, Any]) -> list[Node]:
    """The same, to read: empty things left out."""
    return [node for key, value in data.items() if (node := _node(_label(key), value))]


def _node(label: str, value: object) -> Node | None:
    if isinstance(value, Mapping):
        parts = readable(value)
        return Node(label, parts=parts) if parts else None
    if isinstance(value, list):
        rows = [_node("", one) for one in value]
        parts = [row for row in rows if row]
        return Node(label, parts=parts) if parts else None
    text = _text(value)
    return Node(label, text) if text else None


def _text(value: object) -> str:
    if isinstance(value, bool):
        return _("yes") if value else ""
    if isinstance(value, datetime):
        return date_format(localtime(value), "j M Y, H:i")
    if isinstance(value, date):
        return date_format(value, "j M Y")
    return "" if value is None else str(value)


def _label(key: str) -> str:
    return str(LABELS[key])


def as_zip(data: Mapping[str, Any]) -> bytes:
    """One file to take along: for people as a page, for programs as JSON."""
    packed = io.BytesIO()
    page = render_to_string("pages/everything_file.html", {"nodes": readable(data)})
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("everything.html", page)
        archive.writestr(
            "everything.json", json.dumps(data, default=_plain, indent=2, ensure_ascii=False)
        )
    return packed.getvalue()


def _plain(value: object) -> str:
    return value.isoformat() if isinstance(value, date) else str(value)
