"""An idea as it reads for one reader: whose it is as far as they may know, and what it grew from.

Beside the lists that use it: every page of ideas shows them by this one read, so none can show more
than another.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import F, Q, QuerySet
from django.utils.translation import gettext as _

from earnest.ideas.models import BuildsOn, Idea, Support, Voice


@dataclass(slots=True)
class Shown:
    """One idea for one reader."""

    idea: Idea
    words: str
    author: str  # a name; empty where nobody may know
    is_yours: bool = False
    supported: bool = False
    changed_since: bool = False  # since they said that they are for it
    grew_from: list[Shown] = field(default_factory=list)
    merged: list[Shown] = field(default_factory=list)  # it stands as one with these

    @property
    def pk(self) -> int:
        return self.idea.pk

    @property
    def supporters(self) -> int:
        """Of it and of what stands with it: who is for both may be counted twice, and is rare."""
        return self.idea.supporters + sum(one.idea.supporters for one in self.merged)

    @property
    def authors(self) -> list[str]:
        """Whoever gave it, and whoever gave what stands with it: each once."""
        return list(dict.fromkeys(one.author for one in (self, *self.merged) if one.author))

    @property
    def may_support(self) -> bool:
        return not self.is_yours and not self.idea.is_gone


@dataclass(frozen=True, slots=True)
class Reader:
    """Who reads: a voice of the space, where they said something there; or one who leads."""

    voice: Voice | None = None
    leads: bool = False

    @property
    def voice_pk(self) -> int:
        return self.voice.pk if self.voice else 0


# Brought by a lead from what somebody said elsewhere, and not passed on by them (any more).
KEPT_BACK = Q(voice=None, of_lead=False, passed_on=Idea.PassedOn.LEADS_ONLY)
# The same beside rows that point to an idea.
KEPT_BACK_OF = Q(idea__voice=None, idea__of_lead=False, idea__passed_on=Idea.PassedOn.LEADS_ONLY)

WHOLE = ("participation__person", "by", "space")


def readable(rows: QuerySet[Idea], reader: Reader) -> QuerySet[Idea]:
    """What this reader may see at all; the leads see everything that was said."""
    return (
        rows.select_related(*WHOLE)
        if reader.leads
        else rows.exclude(KEPT_BACK).select_related(*WHOLE)
    )


def author_of(idea: Idea, reader: Reader) -> str:
    """With names, the name; of what a lead brought, as its person allows; else nobody's."""
    if idea.is_gone:
        return ""
    if idea.of_lead:
        return str(idea.by) if idea.by else _("somebody who led this")
    who = idea.participation
    if who is None or who.person.erased_at:
        return ""
    if idea.voice_id or reader.leads or idea.passed_on == Idea.PassedOn.NAMED:
        return who.person.name
    return _("a colleague")


def shown(ideas: Iterable[Idea], reader: Reader) -> list[Shown]:
    """These, each with what it grew from and what stands with it; three queries, however many."""
    rows = list(ideas)
    found = {one.pk: alone(one, reader) for one in rows}
    _note_support(found, reader)
    _note_merged(found, reader)
    _note_lineage(found, reader)
    return list(found.values())


def alone(idea: Idea, reader: Reader) -> Shown:
    """With nothing around it."""
    yours = bool(reader.voice) and idea.voice_id == reader.voice_pk
    if idea.is_gone:
        return Shown(idea, "", "", is_yours=yours)
    if not reader.leads and idea.is_kept_back:
        return Shown(idea, "", "")
    return Shown(idea, idea.words, author_of(idea, reader), is_yours=yours)


def _note_support(found: dict[int, Shown], reader: Reader) -> None:
    if reader.voice is None:
        return
    mine = Support.objects.filter(voice=reader.voice, idea__in=found)
    for idea_pk, revision in mine.values_list("idea_id", "revision"):
        one = found[idea_pk]
        one.supported, one.changed_since = True, revision < one.idea.revision


def _note_merged(found: dict[int, Shown], reader: Reader) -> None:
    rows = readable(Idea.objects.filter(merged_into__in=found, gone=""), reader)
    for idea in rows.order_by("on", "lot"):
        found[idea.merged_into_id or 0].merged.append(alone(idea, reader))


def _note_lineage(found: dict[int, Shown], reader: Reader) -> None:
    links = BuildsOn.objects.filter(idea__in=found).select_related(
        *(f"of__{name}" for name in WHOLE)
    )
    for link in links:
        found[link.idea_id].grew_from.append(alone(link.of, reader))


def untold_support(ideas: list[int], *, most: int) -> list[Support]:
    """Who is for one of these and was not told of its new words; only where we know whom."""
    rows = Support.objects.filter(idea__in=ideas, told__lt=F("idea__revision"))
    named = rows.exclude(voice__participation=None)
    whole = named.select_related(
        "voice__participation__person", "voice__participation__initiative__workspace"
    )
    return list(whole.order_by("voice", "pk")[:most])
