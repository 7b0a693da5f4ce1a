r"""What counts as a word, the same on both databases: case, accents, marks, scripts without spaces.

Accents of Latin letters are left out (café is cafe), ß is ss; other letters stay as they are
(й is not и, ώ is not ω). Han and kana have no spaces: each letter is a word, and several typed
together are found where they stand together. Arabic is found with or without its short vowels.
Everything that is neither letter nor figure stands between words: punctuation, signs, emoji.

The classes below are read by Python and by PostgreSQL alike, hence ``\u`` and no ``\w``.
"""

from __future__ import annotations

import re
import unicodedata

# The mark before words of ours (whose it is): a letter of private use, which nobody can type in.
OURS = "\ue000"
LONGEST = 20_000  # letters of one text that are indexed

UNSPACED = r"\u3040-\u30fa\u30fc-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
LEFT_OUT = r"\u0640\u064b-\u0652\u0670"
BETWEEN = (
    r"\u0001-\u002f\u003a-\u0040\u005b-\u0060\u007b-\u00a9\u00ab-\u00b1\u00b4\u00b6-\u00b8"
    r"\u00bb\u00bf\u00d7\u00f7\u0387\u055a-\u055f\u0589\u05be\u05c0\u05c3\u05f3\u05f4"
    r"\u060c\u061b\u061f\u066a-\u066d\u06d4\u0964\u0965\u0e3f\u0e5a\u0e5b\u2000-\u206f"
    r"\u20a0-\u20cf\u2190-\u245f\u2500-\u2bff\u2e00-\u2e7f\u3000-\u3004\u3008-\u3020\u3030"
    r"\u30fb\ue000-\uf8ff\ufe00-\ufe1f\ufe30-\ufe6f\uff01-\uff0f\uff1a-\uff20\uff3b-\uff40"
    r"\uff5b-\uff65\ufff0-\uffff\U0001f000-\U0001faff\U000e0000-\U000e0fff"
)
_ACCENTS = re.compile(r"([A-Za-z])[\u0300-\u036f]+")
_LEFT_OUT = re.compile(f"[{LEFT_OUT}]+")
_UNSPACED = re.compile(f"([{UNSPACED}])")
_BETWEEN = re.compile(f"[{BETWEEN}]+")
_WORD = re.compile(f"[^{BETWEEN}]+")


def folded(text: str) -> str:
    """As it stands in the index: small letters without accents."""
    if text.isascii():
        return text.lower().replace("\0", " ")
    sound = text.encode("utf-8", "replace").decode().replace("\0", " ")
    whole = unicodedata.normalize("NFD", sound)
    plain = unicodedata.normalize("NFC", _ACCENTS.sub(r"\1", whole))
    small = plain.replace("ẞ", "ss").lower().replace("ß", "ss").replace("ς", "σ")
    return _LEFT_OUT.sub("", small)


def words_in(text: str) -> list[str]:
    """The words of a text, folded; each letter of a script without spaces by itself."""
    return _BETWEEN.sub(" ", _UNSPACED.sub(r" \1 ", folded(text))).split()


def as_one(word: str) -> str:
    """A stretch of letters and figures, folded."""
    plain = word.isascii() and word.isalnum()
    return word.lower() if plain else "".join(words_in(word))


def stretches(text: str) -> list[tuple[str, bool]]:
    """The text in pieces, as it was written: words, and (False) what stands between them."""
    pieces, end = [], 0
    for found in _WORD.finditer(text):
        pieces += [(text[end : found.start()], False)] if found.start() > end else []
        word, end = found.group(), found.end()
        pieces += [(one, True) for one in _split(word)]
    return [*pieces, (text[end:], False)] if end < len(text) else pieces


def _split(word: str) -> list[str]:
    """Each letter of a script without spaces by itself."""
    if word.isascii():
        return [word]
    return [one for one in _UNSPACED.split(word) if one and not one.isspace()]
