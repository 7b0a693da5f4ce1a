"""The mirror counts what one lead pushed and what came back, week by week, and nobody else's doing."""

from __future__ import annotations

from collections import Counter
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils.timezone import now

from earnest.initiatives.models import Participation
from earnest.listening.models import Conversation, InvitationEvent
from earnest.listening.tests.asked import an_ask, invite
from earnest.messaging.models import Message
from earnest.messaging.tests.mails import put
from earnest.pages import erasure
from earnest.pages.actions import mirror as actions
from earnest.pages.models import MirrorWeek
from earnest.pages.queries.mirror import Week, people_on, weeks_of
from earnest.pages.sweeps import store_mirrors
from earnest.promises import actions as promises
from tests.worlds import NOW, World

WEEK = timedelta(days=7)
THIS = date(2026, 11, 16)  # the Monday of NOW


def sent(whom: Participation, at: datetime = NOW, **more: Any) -> Message:
    message = put(whom, at=at, **more)
    Message.objects.filter(pk=message.pk).update(state="sent", sent_at=at)
    return message


def talked(world: World, whom: Participation, on: date, balance: str, **more: Any) -> Conversation:
    talk = Conversation.objects.create(
        initiative=world.initiative,
        by=more.pop("by", world.lead),
        held_on=on,
        balance=balance,
        noted_at=NOW,
        **more,
    )
    talk.people.add(whom)
    return talk


def happened(world: World, whom: Participation, kind: str, at: datetime, **more: Any) -> None:
    """To an ask of its own."""
    invitation = invite(world, whom, an_ask(world), at=at)
    InvitationEvent.objects.create(invitation=invitation, kind=kind, at=at, **more)


def seen(world: World, at: datetime = NOW) -> dict[date, Week]:
    return {one.monday: one for one in weeks_of(world.lead, [world.initiative], at=at)}


@pytest.fixture(autouse=True)
def begun(world: World) -> None:
    """Thirty weeks ago."""
    world.initiative.made_at = NOW - 30 * WEEK
    world.initiative.save(update_fields=["made_at"])


def test_asks_and_reminders_that_left_and_talks_mostly_explained_are_pushes(world: World) -> None:
    sent(world.joan)
    sent(world.joan, kind="nudge", at=NOW - WEEK)
    put(world.sam)  # it waits
    talked(world, world.sam, NOW.date(), "explained")
    talked(world, world.sam, NOW.date(), "half")
    weeks = seen(world)
    assert weeks[THIS].pushed == 2
    assert weeks[THIS].counts["asks"] == weeks[THIS].counts["explained"] == 1
    assert weeks[THIS - WEEK].counts["nudges"] == weeks[THIS - WEEK].pushed == 1


def test_replies_and_news_are_no_pushes(world: World) -> None:
    sent(world.joan, kind="reply")
    sent(world.joan, kind="progress")
    assert seen(world)[THIS].pushed == 0


def test_answers_no_and_silence_are_told_apart(world: World) -> None:
    for kind in ("accepted", "proposed", "answered", "referred", "came", "declined", "lapsed"):
        happened(world, world.joan, kind, NOW)
    week = seen(world)[THIS]
    assert week.back == 5
    assert (week.counts["accepted"], week.counts["written"], week.counts["came"]) == (2, 2, 1)
    assert (week.counts["declined"], week.counts["silent"]) == (1, 1)


def test_what_we_called_off_is_no_answer_of_theirs(world: World) -> None:
    happened(world, world.joan, "cancelled", NOW, ours=True)
    assert seen(world)[THIS].no_or_silent == 0
    happened(world, world.sam, "cancelled", NOW, by_person=True)
    assert seen(world)[THIS].no_or_silent == 1


def test_their_promise_kept_is_something_that_came_back(world: World) -> None:
    draft = promises.Draft("bring the list", "theirs", due=NOW.date())
    made = promises.make_promise(world.joan, draft, by=world.lead, at=NOW - WEEK)
    promises.keep_promise(made, by=world.lead, at=NOW)
    own = promises.Draft("send the data", "theirs", due=NOW.date())
    theirs = promises.make_promise(world.joan, own, by=None, at=NOW - WEEK)
    promises.keep_promise(theirs, by=None, at=NOW)
    assert seen(world)[THIS].counts["did"] == 2


def test_own_promises_are_kept_late_or_moved_in_time(world: World) -> None:
    def promised(words: str, due: date) -> Any:
        draft = promises.Draft(words, "ours", due=due)
        return promises.make_promise(world.joan, draft, by=world.lead, at=NOW - WEEK)

    promises.keep_promise(promised("one", NOW.date()), by=world.lead, at=NOW)
    promises.keep_promise(promised("two", NOW.date() - WEEK), by=world.lead, at=NOW)
    later = NOW.date() + WEEK
    promises.move_promise(promised("three", NOW.date()), later, by=world.lead, at=NOW)
    promises.move_promise(promised("four", NOW.date() - WEEK), later, by=world.lead, at=NOW)
    counts = seen(world)[THIS].counts
    assert (counts["kept"], counts["kept_late"], counts["moved"]) == (2, 1, 1)


def test_what_others_did_is_not_in_ones_mirror(world: World) -> None:
    message = sent(world.joan)
    Message.objects.filter(pk=message.pk).update(by=world.co_lead)
    talked(world, world.sam, NOW.date(), "explained", by=world.co_lead)
    assert seen(world)[THIS].pushed == 0
    theirs = weeks_of(world.co_lead, [world.initiative], at=NOW)[-1]
    assert theirs.pushed == 2


