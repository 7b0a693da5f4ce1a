"""The example, played through the same actions as everything real, in the order it happened."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.db import transaction

from earnest.accounts.models import User, Workspace
from earnest.initiatives import access
from earnest.initiatives import actions as initiatives
from earnest.initiatives.actions import Why
from earnest.initiatives.models import Initiative, Participation
from earnest.pages.actions import playing
from earnest.pages.actions.scene import Scene
from earnest.pages.example.calendar import Calendar
from earnest.pages.example.story import Member, story
from earnest.people import actions as people
from earnest.people.models import Person, Team


@transaction.atomic
def build_example(workspace: Workspace, *, by: User, at: datetime) -> Initiative:
    """An initiative half-way through its life, led by ``by``; the one that is there already stays."""
    there = access.initiatives_led_by(by).filter(workspace=workspace, is_example=True).first()
    if there:
        return there
    calendar = Calendar(workspace.day(at), ZoneInfo(workspace.time_zone))
    about = story().about
    begun = calendar.moment(about["begun"], 8)
    initiative = initiatives.start_initiative(
        workspace, title=about["title"], target=about["target"], is_example=True, by=by, at=begun
    )
    cast = _cast(workspace, calendar, by=by, at=begun)
    scene = Scene(initiative, by, calendar, _put_on(initiative, cast, by=by, at=begun))
    _describe(scene, about, at=begun)
    _own_words(scene, at=begun)
    playing.play(scene)
    return initiative


def _cast(workspace: Workspace, calendar: Calendar, *, by: User, at: datetime) -> dict[str, Person]:
    """The made-up people by their names: those still there from another example, or new."""
    here = Person.objects.present().filter(workspace=workspace, is_example=True)
    cast = {person.name: person for person in here}
    teams = {team.name: team for team in Team.objects.filter(workspace=workspace, is_example=True)}
    for member in _managers_first(story().members):
        if member.name in cast:
            continue
        team = teams.get(member.team) or _team(workspace, member.team, by=by, at=at)
        teams[member.team] = team
        details = people.Details(
            name=member.name,
            email=_free(workspace, member.email),
            job=member.job,
            team=team,
            manager=cast.get(member.manager),
            time_zone=member.time_zone,
            language=member.language,
        )
        person = people.add_person(workspace, details, is_example=True, by=by, at=at)
        if member.away:
            first, last = (calendar.day(offset) for offset in member.away)
            people.note_away(person, first_day=first, last_day=last, by=by, at=at)
        cast[member.name] = person
    return cast


def _managers_first(members: tuple[Member, ...]) -> list[Member]:
    by_name = {member.name: member for member in members}

    def height(member: Member) -> int:
        return 1 + height(by_name[member.manager]) if member.manager else 0

    return sorted(members, key=height)


def _team(workspace: Workspace, name: str, *, by: User, at: datetime) -> Team:
    """A team of that name of its own: the real one of the same name is left alone."""
    taken = Team.objects.filter(workspace=workspace, parent=None, name__iexact=name).exists()
    own = f"{name} (example)" if taken else name
    return people.add_team(workspace, own, parent=None, is_example=True, by=by, at=at)


def _free(workspace: Workspace, email: str) -> str:
    """The address, unless somebody has it: two people never share one."""
    taken = email and Person.objects.filter(workspace=workspace, email__iexact=email).exists()
    return "" if taken else email


def _own_words(scene: Scene, *, at: datetime) -> None:
    """What each works for, as their lead noted it."""
    for member in story().members:
        if member.goals or member.measures:
            initiatives.write_own_work(
                scene.on_it[member.name],
                goals=member.goals,
                measures=member.measures,
                by=scene.by,
                at=at,
            )


def _put_on(
    initiative: Initiative, cast: Mapping[str, Person], *, by: User, at: datetime
) -> dict[str, Participation]:
    by_reason: dict[frozenset[str], list[Person]] = defaultdict(list)
    for member in story().members:
        by_reason[member.why].append(cast[member.name])
    for reasons, those in by_reason.items():
        why = Why(**dict.fromkeys(reasons, True))
        initiatives.put_many_on(initiative, those, why=why, by=by, at=at)
    there = initiative.participations.select_related("person", "initiative__workspace")
    return {one.person.name: one for one in there}


def _describe(scene: Scene, about: Mapping[str, Any], *, at: datetime) -> None:
    """What it is about, who asked for it, and what will be heard before the launch."""
    initiative, by, calendar = scene.initiative, scene.by, scene.calendar
    words = {name: value.strip() for name, value in about["about"].items()}
    dates = {name: calendar.day(offset) for name, offset in about["dates"].items()}
    initiatives.change_initiative(initiative, {**words, **dates}, by=by, at=at)
    commission = initiatives.CommissionWords(**about["commission"])
    asked_by = scene.on_it[commission.asked_by].person
    initiatives.write_commission(
        initiative,
        commission,
        talk_to=people.Named(asked_by.name, asked_by.email),
        by=by,
        at=at,
    )
