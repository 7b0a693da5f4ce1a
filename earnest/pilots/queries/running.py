"""Pilots as they stand, who is in them, and what people of the part said."""

from __future__ import annotations

from datetime import date

from django.db.models import Prefetch, QuerySet
from django.utils.translation import gettext as _

from earnest.initiatives.models import Initiative, Participation
from earnest.people.queries import TeamTree
from earnest.pilots.models import Pilot, PilotMeasure, PilotPerson, PilotStep, PilotWord
from earnest.plans.models import Reply


def pilots_of(initiative: Initiative) -> list[Pilot]:
    """All of an initiative with what is measured, the latest first."""
    measures = Prefetch("measures", PilotMeasure.objects.order_by("made_at", "pk"))
    return list(initiative.pilots.select_related("team", "by").prefetch_related(measures))


def missing_to_start(pilot: Pilot, *, today: date) -> str:
    """What has to be there first, in words; empty where it can start."""
    if not pilot.measures.exists():
        return _("Say first by what one would see that it helps.")
    if pilot.ends_on < today:
        return _("Its last day is over. Choose another one first.")
    return ""


def newcomers(pilot: Pilot) -> list[int]:
    """Who is on the initiative and in the pilot's team, or one below it, and was not in the
    pilot yet: who a lead said is not in it stays out."""
    if pilot.team_id is None or pilot.is_over:
        return []
    rows = Participation.objects.may_be_asked().filter(
        initiative=pilot.initiative_id, person__team__in=_teams_of(pilot)
    )
    return list(rows.exclude(in_pilots__pilot=pilot).order_by("pk").values_list("pk", flat=True))


def people_in_pilots(initiative_pk: int) -> dict[int, set[int]]:
    """Who is in each pilot of an initiative and did not ask for quiet, by keys."""
    rows = PilotPerson.objects.filter(
        pilot__initiative=initiative_pk,
        left_at=None,
        participation__in=Participation.objects.may_be_asked(),
    )
    found: dict[int, set[int]] = {}
    for pilot, participation in rows.values_list("pilot", "participation"):
        found.setdefault(pilot, set()).add(participation)
    return found


def moved_away(pilot: Pilot) -> list[int]:
    """The keys of those in it whom their team brought in, and who are in it no more."""
    if pilot.team_id is None or pilot.is_over:
        return []
    brought = pilot.people.filter(by_team=True, left_at=None)
    still = Participation.objects.filter(person__team__in=_teams_of(pilot))
    return list(brought.exclude(participation__in=still).values_list("pk", flat=True))


def _teams_of(pilot: Pilot) -> list[int]:
    """Its team, and those below it."""
    tree = TeamTree(pilot.initiative.workspace)
    return [pk for pk in tree.teams if pilot.team_id in tree.upwards(pk)]


def people_in(pilot: Pilot) -> QuerySet[PilotPerson]:
    """Those of the part who are on the initiative, by name."""
    rows = pilot.people.filter(participation__person__erased_at=None, left_at=None)
    return rows.select_related("participation__person").order_by(
        "participation__person__name", "pk"
    )


def steps_of(pilot: Pilot) -> list[PilotStep]:
    return list(pilot.steps.select_related("by"))


def words_about(pilot: Pilot) -> list[PilotWord]:
    """What people of the part said about it, objections first; what was taken back is gone."""
    rows = pilot.words.filter(input__erased_at=None).exclude(input__words="")
    answers = Prefetch("input__replies", Reply.objects.order_by("pk"))
    whole = rows.select_related("input__participation__person", "input__initiative")
    return list(whole.prefetch_related(answers).order_by("-objects_to_it", "at", "pk"))
