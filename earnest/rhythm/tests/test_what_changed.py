"""What changed: drafted from the record, the same for all, and what of it is one person's own (3.13)."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest
from django.test import Client

from earnest.initiatives import actions as initiatives
from earnest.initiatives.actions import Wish
from earnest.initiatives.models import Initiative, Participation, ScheduleChange
from earnest.messaging.models import Contact, Message
from earnest.people.models import Person, Team
from earnest.plans import actions as plans
from earnest.plans.actions import Answer
from earnest.plans.tests.given import FRIDAY, a_need, a_quote, an_input
from earnest.promises import actions as promises
from earnest.rhythm import actions, sweeps
from earnest.rhythm.actions import AlreadySent, ProgressDraft
from earnest.rhythm.models import ProgressMail
from earnest.rhythm.queries.progress import drafted
from earnest.rhythm.queries.reach import reach_of
from tests.worlds import NOW, World

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(days=3)  # a Monday
FURTHER = NOW + timedelta(days=40)


def draft(**more: object) -> ProgressDraft:
    words = {
        "number": 1,
        "kind": "everyone",
        "team": None,
        "subject": "What changed",
        "opening": "",
        "changed": "- Version 1 is out",
        "coming": "The trial begins",
    }
    return ProgressDraft(**{**words, **more})  # type: ignore[arg-type]


def send(world: World, **more: object) -> ProgressMail:
    return actions.send_progress(world.initiative, draft(**more), by=world.lead, at=LATER)


def known(*people: Participation) -> None:
    """They were told who writes to them, and what for."""
    Participation.objects.filter(pk__in=[one.pk for one in people]).update(first_told_at=NOW)


@pytest.fixture
def told(world: World) -> World:
    known(world.joan, world.sam)
    Person.objects.filter(pk=world.sam.person_id).update(email="sam@example.org")
    return world


def test_it_is_drafted_from_everything_that_happened_since(world: World) -> None:
    initiative = world.initiative
    initiative.versions.create(number=1, summary="A trial first", published_at=LATER)
    plans.reply(an_input(world, world.joan), Answer("used"), by=world.lead, at=LATER)
    plans.reply(
        an_input(world, world.sam, "Close on Fridays"),
        Answer("not_used", "Fridays are full."),
        by=world.lead,
        at=LATER,
    )
    for words in ("send the list", "bring the form"):
        made = promises.Draft(words, "ours", due=LATER.date())
        promise = promises.make_promise(world.joan, made, by=world.lead, at=NOW)
    promises.keep_promise(promise, by=world.lead, at=LATER)
    initiative.stages.all().delete()
    initiative.stages.create(position=1, name="Heard", reached_on=LATER.date())
    initiative.stages.create(position=2, name="Trial", must_be_true="two desks say yes")
    measure = initiative.measures.create(name="Waiting", unit="days", baseline=9, made_at=NOW)
    measure.readings.create(value=Decimal("6.50"), on=LATER.date(), at=LATER)
    ScheduleChange.objects.create(initiative=initiative, cause="Not all are heard", at=LATER)
    found = drafted(initiative, at=LATER)
    assert found.changed == [
        "Version 1 of the plan: A trial first",
        "2 answers to what you proposed or need: 1 used, 1 not used.",
        "What we promised: 1 kept.",
        "Reached: Heard.",
        "Waiting: from 9 to 6.5 days.",
        "We took more time: Not all are heard",
    ]
    assert found.coming == ["Next stage: Trial. For that: two desks say yes"]


def test_the_next_one_begins_where_the_last_one_ended(told: World) -> None:
    told.initiative.versions.create(number=1, summary="A trial first", published_at=NOW)
    send(told)
    found = drafted(told.initiative, at=FURTHER)
    assert (found.number, found.since, found.changed) == (2, LATER, [])


def test_what_a_team_was_told_is_still_to_be_told_to_everyone(told: World) -> None:
    initiative = told.initiative
    day_after = NOW + timedelta(days=1)
    initiative.versions.create(number=1, summary="A trial first", published_at=day_after)
    team = Team.objects.create(workspace=told.workspace, name="Desk")
    send(told, kind="team", team=team)
    found = drafted(initiative, at=FURTHER)
    assert (found.number, found.since) == (2, initiative.made_at)
    assert "Version 1 of the plan: A trial first" in found.changed
    whole = actions.written(initiative, draft(number=2), by=told.lead, at=FURTHER)
    assert whole.since == initiative.made_at
    theirs = actions.written(
        initiative, draft(number=2, kind="team", team=team), by=told.lead, at=FURTHER
    )
    assert theirs.since == LATER


def test_nothing_changed_says_so_and_proposes_not_to_send(client: Client, world: World) -> None:
    client.force_login(world.lead)
    Initiative.objects.filter(pk=world.initiative.pk).update(made_at=NOW)
    page = client.get(f"/initiatives/{world.initiative.pk}/progress/").content.decode()
    assert "Nothing changed" in page
    assert "<textarea" not in page
    anyway = client.get(f"/initiatives/{world.initiative.pk}/progress/?anyway=1")
    assert "<textarea" in anyway.content.decode()


def test_each_reads_what_became_of_theirs_and_of_nobody_else(told: World) -> None:
    plans.reply(
        an_input(told, told.joan, "Keep the old form"), Answer("used"), by=told.lead, at=LATER
    )
    plans.reply(
        a_need(told, told.sam, words="fewer mails"),
        Answer("in_part", "One mail a week."),
        by=told.lead,
        at=LATER,
    )
    made = promises.Draft("send the list", "ours", due=LATER.date())
    promise = promises.make_promise(told.sam, made, by=told.lead, at=NOW)
    promises.keep_promise(promise, by=told.lead, at=LATER)
    send(told)
    joan = told.joan.messages.get(kind="progress").text
    sam = told.sam.messages.get(kind="progress").text
    assert "“Keep the old form”\n  Used" in joan
    assert "fewer mails" not in joan
    assert "send the list" not in joan
    assert "“fewer mails”\n  Used in part: One mail a week." in sam
    assert "send the list: kept" in sam
    assert "Keep the old form" not in sam
    assert "[[page]]plan-news/" in sam


def test_words_for_the_leads_alone_stay_out_of_it(told: World) -> None:
    a_quote(told.joan)
    send(told, changed=f"Somebody said: {FRIDAY}")
    assert FRIDAY not in told.sam.messages.get().text
    assert "[…]" in told.sam.messages.get().text


def test_pressed_twice_is_once(told: World) -> None:
    send(told)
    with pytest.raises(AlreadySent):
        send(told)
    assert ProgressMail.objects.count() == 1
    assert Message.objects.count() == 2


def test_wishes_and_limits_win_and_it_is_said_how_many(told: World) -> None:
    Person.objects.filter(pk=told.joan.person_id).update(wants_less_at=NOW)
    before = reach_of(told.initiative, "everyone", None, at=LATER)
    assert (before.told, before.less, before.not_now) == (1, 1, 1)
    sent = send(told)
    assert (sent.told_count, sent.not_told_count) == (1, 1)
    assert not told.joan.messages.exists()


def test_it_counts_for_the_cap(told: World) -> None:
    for number in (1, 2, 3):
        sent = send(told, number=number)
    assert (sent.told_count, sent.not_told_count) == (0, 2)
    assert reach_of(told.initiative, "everyone", None, at=LATER).enough == 2


def test_who_was_never_spoken_with_gets_no_mail_to_many(world: World) -> None:
    known(world.joan)
    found = reach_of(world.initiative, "everyone", None, at=LATER)
    assert (found.told, found.not_heard) == (1, 1)
    send(world)
    assert not world.sam.messages.exists()


def test_who_stopped_the_news_of_the_plan_gets_none(told: World) -> None:
    plans.stop_news(told.joan, at=NOW)
    assert reach_of(told.initiative, "everyone", None, at=LATER).no_news == 1
    send(told)
    assert not told.joan.messages.exists()


def test_stopping_the_news_takes_back_what_has_not_left(told: World) -> None:
    send(told)
    plans.stop_news(told.joan, at=LATER)
    assert told.joan.messages.get().state == "withdrawn"


def test_after_a_stop_nothing_goes_to_them(told: World) -> None:
    initiatives.say_wish(told.joan, Wish.NOT_THIS, at=NOW)
    send(told)
    assert not told.joan.messages.exists()


def test_keep_me_updated_joins_it_whatever_the_audience(told: World) -> None:
    standing = promises.Draft("keep you updated", "ours")
    promises.make_promise(told.joan, standing, by=told.lead, at=NOW)
    assert reach_of(told.initiative, "data", None, at=LATER).kept_updated == 1
    send(told, kind="data")
    assert "We promised to keep you updated" in told.joan.messages.get().text
    assert not told.sam.messages.exists()


def test_it_leaves_in_their_own_working_hours(told: World) -> None:
    Person.objects.filter(pk=told.joan.person_id).update(time_zone="Pacific/Auckland")
    send(told)
    leaves = told.joan.messages.get().leaves_at
    assert (leaves - LATER) == timedelta(hours=10)  # nine in London is ten at night there


def test_a_mail_nobody_answered_is_no_contact(told: World) -> None:
    send(told)
    assert not Contact.objects.exists()
    told.joan.refresh_from_db()
    assert told.joan.last_contact_at is None


def test_many_are_told_some_at_a_time_and_nobody_twice(
    told: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("earnest.plans.telling.AT_ONCE", 1)
    assert send(told).told_at is None
    while sweeps.tell_progress(at=LATER):
        pass
    sent = ProgressMail.objects.get()
    assert (sent.told_count, sent.told_at) == (2, LATER)
    assert sorted(Message.objects.values_list("participation", flat=True)) == sorted(
        [told.joan.pk, told.sam.pk]
    )


def post(client: Client, world: World, **fields: str) -> str:
    asked = {
        "number": "1",
        "kind": "everyone",
        "subject": "What changed",
        "changed": "A trial first",
        **fields,
    }
    address = f"/initiatives/{world.initiative.pk}/progress/"
    return client.post(address, asked, follow=True).content.decode()


def test_it_is_read_as_one_of_them_before_it_is_sent(client: Client, told: World) -> None:
    client.force_login(told.lead)
    page = post(client, told, look="1", as_whom="Sam Reyes")
    assert "As Sam Reyes will read it" in page
    assert "Hello Sam," in page
    assert not Message.objects.exists()
    assert "Nobody on it is called so" in post(client, told, look="1", as_whom="Nobody")
    assert "2 people are told." in post(client, told, send="1")
    assert "This one is out already" in post(client, told, send="1")


def test_an_empty_one_is_not_sent_and_what_was_typed_stays(client: Client, told: World) -> None:
    client.force_login(told.lead)
    page = post(client, told, send="1", changed=" ", subject="My own subject")
    assert "There is nothing in it yet" in page
    assert "My own subject" in page
    assert not ProgressMail.objects.exists()


def test_it_stands_among_the_mails_of_the_person(client: Client, told: World) -> None:
    send(told)
    client.force_login(told.lead)
    page = client.get(f"/initiatives/{told.initiative.pk}/people/{told.joan.pk}/").content.decode()
    assert "A trial first" in page or "Version 1 is out" in page


def test_where_it_reaches_nobody_the_page_says_why(client: Client, told: World) -> None:
    Person.objects.update(wants_less_at=NOW)
    client.force_login(told.lead)
    address = f"/initiatives/{told.initiative.pk}/progress/"
    page = client.get(f"{address}?anyway=1").content.decode()
    assert "nobody who can be told by mail now. Why:" in page
    assert "<details open>" in page
    assert "2 asked for less" in page
    sent = post(client, told, send="1")
    assert "Nobody is told. 2 cannot be written to now: asked enough" in sent
    assert "Nobody was told. 2 could not be" in sent
