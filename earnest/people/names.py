"""Reads names as people paste them: from a mail, a list, a sheet.

A file of its own: it is pure text work, used by forms and by the import alike.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

LONGEST_NAME = 120
LONGEST_ADDRESS = 254
MOST_LINES = 5000
PARTICLES = frozenset(
    "van von de del della den der di da du la le ter bin ibn al el".split(" ")  # noqa: SIM905
)

_BULLET = re.compile(r"^\s*(?:[-*•‣◦–—·+>]+|\(?\d{1,4}[.):]|\(?[a-zA-Z][.)](?=\s)|\[[ xX]?\])\s*")
_ADDRESS = re.compile(r"[<(\[]?\s*(?:mailto:)?([^\s<>()\[\],;\"']+@[^\s<>()\[\],;\"']*)\s*[>)\]]?")
_UNSEEN = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\u200b\u2028\u2029\ufeff\u202a-\u202e\u2066-\u2069]")
_QUOTED = re.compile(r"[\"“”„]([^\"“”„]*)[\"“”„]")
# Bounded, so that no paste makes the patterns above walk the same long stretch again and again.
_SPACES = re.compile(r"[ \xa0]{2,}")
_LONG_WORD = re.compile(r"[^\s<>()\[\],;]{1001}")
_COMMA = "\uf8ff"  # stands for a comma inside quotation marks, which separates nobody


@dataclass(frozen=True, slots=True)
class Line:
    """One person found, or the reason why what stands there is none."""

    line: int
    name: str
    email: str = ""
    problem: str = ""


def parse_pasted(text: str) -> list[Line]:
    """Everyone named in the text, each once, in order; what cannot be read is named by line.

    Takes "Joan Okafor", "Joan Okafor <joan@example.org>", "joan@example.org", "Okafor, Joan";
    one a line, or separated by commas, semicolons or tabs; bullets and numbers are dropped.
    """
    found: list[Line] = []
    lines = [_SPACES.sub(" ", line) for line in text.splitlines()]
    last_first = _all_last_first([line for line in lines if not _LONG_WORD.search(line)])
    for number, line in enumerate(lines[:MOST_LINES], start=1):
        if _LONG_WORD.search(line):
            found.append(Line(number, line[:LONGEST_NAME], problem=_no_names(line)))
            continue
        found += [
            _read(number, part)
            for part in _parts(line, last_first=last_first)
            if re.search(r"[^\W_]", part)
        ]
    if len(lines) > MOST_LINES:
        found.append(Line(MOST_LINES + 1, "", problem=_too_many()))
    return _folded(found)


def clean_name(text: str) -> str:
    """The name without marks one cannot see, and with single spaces."""
    return " ".join(_UNSEEN.sub(" ", text).split())


def clean_address(text: str) -> str:
    """The address as it is stored and compared: without spaces around it, in lower case."""
    return text.strip().removeprefix("mailto:").lower()


def problem_with_address(email: str) -> str:
    """Why this cannot be an e-mail address; empty when it can."""
    try:
        validate_email(email)
    except ValidationError:
        return _("“%(email)s” is not an e-mail address.") % {"email": _short(email)}
    if len(email) > LONGEST_ADDRESS:
        return _("This e-mail address is too long: %(most)s characters at most.") % {
            "most": LONGEST_ADDRESS
        }
    return ""


def problem_with_name(name: str) -> str:
    """Why this cannot be a name; empty when it can."""
    if len(name) > LONGEST_NAME:
        return _("This name is too long: %(most)s characters at most.") % {"most": LONGEST_NAME}
    if name.startswith("="):
        return _("“%(name)s” looks like a formula, not a name.") % {"name": _short(name)}
    if "@" in name:
        return _("“%(name)s” is not an e-mail address.") % {"name": _short(name)}
    if name and name.isascii() and not any(sign.isalpha() for sign in name):
        return _("“%(name)s” does not look like a name.") % {"name": _short(name)}
    return ""


def name_from_address(email: str) -> str:
    """A first guess at a name: "joan.okafor@example.org" is probably Joan Okafor."""
    words = re.split(r"[._\-+]+", email.partition("@")[0])
    return " ".join(word.capitalize() for word in words if word)[:LONGEST_NAME] or email


def _no_names(line: str) -> str:
    return _("“%(text)s” is too long for a name or an address.") % {"text": _short(line)}


def _too_many() -> str:
    return _("Only the first %(most)s lines are read here: import a file for more.") % {
        "most": MOST_LINES
    }


def _short(text: str) -> str:
    return text if len(text) <= 60 else f"{text[:60]}…"


def _all_last_first(lines: list[str]) -> bool:
    """Several lines with one comma each, few words on either side: "Okafor, Joan" throughout."""
    bare = [_ADDRESS.sub("", _BULLET.sub("", line)).strip(" ,\t") for line in lines if line.strip()]
    halves = [line.split(",") for line in bare]
    return len(halves) > 1 and all(
        len(half) == 2 and all(0 < len(side.split()) <= 3 for side in half) for half in halves
    )


def _parts(line: str, *, last_first: bool) -> Iterator[str]:
    """The pieces of a line that each name one person."""
    line = _QUOTED.sub(
        lambda quoted: quoted[1].replace(",", _COMMA), _BULLET.sub("", line, count=1)
    )
    pieces = line.split(";") if ";" in line else [line]
    for piece in pieces:
        if last_first or len(pieces) > 1:
            yield from _kept_whole(piece)
        else:
            yield from _by_commas(piece)


def _kept_whole(piece: str) -> Iterator[str]:
    """One person, written "last, first" where there is one comma."""
    address = _ADDRESS.search(piece)
    name = _ADDRESS.sub(" ", piece, count=1) if address else piece
    halves = [half.strip() for half in name.split(",") if half.strip()]
    if len(halves) > 2:
        yield from _by_commas(piece)
        return
    whole = f"{halves[1]} {halves[0]}" if len(halves) == 2 else " ".join(halves)
    yield f"{whole} <{address[1]}>" if address else whole


def _cells(piece: str) -> str:
    """A row copied from a sheet: "Ali⇥Hassan⇥ali@example.org" is one person."""
    cells = [cell.strip() for cell in piece.split("\t") if cell.strip()]
    addresses = [cell for cell in cells if _ADDRESS.fullmatch(cell)]
    if "\t" not in piece or "," in piece or len(addresses) != 1 or len(cells) > 4:
        return piece
    return f"{' '.join(cell for cell in cells if cell not in addresses)} <{addresses[0]}>"


def _by_commas(piece: str) -> Iterator[str]:
    """Several people separated by commas or tabs; an address belongs to the name before it."""
    words = [word.strip() for word in re.split(r"[,\t]", _after_addresses(_cells(piece)))]
    words = [word for word in words if word]
    if len(words) == 2 and _is_last_first(*words):
        yield from _kept_whole(piece)
        return
    name = ""
    for word in words:
        alone = _ADDRESS.fullmatch(word)
        if alone and name and "@" not in name:
            yield f"{name} <{alone[1]}>"
            name = ""
            continue
        if name:
            yield name
        name = word
    if name:
        yield name


def _after_addresses(piece: str) -> str:
    """Puts a comma where one address ends and the next name begins."""
    piece = re.sub(r"(@[^\s<>,;]*>)\s+(?=\S)", r"\1, ", piece)
    return re.sub(r"(@[^\s<>,;]+)\s+(?=[^\s<>,;]+@)", r"\1, ", piece)


def _is_last_first(left: str, right: str) -> bool:
    if "@" in left or _ADDRESS.fullmatch(right):
        return False
    first = _ADDRESS.sub("", right).split()
    last = left.split()
    compound = len(last) > 1 and last[0].lower() in PARTICLES
    return len(first) in {1, 2} and (compound or (len(last) == 1 and len(first) == 1))


def _read(number: int, part: str) -> Line:
    part = clean_name(part.replace(_COMMA, ",").replace("\xa0", " "))
    address = _ADDRESS.search(part)
    email = clean_address(address[1].rstrip(".>")) if address else ""
    name = _ADDRESS.sub(" ", part, count=1) if address else part
    name = _unquoted(_BULLET.sub("", name, count=1))
    if email:
        problem = problem_with_address(email) or problem_with_name(name)
        name = name or name_from_address(email)
        return Line(number, name[:LONGEST_NAME], email[:LONGEST_ADDRESS], problem)
    problem = problem_with_name(name) or ("" if name else _nobody(part))
    return Line(number, (name or part)[:LONGEST_NAME], problem=problem)


def _unquoted(name: str) -> str:
    name = " ".join(name.replace("<", " ").replace(">", " ").split()).strip(" \"“”'(),;:")
    last, comma, first = name.partition(", ")
    return f"{first} {last}" if comma and "," not in first else name


def _nobody(part: str) -> str:
    return _("“%(text)s” names nobody.") % {"text": _short(part)}


def _folded(found: list[Line]) -> list[Line]:
    """Each person once: the same address, or the same name where exactly one has an address."""
    addressed = Counter({line.email: line.name.casefold() for line in found if line.email}.values())
    kept: dict[str, Line] = {}
    for position, line in enumerate(found):
        name = line.name.casefold()
        if line.problem:
            kept[f"{position}"] = line
        elif line.email or addressed[name] != 1:
            kept.setdefault(line.email or f" {name}", line)
    return list(kept.values())
