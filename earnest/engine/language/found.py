"""What was found in a note: the result of reading it."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Literal

Direction = Literal["ours", "theirs"]


class Kind(StrEnum):
    """The eight marks of a note; two of them are promises, told apart by direction."""

    QUOTE = "quote"
    NEED = "need"
    PROMISE = "promise"
    QUESTION = "question"
    IDEA = "idea"
    REFERRAL = "referral"
    SEEN = "seen"


@dataclass(frozen=True, slots=True)
class Found:
    """One thing offered from a note; `text[start:end]` is the source it points into.

    `words` is what is proposed: a quote verbatim, a promise as one plain phrase without
    its date and condition. `speaker` and `whom` are names as written in the text.
    """

    kind: Kind
    start: int
    end: int
    words: str
    speaker: str | None = None
    direction: Direction | None = None
    whom: str | None = None
    due: date | None = None
    condition: str | None = None
    standing: bool = False
    due_words: str | None = None
    marked: bool = False
    sensitive: tuple[str, ...] = ()
