"""Whether a line about oneself names somebody: what is about a person belongs on their page."""

from __future__ import annotations

import re
from collections.abc import Iterable

from django.db.models import Q

from earnest.accounts.models import User
from earnest.initiatives import access as initiatives
from earnest.initiatives.models import Participation, Role
from earnest.listening.naming import ADDRESSED, Names, folded, parts_of

SHORT = 3  # "An" and "So" are names and words: only with a capital, inside a sentence
_WORDS = re.compile(r"[\w'’.@+-]+")


def names_somebody(words: str, *, user: User) -> bool:
    """True where somebody on any initiative this user leads is named. Two queries."""
    there = _bare(words)
    own = _bare(user.name)
    return any(_is_named(words, name, email, there=there, own=own) for name, email in _called(user))


def _called(user: User) -> Iterable[tuple[str, str]]:
    """Names and addresses of all who are asked there, and of who leads or supports it."""
    led = initiatives.initiatives_led_by(user)
    people = Participation.objects.present().filter(initiative__in=led)
    others = people.filter(Q(person__user=None) | ~Q(person__user=user))
    yield from others.order_by().values_list("person__name", "person__email").distinct()
    beside = Role.objects.filter(initiative__in=led)
    yield from beside.exclude(user=user).values_list("user__name", "user__email").distinct()


def _bare(text: str) -> set[str]:
    return {word.strip(".'’-") for word in _WORDS.findall(folded(text))} - {""}


def _is_named(words: str, name: str, email: str, *, there: set[str], own: set[str]) -> bool:
    """First by the words alone, which is quick; then as naming has it."""
    if email and folded(email) in folded(words):
        return True
    parts = [
        part
        for part in parts_of(name)
        if folded(part) in there and folded(part) not in own | ADDRESSED
    ]
    if not parts:
        return False
    long = [part for part in parts if len(part) > SHORT]
    written = Names(whole=(), parts=tuple(long)).pattern
    bare = Names(whole=(), parts=tuple(folded(part) for part in long)).pattern
    short = (part for part in parts if len(part) <= SHORT)
    return bool(
        (long and (written.search(words) or bare.search(folded(words))))
        or any(_inside(part, words) for part in short)
    )


def _inside(part: str, words: str) -> bool:
    return re.search(rf"(?<=[a-z,;] ){re.escape(part)}(?!\w)", words) is not None
