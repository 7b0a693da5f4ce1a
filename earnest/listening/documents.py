"""The text of an uploaded file: plain text, Markdown, Word (.docx) or mail (.eml)."""

from __future__ import annotations

import email
import email.policy
import html
import io
import re
import zipfile
from datetime import datetime
from email.message import EmailMessage
from email.utils import parseaddr

from django.utils.html import strip_tags

MOST_BYTES = 5_000_000
MOST_UNPACKED = 50_000_000
MOST_CHARACTERS = 200_000
KINDS = (".txt", ".md", ".markdown", ".text", ".docx", ".eml")


class Unreadable(Exception):
    """The file cannot be read as notes; the message says why, for a person."""


def text_of(name: str, data: bytes) -> str:
    """Return the text of a file, by the ending of its name. Raises Unreadable."""
    ending = f".{name.lower().rpartition('.')[2]}"
    if ending not in KINDS:
        raise Unreadable("kind")
    if len(data) > MOST_BYTES:
        raise Unreadable("large")
    reader = {".docx": _docx, ".eml": _mail}.get(ending, _plain)
    text = reader(data).replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "").strip()
    if not text:
        raise Unreadable("empty")
    if len(text) > MOST_CHARACTERS:
        raise Unreadable("long")
    return text


def sent_at(name: str, data: bytes) -> datetime | None:
    """When a mail was sent: the day its "on Tuesday" counts from. None for other files."""
    if not name.lower().endswith(".eml"):
        return None
    try:
        sent = email.message_from_bytes(data, _class=EmailMessage, policy=email.policy.default)[
            "date"
        ]
        at = sent.datetime if sent else None
    except (ValueError, TypeError, AttributeError, OverflowError):
        return None
    return at if at and at.tzinfo else None


def written_by(name: str, data: bytes) -> tuple[str, str]:
    """Whose "I" it is: name and address of a mail's sender. Empty for other files."""
    if not name.lower().endswith(".eml"):
        return "", ""
    try:
        mail = email.message_from_bytes(data, _class=EmailMessage, policy=email.policy.default)
        sender, address = parseaddr(str(mail["from"] or ""))
    except (ValueError, TypeError, AttributeError, IndexError):
        return "", ""
    return " ".join(sender.split())[:120], address.lower()[:254]


def _plain(data: bytes) -> str:
    encodings = ("utf-16",) if data[:2] in {b"\xff\xfe", b"\xfe\xff"} else ("utf-8-sig", "cp1252")
    if b"\x00" in data and encodings[0] != "utf-16":
        raise Unreadable("binary")
    for encoding in encodings:
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise Unreadable("binary")


def _docx(data: bytes) -> str:
    import docx  # noqa: PLC0415 - a quarter of a second that no start need pay
    from docx.opc.exceptions import PackageNotFoundError  # noqa: PLC0415

    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            if sum(entry.file_size for entry in archive.infolist()) > MOST_UNPACKED:
                raise Unreadable("large")
        document = docx.Document(io.BytesIO(data))
    except (zipfile.BadZipFile, PackageNotFoundError, KeyError, ValueError, SyntaxError) as error:
        raise Unreadable("broken") from error
    lines = [paragraph.text for paragraph in document.paragraphs]
    for table in document.tables:
        lines += [" · ".join(cell.text for cell in row.cells) for row in table.rows]
    return "\n".join(lines)


def _mail(data: bytes) -> str:
    message = email.message_from_bytes(data, _class=EmailMessage, policy=email.policy.default)
    body = message.get_body(preferencelist=("plain", "html"))
    if body is None:
        raise Unreadable("empty")
    try:
        content = str(body.get_content())
    except (LookupError, UnicodeDecodeError, KeyError) as error:
        raise Unreadable("broken") from error
    return _untagged(content) if body.get_content_subtype() == "html" else content


def _untagged(markup: str) -> str:
    """The words of a mail that has only HTML."""
    lines = re.sub(r"(?i)<(?:br|/p|/div|/li|/tr)\b", "\n<br", markup)
    return html.unescape(strip_tags(lines))


def calendar_in(name: str, data: bytes) -> str:
    """The calendar file that this file is, or that the mail in it carries; empty for none."""
    ending = f".{name.lower().rpartition('.')[2]}"
    if ending == ".ics":
        return data.decode("utf-8", errors="replace")
    if ending != ".eml":
        return ""
    mail = email.message_from_bytes(data, _class=EmailMessage, policy=email.policy.default)
    for part in mail.walk():
        if part.get_content_type() in {"text/calendar", "application/ics"}:
            content = part.get_payload(decode=True)
            return content.decode("utf-8", errors="replace") if isinstance(content, bytes) else ""
    return ""