def test_a_week_begins_on_monday_where_one_lives(world: World) -> None:
    world.lead.time_zone = "Pacific/Auckland"
    sunday_evening_in_london = datetime(2026, 11, 15, 20, 0, tzinfo=NOW.tzinfo)
    sent(world.joan, at=sunday_evening_in_london)
    assert seen(world)[THIS].pushed == 1


def test_heard_before_asked_to_agree_is_talk_first(world: World) -> None:
    talked(world, world.joan, NOW.date() - WEEK, "asked")
    invite(world, world.joan, an_ask(world, kind="act"))
    talked(world, world.sam, NOW.date(), "explained")
    counts = seen(world)[THIS].counts
    assert (counts["pitched"], counts["heard_first"]) == (2, 1)
    happened_later = invite(world, world.sam, an_ask(world, kind="backing"), at=NOW)
    assert happened_later.pk
    assert seen(world)[THIS].counts["pitched"] == 2


def test_an_ask_for_input_is_no_pitch_and_own_words_count_as_heard(world: World) -> None:
    invite(world, world.joan)
    assert seen(world)[THIS].counts["pitched"] == 0
    talked(world, world.joan, NOW.date(), "", form="written")
    invite(world, world.joan, an_ask(world, kind="green_light"))
    counts = seen(world)[THIS].counts
    assert (counts["pitched"], counts["heard_first"]) == (1, 1)


def test_mails_and_the_wordings_in_them_are_counted_also_when_words_are_gone(world: World) -> None:
    sent(world.joan, kind="reply", text="You must answer.")
    old = sent(world.sam, kind="reply")
    Message.objects.filter(pk=old.pk).update(hints=None)  # from before they were counted
    counts = seen(world)[THIS].counts
    assert (counts["sent"], counts["hints"]) == (1, 1)


def test_weeks_well_over_are_stored_once_and_stay_when_a_person_is_erased(world: World) -> None:
    then = NOW - 6 * WEEK
    sent(world.joan, at=then)
    sent(world.joan, at=NOW)
    before = [(week.monday, week.counts) for week in seen(world).values()]
    assert store_mirrors(at=NOW) == 2 * 23  # the lead and the co-lead
    assert store_mirrors(at=NOW) == 0
    assert [(week.monday, week.counts) for week in seen(world).values()] == before
    erasure.erase_person(world.joan.person, by=None, at=NOW)
    weeks = seen(world)
    assert weeks[THIS - 6 * WEEK].pushed == 1
    assert weeks[THIS].pushed == 0


def test_a_week_that_passes_is_stored_beside_the_others(world: World) -> None:
    store_mirrors(at=NOW)
    sent(world.joan, at=NOW)
    assert store_mirrors(at=NOW + 3 * WEEK) == 2 * 3
    assert MirrorWeek.objects.get(user=world.lead, monday=THIS).asks == 1


def test_nothing_is_stored_of_an_initiative_that_has_just_begun(world: World) -> None:
    world.initiative.made_at = NOW - WEEK
    world.initiative.save(update_fields=["made_at"])
    assert store_mirrors(at=NOW) == 0
    assert actions.store_weeks(world.lead, world.initiative, at=NOW) == 0


def test_stored_and_counted_weeks_cost_the_same_few_queries(
    world: World, django_assert_max_num_queries: Any
) -> None:
    with django_assert_max_num_queries(3):
        weeks_of(world.lead, [world.initiative], at=NOW)
    store_mirrors(at=NOW)
    with django_assert_max_num_queries(3):
        weeks_of(world.lead, [world.initiative], at=NOW)


def test_people_stand_by_their_last_contact_with_their_own_lines(world: World) -> None:
    for whom, days in ((world.joan, 2), (world.sam, 1)):
        Participation.objects.filter(pk=whom.pk).update(last_contact_at=NOW - timedelta(days=days))
    sent(world.joan)
    talked(world, world.joan, NOW.date(), "explained")
    talked(world, world.sam, NOW.date(), "asked")
    found = people_on(world.lead, world.initiative, at=NOW).people
    assert [one.participation for one in found] == [world.sam, world.joan]
    assert [(one.pushed, one.first) for one in found] == [(0, "talk"), (2, "pitch")]
    after = people_on(world.lead, world.initiative, at=NOW, after=str(world.sam.pk)).people
    assert [one.participation for one in after] == [world.joan]


def test_people_of_others_and_people_never_met_are_not_in_the_list(world: World) -> None:
    Participation.objects.filter(pk=world.joan.pk).update(
        last_contact_at=NOW, held_by=world.co_lead
    )
    assert people_on(world.lead, world.initiative, at=NOW).people == []


def test_the_page_shows_both_lines_in_words(client: Client, world: World) -> None:
    sent(world.joan, at=now())
    client.force_login(world.lead)
    page = client.get(f"/initiatives/{world.initiative.pk}/mirror/").content.decode()
    assert "In 26 weeks: pushed 1, came back 0, no or silence 0." in page
    assert "Too little to say yet" in page
    assert client.get("/mirror/").content.decode().count("pushed 1, came back 0") == 2


def test_whoever_leads_nothing_reads_what_will_be_there(client: Client, world: World) -> None:
    client.force_login(world.member)
    assert "Here you will see yourself lead" in client.get("/mirror/").content.decode()


def test_a_new_lead_reads_what_will_be_there_and_what_to_do_first(
    client: Client, world: World
) -> None:
    client.force_login(world.lead)
    page = client.get(f"/initiatives/{world.initiative.pk}/mirror/").content.decode()
    assert "Here will be two lines" in page
    assert f'href="/initiatives/{world.initiative.pk}/conversations/listen/"' in page or (
        "Listen to somebody" in page
    )


def test_counts_of_a_week_that_nothing_happened_in_are_nought() -> None:
    week = Week(THIS, Counter())
    assert (week.pushed, week.back, week.no_or_silent) == (0, 0, 0)
