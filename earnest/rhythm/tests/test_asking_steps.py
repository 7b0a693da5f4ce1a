"""Steps around asking: what is known before, whose turn it is, and when it is enough."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.test import Client

from earnest.initiatives.models import Participation
from earnest.listening.models import (
    Ask,
    Brief,
    BriefAnswer,
    Conversation,
    Invitation,
    Recap,
)
from earnest.people.models import Away, Person, Team
from earnest.rhythm import queries
from earnest.standing import actions as standing
from tests.worlds import NOW, World

TODAY, A_DAY = NOW.date(), timedelta(days=1)


def rules(world: World, whom: Participation, at: datetime = NOW) -> list[str]:
    """What Today proposes with this person, or about a talk with them."""
    steps = queries.steps_for(world.lead, at=at)
    return [one.rule for one in steps if one.participation_id == whom.pk]


def brief(world: World, source: str = "said", **of: object) -> Brief:
    one = Brief.objects.create(initiative=world.initiative, made_at=NOW, **of)
    for topic in BriefAnswer.Topic.values:
        ours = topic in {"helps", "today"}
        BriefAnswer.objects.create(
            brief=one, topic=topic, words="Fridays", source="ours" if ours else source, at=NOW
        )
    return one


def invite(world: World, state: str, starts_at: datetime | None = None) -> Invitation:
    ask = Ask.objects.create(
        initiative=world.initiative,
        by=world.lead,
        kind="input",
        minutes=15,
        about="What makes Fridays hard",
        gets="You see the draft first",
        answer_by=TODAY,
        made_at=NOW,
    )
    return Invitation.objects.create(
        ask=ask,
        initiative=world.initiative,
        participation=world.joan,
        why_you="You run the desk",
        state=state,
        state_at=NOW,
        answer_by=TODAY,
        starts_at=starts_at if state == "accepted" else None,
        wanted_at=starts_at if state == "proposed" else None,
    )


def talk(world: World, at: datetime = NOW, **more: object) -> Conversation:
    given = {"looked_back_at": at, "by": world.lead, "held_on": at.date(), "noted_at": at} | more
    one = Conversation.objects.create(initiative=world.initiative, **given)
    one.people.add(world.joan)
    standing.note_heard(world.joan, at=at)
    return one


def test_before_somebody_is_asked_for_time_one_finds_out_what_presses_them(world: World) -> None:
    assert rules(world, world.joan) == ["brief-missing"]


def test_who_is_known_and_not_heard_is_to_be_heard(world: World) -> None:
    brief(world, participation=world.joan)
    assert rules(world, world.joan) == ["unheard"]


def test_a_guess_is_not_known(world: World) -> None:
    brief(world, source="guess", participation=world.joan)
    assert rules(world, world.joan) == ["brief-missing"]


def test_what_is_known_of_a_team_above_is_inherited(world: World) -> None:
    above = Team.objects.create(workspace=world.workspace, name="Care")
    below = Team.objects.create(workspace=world.workspace, name="South", parent=above)
    Person.objects.filter(pk=world.joan.person_id).update(team=below)
    brief(world, team=above)
    assert rules(world, world.joan) == ["unheard"]
    assert rules(world, world.sam) == ["brief-missing"]


def test_a_guess_of_their_own_stands_before_what_the_team_said(world: World) -> None:
    team = Team.objects.create(workspace=world.workspace, name="South")
    Person.objects.filter(pk=world.joan.person_id).update(team=team)
    brief(world, team=team)
    own = Brief.objects.create(initiative=world.initiative, participation=world.joan, made_at=NOW)
    BriefAnswer.objects.create(brief=own, topic="pressure", words="?", source="guess", at=NOW)
    assert rules(world, world.joan) == ["brief-missing"]


def test_what_they_called_off_is_ours_to_offer_again(world: World) -> None:
    one = invite(world, "cancelled")
    one.events.create(kind="cancelled", at=NOW, by_person=True)
    assert rules(world, world.joan) == ["called-off", "brief-missing"]
    one.events.create(kind="cancelled", at=NOW, ours=True)
    assert rules(world, world.joan) == ["brief-missing"]


def test_a_group_talk_is_told_of_one_person_by_name_and_link_alike(world: World) -> None:
    Person.objects.filter(pk=world.sam.person_id).update(name="Aaron Reyes")
    talk(world, looked_back_at=None).people.add(world.sam)
    found = [one for one in queries.steps_for(world.lead, at=NOW) if one.rule == "look-back"]
    assert [(one.title, one.participation_id) for one in found] == [
        ("Tell Joan what you heard", world.joan.pk)
    ]


def test_what_is_known_of_a_role_is_inherited(world: World) -> None:
    Person.objects.filter(pk=world.joan.person_id).update(job="Desk lead")
    brief(world, job="desk LEAD")
    assert rules(world, world.joan) == ["unheard"]


def test_what_is_known_elsewhere_counts_elsewhere(world: World) -> None:
    one = brief(world, participation=world.joan)
    Brief.objects.filter(pk=one.pk).update(initiative=world.other_initiative)
    assert rules(world, world.joan) == ["brief-missing"]


@pytest.mark.parametrize("state", ["waiting", "sent"])
def test_while_an_ask_is_open_it_is_their_turn(world: World, state: str) -> None:
    invite(world, state)
    assert rules(world, world.joan) == []


@pytest.mark.parametrize("state", ["declined", "lapsed", "withdrawn", "held"])
def test_an_ask_that_ended_leaves_the_next_step_to_us(world: World, state: str) -> None:
    invite(world, state)
    assert rules(world, world.joan) == ["brief-missing"]


@pytest.mark.parametrize("column", ["asked_enough_until", "left_alone_until"])
def test_who_was_asked_enough_is_left_alone_until_then(world: World, column: str) -> None:
    Person.objects.filter(pk=world.joan.person_id).update(**{column: NOW + A_DAY})
    assert rules(world, world.joan) == []
    assert rules(world, world.joan, NOW + A_DAY) == ["brief-missing"]


@pytest.mark.parametrize(
    ("hours", "proposed"), [(2, ["talk-today"]), (-2, ["talk-over"]), (30, [])]
)
def test_a_time_agreed_comes_up_on_its_day_and_after(
    world: World, hours: int, proposed: list[str]
) -> None:
    invite(world, "accepted", NOW + timedelta(hours=hours))
    assert rules(world, world.joan) == proposed


def test_another_time_they_propose_waits_for_an_answer(world: World) -> None:
    invite(world, "proposed", NOW + 3 * A_DAY)
    found = [one for one in queries.steps_for(world.lead, at=NOW) if one.rule == "time-proposed"]
    assert [one.title for one in found] == ["Joan proposes another time"]
    assert "Monday 23 November" in found[0].reason


def test_a_talk_is_told_back_while_it_is_fresh(world: World) -> None:
    one = talk(world, looked_back_at=None)
    assert rules(world, world.joan) == ["look-back"]
    assert rules(world, world.joan, NOW + 8 * A_DAY) == []
    Conversation.objects.filter(pk=one.pk).update(looked_back_at=NOW)
    assert rules(world, world.joan) == []


def test_what_was_found_is_decided_before_it_is_told_back(world: World) -> None:
    one = talk(world, looked_back_at=None)
    one.findings.create(kind="quote", start=0, end=1, words="x")
    assert rules(world, world.joan) == []
    assert [step.rule for step in queries.steps_for(world.lead, at=NOW)].count("notes-found") == 1


def test_what_they_write_themselves_is_read(world: World) -> None:
    talk(world, form="written")
    assert rules(world, world.joan) == ["they-wrote"]
    Conversation.objects.update(read_at=NOW)
    assert rules(world, world.joan) == []


def test_what_they_correct_is_read(world: World) -> None:
    Recap.objects.create(
        conversation=talk(world),
        participation=world.joan,
        sent_at=NOW,
        corrected_at=NOW,
        correction="Not every Friday",
    )
    assert rules(world, world.joan) == ["corrected"]
    Recap.objects.update(correction_read_at=NOW)
    assert rules(world, world.joan) == []


def test_after_two_noes_one_steps_back_to_understand(world: World) -> None:
    talk(world, NOW - 9 * A_DAY)
    for days in (5, 3):
        standing.note_no(world.joan, "No time", by=world.lead, at=NOW - days * A_DAY)
    assert rules(world, world.joan) == ["no-twice"]
    talk(world)
    assert rules(world, world.joan) == []


def test_one_no_is_welcome_and_not_worked_on(world: World) -> None:
    talk(world, NOW - 9 * A_DAY)
    standing.note_no(world.joan, "No time", by=world.lead, at=NOW - 3 * A_DAY)
    assert rules(world, world.joan) == []


def test_after_two_explanations_that_moved_nothing_something_is_offered_to_try(
    world: World,
) -> None:
    for days in (9, 3):
        talk(world, NOW - days * A_DAY, balance="explained")
    assert rules(world, world.joan) == ["explained-twice"]
    standing.note_yes(world.joan, by=world.lead, at=NOW)
    assert rules(world, world.joan) == []


@pytest.mark.parametrize(("step", "days"), [("heard", 14), ("nodded", 14), ("agreed", 21)])
def test_a_word_is_due_sooner_with_the_hesitant(world: World, step: str, days: int) -> None:
    talk(world, NOW - 60 * A_DAY)
    if step == "nodded":
        standing.note_yes(world.joan, by=world.lead, at=NOW - 2 * A_DAY)  # a fresh nod may rest
    if step == "agreed":
        fact = standing.Fact("agreed", 1, "promise 1")
        standing.record_evidence(world.joan, fact, at=NOW - 50 * A_DAY)
    Participation.objects.filter(pk=world.joan.pk).update(last_contact_at=NOW - days * A_DAY)
    assert rules(world, world.joan) == ["word-due"]
    Participation.objects.filter(pk=world.joan.pk).update(last_contact_at=NOW - (days - 1) * A_DAY)
    assert rules(world, world.joan) == []


def test_nobody_is_told_to_talk_with_themselves(world: World) -> None:
    Person.objects.filter(pk=world.joan.person_id).update(email=world.lead.email.upper())
    assert rules(world, world.joan) == []
    Person.objects.filter(pk=world.joan.person_id).update(email="", user=world.lead)
    assert rules(world, world.joan) == []


def test_away_is_not_silent(world: World) -> None:
    talk(world, NOW - 60 * A_DAY)
    Participation.objects.filter(pk=world.joan.pk).update(last_contact_at=NOW - 60 * A_DAY)
    Away.objects.create(person=world.joan.person, first_day=TODAY, last_day=TODAY)
    assert rules(world, world.joan) == []
    assert rules(world, world.joan, NOW + A_DAY) == ["word-due"]


@pytest.mark.parametrize("case", ["brief-missing", "no-twice", "explained-twice"])
def test_the_person_page_proposes_what_today_does(world: World, case: str) -> None:
    if case == "no-twice":
        for days in (5, 3):
            standing.note_no(world.joan, "No time", by=world.lead, at=NOW - days * A_DAY)
    if case == "explained-twice":
        for days in (9, 3):
            talk(world, NOW - days * A_DAY, balance="explained")
    title = next(
        one.title
        for one in queries.steps_for(world.lead, at=NOW)
        if one.participation_id == world.joan.pk
    )
    client = Client()
    client.force_login(world.lead)
    page = client.get(f"/initiatives/{world.initiative.pk}/people/{world.joan.pk}/")
    assert title.replace("'", "&#x27;") in page.content.decode()
