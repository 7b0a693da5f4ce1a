"""Ideas of spaces, with what grew from which, as CSV (4.5).

A file of its own beside ``people.py`` and ``tables.py``: with people or without, whose idea it is
follows from the space and from what its author allows.
"""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from earnest.ideas.models import BuildsOn, Idea
from earnest.initiatives.models import Initiative
from earnest.pages.export.people import with_those_there
from earnest.pages.export.writing import File, Rows, table

COLUMNS = ("number", "asked", "idea", "name", "from", "builds_on", "people_for_it")
AT_ONCE = 500


def files_of(initiative: Initiative, with_people: bool) -> Iterator[File]:
    yield File(
        "ideas.csv",
        _("ideas, each with those it builds on by their numbers"),
        table(COLUMNS, _rows(initiative, with_people=with_people)),
    )


def _ideas(initiative: Initiative, *, with_people: bool) -> QuerySet[Idea]:
    """Of people only those still there; without people, only what they pass on."""
    theirs = with_those_there()
    if not with_people:
        theirs &= ~Q(passed_on=Idea.PassedOn.LEADS_ONLY)
    here = Idea.objects.filter(theirs | Q(participation=None), initiative=initiative, gone="")
    return here.exclude(space=None).order_by("space", "lot", "pk")


def _rows(initiative: Initiative, *, with_people: bool) -> Rows:
    """In the order of their lots: it tells no order of coming."""
    ideas = _ideas(initiative, with_people=with_people)
    number = {pk: n for n, pk in enumerate(ideas.values_list("pk", flat=True), start=1)}
    grown: dict[int, list[int]] = {}
    links = BuildsOn.objects.filter(idea__initiative=initiative).values_list("idea_id", "of_id")
    for idea_pk, of_pk in links.iterator(AT_ONCE):
        if of_pk in number:
            grown.setdefault(idea_pk, []).append(number[of_pk])
    whole = ideas.select_related("space", "participation__person")
    for one in whole.iterator(AT_ONCE):
        if one.pk in number:
            on = " ".join(str(n) for n in sorted(grown.get(one.pk, ())))
            asked = one.space.question if one.space else ""
            name = _name(one, with_people=with_people)
            said = (number[one.pk], asked, one.words, name)
            yield (*said, one.get_origin_display(), on, one.supporters)


def _name(one: Idea, *, with_people: bool) -> str:
    """As those who lead see it; without people, where its author wants to be named."""
    if one.participation is None:
        return _("somebody who leads this") if one.of_lead else ""
    named = with_people or one.passed_on == Idea.PassedOn.NAMED
    return one.participation.person.name if named else ""
