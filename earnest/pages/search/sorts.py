"""What can be found: one ``Sort`` for each. What is indexed is said in SQL, who sees it by the doors.

All SQL here is read by both databases; ``t`` is the row that is found. The doors are asked again
for every row found, so nothing comes out that they would refuse.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db.models import Q, QuerySet, TextField, Value
from django.db.models.expressions import Combinable
from django.db.models.functions import Cast, Coalesce, Concat
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from earnest.ideas.models import Idea
from earnest.initiatives import access as initiatives
from earnest.initiatives.access import Anyone
from earnest.initiatives.models import Initiative
from earnest.initiatives.queries import SHOWN_FROM
from earnest.listening.models import Need, Question, Quote
from earnest.pages.search import carded, openly, piloted, taught
from earnest.pages.search.sort import (
    LED,
    OPEN,
    OTHERS,
    SPONSOR,
    Row,
    Scope,
    Sort,
    Watched,
    own_page,
)
from earnest.plans import access as plans
from earnest.plans.models import Input, Part, Story
from earnest.plans.queries.connecting import FOR_OTHERS
from earnest.practice.models import TryOut
from earnest.promises import access as promises


def _led(model: type[Any]) -> Callable[[Anyone], QuerySet[Any]]:
    """Rows of initiatives this user leads; what became of an erased person is not there."""

    def rows(user: Anyone) -> QuerySet[Any]:
        led = initiatives.initiatives_led_by(user)
        found: QuerySet[Any] = model._default_manager.filter(
            Q(participation=None) | Q(participation__person__erased_at=None), initiative__in=led
        )
        return found

    return rows


def _with_role(user: Anyone) -> QuerySet[Initiative]:
    """Initiatives on which this user has a role, as ``plans.access.get_on_it`` has it."""
    return initiatives.initiatives_for(user).filter(roles__user=user.pk or 0)


def _needs(user: Anyone) -> QuerySet[Need]:
    """Leads see all; others what five people named and a lead called by its name."""
    led = Q(initiative__in=initiatives.initiatives_led_by(user))
    return Need.objects.filter(led | FOR_OTHERS & Q(initiative__in=_with_role(user)))


def _parts(user: Anyone) -> QuerySet[Part]:
    return Part.objects.filter(initiative__in=_with_role(user))


def _quotes(user: Anyone) -> QuerySet[Quote]:
    return _led(Quote)(user).filter(erased_at=None)


def _inputs(user: Anyone) -> QuerySet[Input]:
    return _led(Input)(user).filter(erased_at=None)


def _stories(user: Anyone) -> QuerySet[Story]:
    """Published for them, or a draft of an initiative they lead, as ``plans.access.get_story``."""
    published = plans.published_stories(user).values("pk")
    led = initiatives.initiatives_led_by(user)
    return Story.objects.filter(Q(pk__in=published) | Q(initiative__in=led))


def _together(first: str, *others: str) -> Combinable:
    """Columns as one text."""
    text = TextField()
    space, nothing = Value(" ", output_field=text), Value("", output_field=text)
    rest = [part for one in others for part in (space, Coalesce(Cast(one, text), nothing))]
    return Concat(Cast(first, text), *rest)


def _page_of_person(row: Row, leads: bool) -> str:
    if row.person_pk is None:
        return reverse("initiatives:initiative", args=[row.initiative_pk])
    return reverse("pages:person", args=[row.initiative_pk, row.person_pk])


def _place_of_idea(row: Row, leads: bool) -> str:
    """With its person; one that leads to nobody, in its space."""
    if row.person_pk is None:
        return reverse("ideas:idea", args=[row.pk])
    return _page_of_person(row, leads)


def _place_of_need(row: Row, leads: bool) -> str:
    if leads:
        return reverse("plans:need", args=[row.pk])
    return reverse("plans:connect", args=[row.initiative_pk])


def _place_in_plan(row: Row, leads: bool) -> str:
    return f"{reverse('plans:plan', args=[row.initiative_pk])}#part-{row.pk}"


FOR_ALL = "t.published_at IS NOT NULL AND t.readers = 'workspace'"  # a story
SORTS = (
    Sort(
        name="initiative",
        label=_("Initiatives"),
        table="initiatives_initiative",
        columns=("title", "target", "workspace_id", "open_to_workspace"),
        indexed="t.title || ' ' || t.target",
        rows=initiatives.initiatives_for,
        url=own_page("initiatives:initiative"),
        scopes=(
            Scope(LED, "t.id"),
            Scope(OTHERS, "t.id"),
            Scope(OPEN, "t.workspace_id", "t.open_to_workspace"),
        ),
        initiative="",
        title="title",
        words="target",
        day="made_at",
        person="",
    ),
    Sort(
        # By name, work and team; not by address: its last part would find everybody.
        name="person",
        label=_("People"),
        table="initiatives_participation",
        columns=("person_id", "initiative_id"),
        joins="JOIN people_person p ON p.id = t.person_id LEFT JOIN people_team m ON m.id = p.team_id",
        indexed="p.name || ' ' || p.job || ' ' || COALESCE(m.name, '')",
        where="p.erased_at IS NULL",
        beside=(
            Watched(
                "people_person", ("name", "job", "team_id", "erased_at"), "t.person_id = {row}.id"
            ),
            Watched("people_team", ("name",), "p.team_id = {row}.id"),
        ),
        rows=initiatives.participations_for,
        url=_page_of_person,
        title="person__name",
        words=_together("person__job", "person__team__name"),
        person="pk",
    ),
    Sort(
        name="quote",
        label=_("Quotes"),
        table="listening_quote",
        columns=("words", "initiative_id", "erased_at"),
        indexed="t.words",
        where="t.erased_at IS NULL",
        rows=_quotes,
        url=_page_of_person,
        who="participation__person__name",
        day="said_on",
    ),
    Sort(
        name="need",
        label=_("Needs"),
        table="listening_need",
        columns=("words", "initiative_id", "people_count", "called_at"),
        indexed="t.words",
        where="t.words <> 'erased'",
        scopes=(
            Scope(LED),
            Scope(
                OTHERS,
                when=f"t.people_count >= {SHOWN_FROM} AND t.called_at IS NOT NULL",
            ),
        ),
        rows=_needs,
        url=_place_of_need,
        person="",
    ),
    Sort(
        name="promise",
        label=_("Promises"),
        table="promises_promise",
        columns=("words", "condition", "initiative_id"),
        indexed="t.words || ' ' || t.condition",
        where="t.words <> 'erased'",
        rows=promises.promises_for,
        url=own_page("promises:promise"),
        words=_together("words", "condition"),
        who="participation__person__name",
        day="made_at",
    ),
    Sort(
        name="part",
        label=_("Parts of the plan"),
        table="plans_part",
        columns=("title", "what", "why", "initiative_id"),
        indexed="t.title || ' ' || t.what || ' ' || t.why",
        scopes=(Scope(LED), Scope(OTHERS)),
        copied="kept",  # as on the page of the plan
        rows=_parts,
        url=_place_in_plan,
        title="title",
        words=_together("what", "why"),
        day="changed_at",
        person="",
    ),
    Sort(
        name="story",
        label=_("Stories"),
        table="plans_story",
        columns=(
            *("title", "worked", "did_not", "differently"),
            *("readers", "published_at", "initiative_id"),
        ),
        joins="JOIN initiatives_initiative n ON n.id = t.initiative_id",
        indexed="t.title || ' ' || t.worked || ' ' || t.did_not || ' ' || t.differently",
        beside=(
            Watched("initiatives_initiative", ("workspace_id",), "t.initiative_id = {row}.id"),
        ),
        scopes=(
            Scope(LED),
            Scope(SPONSOR, when="t.published_at IS NOT NULL"),
            Scope(OTHERS, when=FOR_ALL),
            Scope(OPEN, "n.workspace_id", FOR_ALL),
        ),
        copied="all",  # as on the page of the story
        rows=_stories,
        url=own_page("plans:story"),
        title="title",
        words=_together("worked", "did_not", "differently"),
        day="published_at",
        person="",
    ),
    Sort(
        name="question",
        label=_("Questions"),
        table="listening_question",
        columns=("words", "answer", "initiative_id"),
        indexed="t.words || ' ' || t.answer",
        where="t.words <> 'erased'",
        rows=_led(Question),
        url=_page_of_person,
        words=_together("words", "answer"),
        who="participation__person__name",
        day="asked_on",
    ),
    Sort(
        name="idea",
        label=_("Ideas"),
        table="ideas_idea",
        # Of spaces too: who leads there finds them all, whoever gave them.
        columns=("words", "initiative_id"),
        indexed="t.words",
        where="t.words <> 'erased'",
        rows=_led(Idea),
        url=_place_of_idea,
        who="participation__person__name",
        day="on",
    ),
    *openly.SORTS,
    *taught.SORTS,
    Sort(
        name="try_out",
        label=_("Try-outs"),
        table="practice_tryout",
        columns=("what", "words", "initiative_id"),
        indexed="t.what || ' ' || t.words",
        rows=_led(TryOut),
        url=_page_of_person,
        title="what",
        who="participation__person__name",
        day="starts_at",
    ),
    *carded.SORTS,
    *piloted.SORTS,
    Sort(
        # Words that are a quote, an idea or a question are found as what they are: once.
        name="input",
        label=_("Inputs"),
        table="plans_input",
        columns=(
            *("words", "initiative_id", "erased_at"),
            *("quote_id", "idea_id", "question_id", "answer_id"),
        ),
        indexed="t.words",
        where="t.erased_at IS NULL AND t.quote_id IS NULL AND t.idea_id IS NULL"
        " AND t.question_id IS NULL AND t.answer_id IS NULL AND t.words <> 'erased'",
        rows=_inputs,
        url=own_page("plans:input"),
        who="participation__person__name",
        day="at",
    ),
)
BY_NAME = {sort.name: sort for sort in SORTS}
