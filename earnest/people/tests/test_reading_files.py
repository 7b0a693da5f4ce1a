"""CSV, Excel and vCard, told apart by what is inside; what is none of them is said so."""

from __future__ import annotations

import csv
import io
import os
import zipfile
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from earnest.people.imports.problems import Unreadable
from earnest.people.imports.sheets import DELIMITERS, guess_delimiter, open_sheet
from earnest.people.tests.files import CARD, lines, xlsx


def rows(data: bytes) -> list[tuple[int, list[str]]]:
    return list(open_sheet(data).rows)


@pytest.mark.parametrize("sign", list(DELIMITERS))
def test_any_delimiter_is_found(sign: str) -> None:
    data = lines(sign.join(["name", "mail"]), sign.join(["Ann", "a@x.org"]))
    assert rows(data) == [(1, ["name", "mail"]), (2, ["Ann", "a@x.org"])]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252"])
def test_any_encoding_is_read(encoding: str) -> None:
    assert rows("name;mail\nJosé Muñoz;j@x.org".encode(encoding))[1][1][0] == "José Muñoz"


def test_a_comma_inside_quotation_marks_parts_nothing() -> None:
    assert rows(b'name,job\n"Okafor, Joan",nurse')[1] == (2, ["Okafor, Joan", "nurse"])


def test_lines_keep_their_number_past_empty_lines_and_cells_of_several_lines() -> None:
    data = lines("name,goals", "", 'Ann,"one', 'two"', "Bo,none")
    assert [line for line, _cells in rows(data)] == [1, 3, 5]


def test_excel_says_its_delimiter_in_the_first_line() -> None:
    assert rows(b"sep=;\nname;mail\nAnn;a@x.org")[0] == (2, ["name", "mail"])


def test_a_sheet_is_read_with_its_own_line_numbers() -> None:
    data = xlsx([], ["name", "number"], [], ["Ann", 3.0], ["=1+1", True])
    assert rows(data)[:2] == [(2, ["name", "number"]), (4, ["Ann", "3"])]


def test_a_card_becomes_a_line() -> None:
    found = rows((CARD + CARD.replace("Joan", "José")).encode())
    assert found[1] == (1, ["Joan Okafor", "joan@example.org", "Nurse", "Care / Night", "", ""])
    assert found[2][0] == 10


def test_a_version_four_card_is_read() -> None:
    card = "BEGIN:VCARD\nVERSION:4.0\nFN:Ann Lee\nEMAIL;PREF=1:ann@x.org\nLANG:nl\nEND:VCARD\n"
    assert rows(card.encode())[1][1] == ["Ann Lee", "ann@x.org", "", "", "", "nl"]


def test_a_broken_card_leaves_the_others_whole() -> None:
    broken = "BEGIN:VCARD\nVERSION:3.0\nEMAIL\nnonsense\nEND:VCARD\n"
    assert rows((broken + CARD).encode())[2][1][0] == "Joan Okafor"


def bomb() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for part in range(5):
            archive.writestr(f"xl/worksheets/sheet{part}.xml", b"0" * 100_000_000)
    return out.getvalue()


def far_corner() -> bytes:
    """Two cells, as far apart as a sheet goes: seventeen thousand million between them."""
    book = io.BytesIO(xlsx(["name"], ["Ann"]))
    out = io.BytesIO()
    with zipfile.ZipFile(book) as old, zipfile.ZipFile(out, "w") as new:
        for member in old.infolist():
            new.writestr(member, old.read(member).replace(b'r="A2"', b'r="XFD1048576"'))
    return out.getvalue()


def with_password() -> bytes:
    data = bytearray(xlsx(["name"], ["Ann"]))
    at = 0
    while (at := data.find(b"PK\x01\x02", at)) >= 0:
        data[at + 8] |= 1
        at += 4
    return bytes(data)


@pytest.mark.parametrize(
    ("data", "word"),
    [
        (b"", "empty"),
        (b"  \n\n", "empty"),
        (b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 20, "not a table"),
        (os.urandom(5000).replace(b"PK", b"xx"), "not a table"),
        (b"\x00" * 3000, "not a table"),
        (b"\xff\xfe" + b"a", "not a table"),
        (b"\xd0\xcf\x11\xe0" + b"\x00" * 600, "password"),
        (b"PK\x03\x04 and no more", "damaged"),
        (xlsx(), "no sheet"),
        (xlsx(["name"], ["Ann"])[:-400], "damaged"),
        (with_password(), "password"),
        (bomb(), "unpacks"),
        (far_corner(), "unpacks"),
        (b"a" * 20_000_001, "20 MB"),
        (b"BEGIN:VCARD x", "no vCard"),
    ],
    ids=lambda value: value if isinstance(value, str) else None,
)
def test_what_cannot_be_read_is_said_in_a_sentence(data: bytes, word: str) -> None:
    with pytest.raises(Unreadable, match=word):
        rows(data)


def test_a_quotation_mark_never_closed_is_named_by_its_line() -> None:
    with pytest.raises(Unreadable, match="Line 2"):
        rows(b'name,job\nAnn,"' + b"x" * 200_000)


@given(st.lists(st.text(max_size=60), max_size=20))
def test_guessing_the_delimiter_never_fails(text: list[str]) -> None:
    sign = guess_delimiter(text)
    assert len(sign) == 1


@given(
    st.sampled_from(",;\t|"),
    st.lists(
        st.lists(st.from_regex(r"[A-Za-z ]{1,9}", fullmatch=True), min_size=3, max_size=3),
        min_size=2,
    ),
)
def test_the_delimiter_written_is_the_one_guessed(sign: str, cells: list[list[str]]) -> None:
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=sign).writerows(cells)
    assert guess_delimiter(out.getvalue().splitlines(keepends=True)) == sign


@given(st.binary(max_size=400))
def test_no_bytes_make_it_fail_but_with_a_sentence(data: bytes) -> None:
    with suppress(Unreadable):
        rows(data)
