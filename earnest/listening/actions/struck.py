"""Words mended or struck after a talk, in what another window still sends of it (privacy.md 4).

What is kept of them is a keyed hash of each sentence: no word of theirs, and enough to know it by.
"""

from __future__ import annotations

import hmac
import re
from collections.abc import Iterable, Iterator
from datetime import datetime

from django.utils.crypto import salted_hmac

from earnest.engine.language.repeats import UNSPACED, is_enough
from earnest.listening import naming
from earnest.listening.models import TakenBack, Talk
from earnest.listening.naming import Span

SALT = "earnest.listening.taken_back"
WORD = re.compile(rf"[{UNSPACED}]|[^\W{UNSPACED}]+(?:['’]\w+)*")
PART = re.compile(r"[^\n.!?]+[.!?]*")
MARKERS = (naming.MENDED, naming.STRUCK, naming.ERASED, "·")
OPENS, CLOSES = '“"„:', '”".!?'


def remember(conversation: int, texts: Iterable[str], *, struck: bool, at: datetime) -> None:
    """Know these words again, whole and sentence by sentence; only a talk written here can send more."""
    talk = Talk.objects.filter(conversation=conversation).first()
    if talk is None:
        return
    rows = {}
    for text in {part for whole in texts for part in _parts(whole)}:
        row = _row(talk, text, struck=struck)
        if row:
            row.at = at
            rows[row.digest, row.before, row.after] = row
    TakenBack.objects.bulk_create(rows.values())


def blanked(talk: Talk, text: str) -> str:
    """What comes late, with the words gone that were taken back: as the notes have it."""
    known: dict[int, dict[bytes, list[TakenBack]]] = {}
    for row in talk.taken_back.order_by("pk"):
        known.setdefault(row.words, {}).setdefault(bytes(row.digest), []).append(row)
    found = list(_found(talk, text, known)) if known else []
    for marker, struck in ((naming.MENDED, False), (naming.STRUCK, True)):
        text = naming.blanked(text, [span for span, was in found if was == struck], marker)
    return text


def _parts(whole: str) -> Iterator[str]:
    """The words, and each of their sentences and lines; what is blank already says nothing."""
    for part in (whole, *whole.split("\n"), *PART.findall(whole)):
        if not part.strip().startswith(MARKERS):
            yield part.strip()


def _row(talk: Talk, text: str, *, struck: bool) -> TakenBack | None:
    words = list(WORD.finditer(text))
    if not words:
        return None
    return TakenBack(
        talk=talk,
        digest=_digest(_key(talk), [naming.folded(word[0]) for word in words]),
        words=len(words),
        before=words[0].start(),
        after=len(text) - words[-1].end(),
        struck=struck,
    )


def _found(
    talk: Talk, text: str, known: dict[int, dict[bytes, list[TakenBack]]]
) -> Iterator[tuple[Span, bool]]:
    """Every place of the text that holds words taken back, and whether they were struck."""
    key, places = _key(talk), list(WORD.finditer(text))
    folded = [naming.folded(place[0]) for place in places]
    for many, digests in known.items():
        for first in range(len(places) - many + 1):
            rows = digests.get(_digest(key, folded[first : first + many]), ())
            here = places[first].start(), places[first + many - 1].end()
            if rows and (is_enough(text[slice(*here)]) or _stands_alone(text, here)):
                yield from ((_with_signs(text, here, row), row.struck) for row in rows)


def _with_signs(text: str, here: Span, row: TakenBack) -> Span:
    """With the signs around it that were taken with it, as far as they stand there too."""
    start, end = here
    before, after = text[max(0, start - row.before) : start], text[end : end + row.after]
    signs = not WORD.search(before + " " + after)
    return (start - len(before), end + len(after)) if signs else here


def _stands_alone(text: str, here: Span) -> bool:
    line = text.rfind("\n", 0, here[0]) + 1
    before = text[line : here[0]].strip()
    after = text[here[1] :].split("\n", 1)[0].strip()
    return (not before or before[-1] in OPENS) and (not after or after[0] in CLOSES)


def _key(talk: Talk) -> bytes:
    return salted_hmac(SALT, str(talk.pk), algorithm="sha256").digest()


def _digest(key: bytes, words: list[str]) -> bytes:
    return hmac.digest(key, " ".join(words).encode(), "sha256")
