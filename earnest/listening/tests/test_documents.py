"""Notes come in as text, Markdown, Word or mail; what cannot be read is said in a sentence."""

from __future__ import annotations

import io
import zipfile
from contextlib import suppress
from email.message import EmailMessage

import docx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from earnest.listening.documents import KINDS, MOST_BYTES, Unreadable, sent_at, text_of
from earnest.listening.forms import UNREADABLE

WORDS = "Joan: “Fridays are hard.” I'll send her the draft by Tuesday."


def word_file(*lines: str) -> bytes:
    document = docx.Document()
    for line in lines:
        document.add_paragraph(line)
    table = document.add_table(1, 2)
    table.cell(0, 0).text, table.cell(0, 1).text = "who", "Joan"
    document.save(out := io.BytesIO())
    return out.getvalue()


def mail_file(*, html: bool) -> bytes:
    message = EmailMessage()
    message["Subject"] = "Friday"
    message.set_content(WORDS, cte="base64")
    if html:
        message.set_content(f"<p>{WORDS}</p><style>p {{}}</style><p>Bye &amp; thanks</p>", "html")
    return message.as_bytes()


@pytest.mark.parametrize("name", ["notes.txt", "Notes.MD", "notes.markdown"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_text_is_read_in_its_encoding(name: str, encoding: str) -> None:
    assert text_of(name, WORDS.encode(encoding)) == WORDS


def test_word_files_give_their_paragraphs_and_tables() -> None:
    assert text_of("n.docx", word_file("One", "Two")).split("\n") == ["One", "Two", "who · Joan"]


@pytest.mark.parametrize("html", [True, False])
def test_mail_gives_its_body_without_headers(html: bool) -> None:
    text = text_of("n.eml", mail_file(html=html))
    assert WORDS in text
    assert "Subject" not in text
    assert "<" not in text


def test_a_mail_brings_the_day_it_was_sent() -> None:
    message = EmailMessage()
    message["Date"] = "Fri, 13 Nov 2026 23:30:00 +0100"
    message.set_content(WORDS)
    sent = sent_at("n.eml", message.as_bytes())
    assert sent is not None
    assert sent.isoformat() == "2026-11-13T23:30:00+01:00"
    assert sent_at("n.txt", message.as_bytes()) is None


@pytest.mark.parametrize("date", ["", "yesterday", "Fri, 99 Nov 2026 23:30:00", "0"])
def test_a_mail_with_a_senseless_date_has_none(date: str) -> None:
    assert sent_at("n.eml", f"Date: {date}\n\nHello".encode()) is None


def bomb() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b"0" * 60_000_000)
    return out.getvalue()


@pytest.mark.parametrize(
    ("name", "data", "why"),
    [
        ("n.pdf", b"%PDF", "kind"),
        ("notes", b"x", "kind"),
        ("n.txt", b"   \n", "empty"),
        ("n.txt", b"\x00\x01\x02\x00", "binary"),
        ("n.txt", b"a" * (MOST_BYTES + 1), "large"),
        ("n.txt", b"a" * 200_001, "long"),
        ("n.docx", b"no zip at all", "broken"),
        ("n.docx", b"PK\x03\x04 cut off", "broken"),
        ("n.eml", b"", "empty"),
    ],
)
def test_what_cannot_be_read_is_said(name: str, data: bytes, why: str) -> None:
    with pytest.raises(Unreadable, match=why):
        text_of(name, data)
    assert why in UNREADABLE


def test_a_word_file_with_broken_xml_is_said_to_be_damaged() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(word_file("One"))) as good, zipfile.ZipFile(out, "w") as bad:
        for entry in good.infolist():
            data = good.read(entry)
            bad.writestr(entry, data[:200] if entry.filename == "word/document.xml" else data)
    with pytest.raises(Unreadable, match="broken"):
        text_of("n.docx", out.getvalue())


def test_a_file_that_unpacks_without_end_is_refused() -> None:
    with pytest.raises(Unreadable, match="large"):
        text_of("n.docx", bomb())


@given(st.sampled_from(KINDS), st.binary(max_size=300))
def test_no_file_ever_breaks_the_page(ending: str, data: bytes) -> None:
    with suppress(Unreadable):  # anything else that is raised breaks the page
        text_of(f"n{ending}", data)
