"""A listening round: daily batches within everybody's limits; who cannot be asked now waits."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from earnest.initiatives.actions import Wish, say_wish
from earnest.initiatives.models import Participation, Role
from earnest.listening.actions import rounds as actions
from earnest.listening.actions.asks import AskDraft, CannotAsk
from earnest.listening.actions.briefs import write_brief
from earnest.listening.models import Ask, Invitation, Round
from earnest.listening.queries import rounds as queries
from earnest.listening.sweeps import send_rounds
from earnest.listening.tests.test_asking import draft
from earnest.listening.tests.test_briefs import FIVE
from earnest.messaging.models import Message
from earnest.messaging.tests.mails import put
from earnest.people import actions as people
from earnest.people.actions import Named
from earnest.people.models import Away, Person, Team
from earnest.standing import actions as standing
from tests.worlds import NOW, World

MONDAY = NOW + timedelta(days=3)
DRAFT: AskDraft = draft(times=[])


def several(world: World, count: int, *, called: str = "Person") -> list[Participation]:
    """So many more people on the initiative, in the order of their names."""
    names = [Named(f"{called} {n:02}", f"{called}{n}@example.org") for n in range(count)]
    there = people.add_people(world.workspace, names, by=world.lead, at=NOW)
    return [
        world.initiative.participations.create(person=one, held_by=world.lead, since=NOW)
        for one in there
    ]


def started(
    world: World, those: list[Participation], *, per_day: int = 2, kind: str = "input"
) -> Round:
    made = actions.draft_round(
        world.initiative, draft(times=[], kind=kind), per_day=per_day, by=world.lead, at=NOW
    )
    actions.take_in(made, those, by=world.lead, at=NOW)
    words = {row.pk: f"why {row.participation_id}" for row in made.ask.invitations.all()}
    actions.say_why_you(made, words, by=world.lead, at=NOW)
    actions.go_on(made, by=world.lead, at=NOW)
    return Round.objects.get(pk=made.pk)


def sent(round_: Round) -> list[int]:
    rows = Invitation.objects.filter(ask=round_.ask_id, state="sent")
    return list(rows.order_by("pk").values_list("participation", flat=True))


def waits(round_: Round, whom: Participation, at: datetime = MONDAY) -> str:
    page = queries.waiting_page(round_, at=at)
    return next(one.waits for one in page.turns if one.invitation.participation_id == whom.pk)


def test_so_many_a_day_in_turn_and_no_more_that_day(world: World) -> None:
    those = several(world, 5)
    round_ = started(world, those)
    assert send_rounds(at=MONDAY) == 2
    assert send_rounds(at=MONDAY + timedelta(hours=2)) == 0
    assert sent(round_) == [one.pk for one in those[:2]]
    assert send_rounds(at=MONDAY + timedelta(days=1)) == 2
    assert send_rounds(at=MONDAY + timedelta(days=2)) == 1
    texts = Message.objects.order_by("pk").values_list("text", flat=True)
    assert [f"why {one.pk}" in text for one, text in zip(those, texts, strict=True)] == [True] * 5


@pytest.mark.parametrize(("days", "count"), [(0, 2), (1, 0), (2, 0), (3, 2)])
def test_only_from_monday_to_friday_where_the_workspace_is(
    world: World, days: int, count: int
) -> None:
    started(world, several(world, 2))
    assert send_rounds(at=NOW + timedelta(days=days)) == count


def test_it_stands_still_until_it_begins_and_while_it_is_paused(world: World) -> None:
    made = actions.draft_round(world.initiative, DRAFT, per_day=9, by=world.lead, at=NOW)
    those = several(world, 3)
    actions.take_in(made, those, by=world.lead, at=NOW)
    words = dict.fromkeys(made.ask.invitations.values_list("pk", flat=True), "why")
    actions.say_why_you(made, words, by=world.lead, at=NOW)
    assert send_rounds(at=MONDAY) == 0
    actions.go_on(made, by=world.lead, at=MONDAY)
    actions.pause_round(made, by=world.lead, at=MONDAY)
    assert send_rounds(at=MONDAY) == 0
    assert not actions.pause_round(made, by=world.lead, at=MONDAY)
    assert actions.go_on(made, by=world.lead, at=MONDAY)
    assert send_rounds(at=MONDAY) == 3


def test_ended_who_waits_is_asked_no_more_and_nothing_of_it_stays(world: World) -> None:
    round_ = started(world, several(world, 3), per_day=1)
    send_rounds(at=MONDAY)
    assert actions.end_round(round_, by=world.lead, at=MONDAY)
    assert not actions.end_round(round_, by=world.lead, at=MONDAY)
    assert send_rounds(at=MONDAY + timedelta(days=1)) == 0
    assert round_.ask.invitations.count() == 1
    with pytest.raises(CannotAsk):
        actions.take_in(round_, [world.sam], by=world.lead, at=MONDAY)


def test_who_has_no_why_waits_and_is_shown_so(world: World) -> None:
    first, second = several(world, 2)
    round_ = started(world, [first, second], per_day=9)
    Invitation.objects.filter(participation=first).update(why_you="")
    send_rounds(at=MONDAY)
    assert sent(round_) == [second.pk]
    assert waits(round_, first) == "waits: say why them"
    assert queries.without_why(round_) == 1


def test_who_cannot_be_asked_now_waits_and_is_looked_at_again(world: World) -> None:
    enough, alone, less, stopped, away, free = several(world, 6)
    round_ = started(world, [enough, alone, less, stopped, away, free], per_day=1)

    def hold(one: Participation, **until: datetime) -> None:
        Person.objects.filter(pk=one.person_id).update(**until)

    hold(enough, asked_enough_until=MONDAY + timedelta(days=1))
    hold(alone, left_alone_until=MONDAY + timedelta(days=20))
    hold(less, wants_less_at=NOW)
    say_wish(stopped, Wish.NOT_THIS, at=NOW)
    days = {"first_day": MONDAY.date(), "last_day": MONDAY.date() + timedelta(days=1)}
    Away.objects.create(person=away.person, **days)
    assert send_rounds(at=MONDAY) == 1
    assert sent(round_) == [free.pk]
    assert waits(round_, enough) == "waits: asked enough for now, until 24 November"
    assert waits(round_, alone) == "waits: left alone until 13 December"
    assert waits(round_, less) == "waits: asked for less"
    assert not stopped.invitations.exists()  # nothing of it stays
    assert waits(round_, away) == "waits: away until 24 November"
    send_rounds(at=MONDAY + timedelta(days=2))
    send_rounds(at=MONDAY + timedelta(days=3))
    assert sent(round_) == [enough.pk, away.pk, free.pk]


def test_the_cap_itself_keeps_them_waiting(world: World) -> None:
    """Two asks over all initiatives are the most in fourteen days, whatever a round would like."""
    (one,) = several(world, 1)
    rounds = [started(world, [one]) for _n in range(3)]
    for n in range(3):
        send_rounds(at=MONDAY + timedelta(days=n))
    assert [len(sent(round_)) for round_ in rounds] == [1, 1, 0]
    assert "asked enough for now" in waits(rounds[2], one)


def test_each_has_as_many_days_to_answer_from_their_own_turn(world: World) -> None:
    round_ = started(world, several(world, 2), per_day=1)
    given = round_.ask.answer_by - NOW.date()
    send_rounds(at=MONDAY)
    send_rounds(at=MONDAY + timedelta(days=1))
    first, second = Invitation.objects.filter(state="sent").order_by("pk")
    assert first.answer_by == MONDAY.date() + given
    assert second.answer_by == first.answer_by + timedelta(days=1)


def test_where_nobody_could_be_asked_the_draft_can_still_be_changed(world: World) -> None:
    round_ = started(world, [world.joan])
    for n in range(2):
        put(world.joan, at=MONDAY, subject=f"Ask {n}")
    Person.objects.update(asked_enough_until=None)  # stored a moment too late
    assert send_rounds(at=MONDAY) == 0
    assert sent(round_) == []
    actions.change_round(round_, draft(times=[]), per_day=9, by=world.lead, at=MONDAY)
    assert Round.objects.get().per_day == 9


def test_so_many_a_day_whoever_else_sends(world: World) -> None:
    round_ = started(world, several(world, 3), per_day=2)
    rows = list(round_.ask.invitations.order_by("pk"))
    went = [actions.send_in_turn(round_, row, at=MONDAY) for row in rows]
    assert went == [True, True, False]
    assert actions.send_in_turn(round_, rows[2], at=MONDAY + timedelta(days=1))


def test_a_draft_written_anew_gives_as_many_days_as_it_says(world: World) -> None:
    made = actions.draft_round(world.initiative, DRAFT, per_day=2, by=world.lead, at=NOW)
    later = NOW + timedelta(days=20)
    anew = draft(times=[], answer_by=(later + timedelta(days=7)).date())
    actions.change_round(made, anew, per_day=2, by=world.lead, at=later)
    actions.take_in(made, [world.joan], by=world.lead, at=later)
    row = made.ask.invitations.get()
    actions.say_why_you(made, {row.pk: "why"}, by=world.lead, at=later)
    actions.go_on(made, by=world.lead, at=later)
    asked = later + timedelta(days=3)
    assert actions.send_in_turn(Round.objects.get(), row, at=asked)
    row.refresh_from_db()
    assert row.answer_by == (asked + timedelta(days=7)).date()


def test_the_gate_keeps_waiting_those_of_whom_too_little_is_known(world: World) -> None:
    first, second = several(world, 2)
    write_brief(second, FIVE, by=world.lead, at=NOW)
    round_ = started(world, [first, second], kind="backing")
    assert send_rounds(at=MONDAY) == 1
    assert sent(round_) == [second.pk]
    assert waits(round_, first) == "waits: not enough is known of them yet"


def test_no_mail_leaves_in_the_name_of_somebody_who_leads_no_longer(world: World) -> None:
    round_ = started(world, several(world, 1))
    Role.objects.filter(initiative=world.initiative, user=world.lead).delete()
    assert send_rounds(at=MONDAY) == 0
    round_.refresh_from_db()
    assert round_.paused_at == MONDAY
    actions.go_on(round_, by=world.co_lead, at=MONDAY)
    assert send_rounds(at=MONDAY) == 1
    assert Ask.objects.get().by == world.co_lead


def test_who_is_in_it_comes_in_once_and_who_stopped_never(world: World) -> None:
    made = actions.draft_round(world.initiative, DRAFT, per_day=2, by=world.lead, at=NOW)
    say_wish(world.sam, Wish.NOT_AT_ALL, at=NOW)
    assert actions.take_in(made, [world.joan, world.sam, world.joan], by=world.lead, at=NOW) == 1
    assert actions.take_in(made, [world.joan], by=world.lead, at=NOW) == 0


@pytest.fixture
def lead(client: Client, world: World) -> Client:
    client.force_login(world.lead)
    return client


FORM = {
    "kind": "input",
    "form": "one",
    "minutes": "15",
    "about": "What makes Fridays hard",
    "gets": "You see the draft first",
    "per_day": "3",
    "days": "7",
}


def drafted(lead: Client, world: World, **given: str) -> Round:
    lead.post(f"/initiatives/{world.initiative.pk}/rounds/new/", {**FORM, **given})
    return Round.objects.get()


def test_a_round_is_drafted_ticked_said_why_and_begun(lead: Client, world: World) -> None:
    wrong = lead.post(f"/initiatives/{world.initiative.pk}/rounds/new/", {**FORM, "per_day": ""})
    assert "How many a day can you listen to?" in wrong.content.decode()
    round_ = drafted(lead, world)
    address = f"/rounds/{round_.pk}/"
    assert "Not begun: nothing is sent yet." in lead.get(address).content.decode()
    both = {"shown": [world.joan.pk, world.sam.pk], "in": [world.joan.pk]}
    shown = lead.post(f"{address}people/", both, follow=True).content.decode()
    assert "Why you, Joan Okafor" in shown
    row = Invitation.objects.get()
    lead.post(f"{address}why/", {"shown": row.pk, f"why_{row.pk}": "You run the desk"})
    lead.post(f"{address}going/")
    page = lead.get(address).content.decode()
    assert "Going on: 3 a day" in page
    assert "You run the desk" in page
    assert "See it as Joan will" in page
    lead.post(f"{address}paused/")
    assert "Begin" in lead.get(address).content.decode()
    lead.post(f"{address}people/", {"shown": [world.joan.pk], "in": []})
    assert not Invitation.objects.exists()
    lead.post(f"{address}ended/")
    assert "Ended on" in lead.get(address).content.decode()


def test_everyone_not_heard_of_a_team_comes_in_at_once(lead: Client, world: World) -> None:
    south = Team.objects.create(workspace=world.workspace, name="South")
    there = several(world, 3)
    Person.objects.filter(pk__in=[one.person_id for one in there]).update(team=south)
    standing.note_heard(there[0], at=NOW)
    round_ = drafted(lead, world)
    lead.post(f"/rounds/{round_.pk}/not-heard/", {"team": south.pk})
    assert round_.ask.invitations.count() == 2
    lead.post(f"/rounds/{round_.pk}/not-heard/", {"team": ""})
    assert round_.ask.invitations.count() == 4


def test_the_draft_can_be_changed_until_somebody_got_it(lead: Client, world: World) -> None:
    round_ = drafted(lead, world)
    address = f"/rounds/{round_.pk}/draft/"
    assert FORM["about"] in lead.get(address).content.decode()
    lead.post(address, {**FORM, "about": "Saturdays"})
    assert Ask.objects.get().about == "Saturdays"
    Round.objects.update(last_sent_on=NOW.date())
    late = lead.post(address, {**FORM, "about": "Sundays"})
    assert "Some were asked already" in late.content.decode()
    assert Ask.objects.get().about == "Saturdays"


def test_a_why_that_needs_care_is_warned_of(lead: Client, world: World) -> None:
    round_ = drafted(lead, world)
    actions.take_in(round_, [world.joan], by=world.lead, at=NOW)
    row = Invitation.objects.get()
    said = {"shown": row.pk, f"why_{row.pk}": "Your pregnancy"}
    warned = lead.post(f"/rounds/{round_.pk}/why/", said)
    assert "This touches" in warned.content.decode()
    row.refresh_from_db()
    assert row.why_you == ""
    lead.post(f"/rounds/{round_.pk}/why/", {**said, "kept_with_care": "yes"})
    row.refresh_from_db()
    assert row.why_you == "Your pregnancy"


def test_the_pages_of_a_round_cost_as_many_queries_at_any_size(lead: Client, world: World) -> None:
    def count() -> dict[str, int]:
        found = {}
        for name in ("", "people/", "why/?all=1"):
            with CaptureQueriesContext(connection) as asked:
                assert lead.get(f"/rounds/{Round.objects.get().pk}/{name}").status_code == 200
            found[name] = len(asked)
        return found

    started(world, several(world, 3))
    small = count()
    more = several(world, 40, called="More")
    actions.take_in(Round.objects.get(), more, by=world.lead, at=NOW)
    assert count() == small
    assert max(small.values()) <= 15
