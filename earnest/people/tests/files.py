"""Files as people send them."""

from __future__ import annotations

import io

import openpyxl


def xlsx(*rows: list[object]) -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for cells in rows:
        sheet.append(cells)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def lines(*rows: str) -> bytes:
    return "\n".join(rows).encode()


CARD = (
    "BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Joan Okafor\r\nN:Okafor;Joan;;;\r\n"
    "ORG:Clinic;Care;Night\r\nTITLE:Nurse\r\nEMAIL;TYPE=home:home@example.org\r\n"
    "EMAIL;TYPE=work,pref:joan@example.org\r\nEND:VCARD\r\n"
)
