"""The plan as it stands, for whoever may read it: of people only what they may see."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from django.db.models import Count, Prefetch, QuerySet
from django.utils.translation import gettext as _

from earnest.initiatives.models import Initiative, Measure, Participation
from earnest.plans.models import Answers, Part
from earnest.plans.queries.kept import cut_kept
from earnest.plans.queries.measures import Course, courses
from earnest.plans.queries.stepped import After, after_step_backs


@dataclass(frozen=True, slots=True)
class Answered:
    """A need this part answers, in the words it is called by."""

    words: str
    how: str


@dataclass(frozen=True, slots=True)
class PartShown:
    """A part with all that stands under it."""

    part: Part
    owner: str
    measures: list[Course] = field(default_factory=list)
    needs: list[Answered] = field(default_factory=list)
    words_used: int = 0
    after: After | None = None  # people stepped back, and it changed by that


@dataclass(frozen=True, slots=True)
class PlanShown:
    """The parts that stand, in their order, and those that were dropped."""

    parts: list[PartShown]
    dropped: list[PartShown]


def plan_of(initiative: Initiative, *, leads: bool) -> PlanShown:
    """The plan in seven queries. Who does not lead sees no person, and no need of fewer than five.

    Nor on how many words a part is built: taken back, the number would say so.
    """
    rows = list(_whole(initiative.parts.all()))
    found = {one.measure.pk: one for one in courses(initiative.measures.filter(closed_at=None))}
    if not leads:
        _cut_kept(initiative, rows)
    stepped = after_step_backs(initiative, leads=leads)
    shown = [
        replace(_shown(part, found, leads=leads), after=stepped.get(("part", part.pk)))
        for part in rows
    ]
    return PlanShown(
        parts=[one for one in shown if one.part.dropped_at is None],
        dropped=[one for one in shown if one.part.dropped_at is not None],
    )


def _cut_kept(initiative: Initiative, parts: list[Part]) -> None:
    """As they read it who do not lead: without words for the leads alone (privacy.md 4)."""
    names = ("title", "what", "why", "dropped_why")
    cut = cut_kept(initiative, [getattr(one, name) for one in parts for name in names])
    for one in parts:
        for name in names:
            setattr(one, name, cut(getattr(one, name)))


def _whole(parts: QuerySet[Part]) -> QuerySet[Part]:
    answers = Answers.objects.exclude(how=Answers.How.NOT).select_related("need").order_by("pk")
    rows = parts.select_related("owner_user", "owner_person__person").prefetch_related(
        Prefetch("answers", answers), Prefetch("measures", Measure.objects.only("pk"))
    )
    return rows.annotate(words_count=Count("words_used", distinct=True))


def _shown(part: Part, found: dict[int, Course], *, leads: bool) -> PartShown:
    return PartShown(
        part=part,
        owner=owner_of(part, leads=leads),
        measures=[found[one.pk] for one in part.measures.all() if one.pk in found],
        needs=answered_by(part.answers.all(), leads=leads),
        words_used=part.words_count if leads else 0,  # type: ignore[attr-defined]
    )


def answered_by(answers: Iterable[Answers], *, leads: bool) -> list[Answered]:
    """Needs that are answered; from five people on for those who do not lead (privacy.md 7)."""
    return [
        Answered(one.need.words, one.get_how_display())
        for one in answers
        if leads or one.need.is_for_others
    ]


def owner_of(part: Part, *, leads: bool) -> str:
    """Who sees to it, by name: of those who are asked only to those who lead (privacy.md 7)."""
    if part.owner_user:
        return str(part.owner_user)
    there = part.owner_person
    if there is None or there.person.erased_at:
        return ""
    return there.person.name if leads else _("a colleague")


MANY = 300  # more names than anybody picks from


def may_own(initiative: Initiative) -> list[Participation]:
    """Who of those on it can be given a part, by name; the first of very many."""
    there = Participation.objects.may_be_asked().filter(initiative=initiative)
    return list(there.select_related("person").order_by("person__name", "pk")[:MANY])


AT_A_GLANCE = 6


@dataclass(frozen=True, slots=True)
class Glance:
    """The plan in a few lines: its first parts, how many there are, what is measured."""

    titles: list[str]
    more: int
    version: int | None
    courses: list[Course]


def glance_at(initiative: Initiative, *, published: bool, leads: bool) -> Glance:
    """Four queries at most. ``published``: as it was published last, not as it is being written.

    For whoever does not lead, without words that are for the leads alone (privacy.md 4).
    """
    last = initiative.versions.only("number", "parts").first()
    standing = initiative.parts.filter(dropped_at=None).values_list("title", flat=True)
    in_print = [one["title"] for one in last.parts] if last else []
    titles = in_print if published else list(standing)
    cut = str if leads else cut_kept(initiative, titles)
    return Glance(
        titles=[cut(one) for one in titles[:AT_A_GLANCE]],
        more=max(0, len(titles) - AT_A_GLANCE),
        version=last.number if last else None,
        courses=courses(initiative.measures.filter(closed_at=None))[:AT_A_GLANCE],
    )
