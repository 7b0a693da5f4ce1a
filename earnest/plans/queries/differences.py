"""What is different between two texts, told in words: “a year” is now “six weeks”. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import SequenceMatcher

from django.utils.text import Truncator
from django.utils.translation import gettext as _

MOST = 3  # differences told one by one
ALIKE = 0.5  # less than that in common: it was written anew
APART = 2  # fewer words the same between two differences make them one
FEW = 12  # so few words are told whole, however little they have in common
LONGEST = 80


def told(old: str, new: str) -> str:
    """What became of the words, in one sentence; empty where nothing did."""
    was, now = old.split(), new.split()
    if was == now:
        return ""
    if not was or not now:
        return _("“%s” is new") % _short(now) if now else _("it is left out now")
    found = list(_differences(was, now))
    alike = SequenceMatcher(None, was, now, autojunk=False).ratio() >= ALIKE
    if len(found) > MOST or not (alike or max(len(was), len(now)) <= FEW):
        return _("written anew")
    return "; ".join(_one(a, b) for a, b in found)


def _differences(was: list[str], now: list[str]) -> Iterator[tuple[list[str], list[str]]]:
    """Runs of words that are not the same; those close to each other are one."""
    codes = SequenceMatcher(None, was, now, autojunk=False).get_opcodes()
    run: tuple[int, int, int, int] | None = None
    for name, a1, a2, b1, b2 in codes:
        if name != "equal":
            run = (run[0], a2, run[2], b2) if run else (a1, a2, b1, b2)
        elif run and a2 - a1 >= APART:
            yield was[run[0] : run[1]], now[run[2] : run[3]]
            run = None
    if run:
        yield was[run[0] : run[1]], now[run[2] : run[3]]


def _one(was: list[str], now: list[str]) -> str:
    if not was:
        return _("“%s” is new") % _short(now)
    if not now:
        return _("“%s” is gone") % _short(was)
    return _("“%(was)s” is now “%(now)s”") % {"was": _short(was), "now": _short(now)}


def _short(words: list[str]) -> str:
    return Truncator(" ".join(words).rstrip(".,;:")).chars(LONGEST)
