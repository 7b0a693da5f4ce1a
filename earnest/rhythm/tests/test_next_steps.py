"""What Today proposes to a leader, and what it leaves alone."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.test import Client

from earnest.accounts.models import User
from earnest.initiatives import actions as initiatives
from earnest.initiatives.models import Participation
from earnest.listening.models import Conversation, Finding, Question, Referral
from earnest.people.actions import Named
from earnest.people.models import Away
from earnest.promises import actions as promises
from earnest.promises.actions import Draft
from earnest.promises.models import Promise
from earnest.rhythm import actions, queries
from earnest.rhythm.models import Chosen
from earnest.standing import actions as standing
from tests.worlds import NOW, World

TODAY = NOW.date()


def rules(user: User, days: int = 0) -> list[str]:
    return [step.rule for step in queries.steps_for(user, at=NOW + timedelta(days=days))]


def promise(world: World, due: date | None, direction: str = "ours") -> Promise:
    draft = Draft("send the draft", direction, due=due)
    before = NOW - timedelta(days=20)
    return promises.make_promise(world.joan, draft, by=world.lead, at=before)


@pytest.fixture
def quiet(world: World) -> World:
    """Everyone was heard, and who asked for it is known: nothing to do."""
    words = initiatives.CommissionWords(asked_by="Joan Okafor")
    initiatives.write_commission(
        world.initiative,
        words,
        talk_to=Named("Joan Okafor", "joan@example.org"),
        by=world.lead,
        at=NOW,
    )
    talk = Conversation.objects.create(
        initiative=world.initiative,
        by=world.lead,
        held_on=TODAY,
        noted_at=NOW,
        looked_back_at=NOW,
    )
    talk.people.add(world.joan, world.sam)
    for one in (world.joan, world.sam):
        standing.note_heard(one, at=NOW)
    return world


def test_when_all_is_quiet_nothing_is_proposed(quiet: World) -> None:
    assert rules(quiet.lead) == []


@pytest.mark.parametrize(
    ("days", "rule"),
    [(-1, "promise-late"), (0, "promise-today"), (1, "promise-soon"), (9, None)],
)
def test_a_promise_comes_up_when_it_is_time(quiet: World, days: int, rule: str | None) -> None:
    promise(quiet, TODAY + timedelta(days=days))
    assert rules(quiet.lead) == ([rule] if rule else [])


def test_a_promise_made_today_is_seen_today(quiet: World) -> None:
    draft = Draft("send the draft", "ours", due=TODAY + timedelta(days=14))
    promises.make_promise(quiet.joan, draft, by=quiet.lead, at=NOW)
    assert rules(quiet.lead) == ["promise-made"]
    assert rules(quiet.lead, days=2) == []


def test_a_promise_is_its_makers_to_keep(quiet: World) -> None:
    promise(quiet, TODAY)
    assert rules(quiet.co_lead) == []


def test_kept_moved_or_released_it_goes(quiet: World) -> None:
    one = promise(quiet, TODAY)
    promises.keep_promise(one, by=quiet.lead, at=NOW)
    assert rules(quiet.lead) == []


def test_a_date_moved_asks_to_be_told(quiet: World) -> None:
    one = promise(quiet, TODAY)
    promises.move_promise(one, TODAY + timedelta(days=9), by=quiet.lead, at=NOW)
    assert rules(quiet.lead) == ["promise-tell"]
    promises.tell_moved(one, by=quiet.lead, at=NOW)
    assert rules(quiet.lead) == []


def test_theirs_is_asked_about_only_after_the_neutral_question(quiet: World) -> None:
    one = promise(quiet, TODAY - timedelta(days=4), "theirs")
    assert rules(quiet.lead) == []
    promises.ask_how_it_went(one, at=NOW)
    assert rules(quiet.lead) == ["theirs-without-word"]


def test_a_question_of_theirs_is_an_answer_owed(quiet: World) -> None:
    asked = {"initiative": quiet.initiative, "participation": quiet.joan, "asked_on": TODAY}
    Question.objects.create(**asked, words="Who decides?")
    assert rules(quiet.lead) == ["question-owed"]


def test_somebody_named_is_followed_until_spoken_to(quiet: World) -> None:
    one = Referral.objects.create(initiative=quiet.initiative, name="Ada", at=NOW)
    assert rules(quiet.lead) == ["referral"]
    Referral.objects.filter(pk=one.pk).update(spoken_at=NOW)
    assert rules(quiet.lead) == []


def test_what_was_found_waits_to_be_looked_through(quiet: World) -> None:
    talk = Conversation.objects.get()
    Finding.objects.create(conversation=talk, kind="quote", start=0, end=1, words="x")
    assert rules(quiet.lead) == ["notes-found"]


def test_nobody_heard_yet_is_first_heard(world: World) -> None:
    steps = queries.steps_for(world.lead, at=NOW)
    assert {step.title for step in steps if step.rule == "brief-missing"} == {
        "Find out what presses Joan today",
        "Find out what presses Sam today",
    }


@pytest.mark.parametrize(
    ("wish", "where"),
    [("stopped_at", "here"), ("stopped_at", "everywhere"), ("wants_less_at", "everywhere")],
)
def test_who_asked_for_quiet_is_left_alone_at_once(world: World, wish: str, where: str) -> None:
    one = world.joan if where == "here" else world.joan.person
    type(one)._default_manager.filter(pk=one.pk).update(**{wish: NOW})
    titles = [step.title for step in queries.steps_for(world.lead, at=NOW)]
    assert not any("Joan" in title for title in titles)


def test_who_is_away_is_not_proposed(world: World) -> None:
    Away.objects.create(person=world.joan.person, first_day=TODAY, last_day=TODAY)
    titles = [step.title for step in queries.steps_for(world.lead, at=NOW)]
    assert not any("Joan" in title for title in titles)
    later = queries.steps_for(world.lead, at=NOW + timedelta(days=2))
    assert any("Joan" in step.title for step in later)


def test_a_yes_rests_a_week_then_asks_for_a_small_step(quiet: World) -> None:
    standing.note_yes(quiet.joan, by=quiet.lead, at=NOW)
    assert rules(quiet.lead, days=6) == []
    assert rules(quiet.lead, days=7) == ["one-small-step"]


def test_no_chance_yet_asks_for_a_chance(quiet: World) -> None:
    standing.mark_no_chance(quiet.joan, by=quiet.lead, at=NOW)
    assert rules(quiet.lead) == ["no-chance"]


def test_put_off_comes_back_on_its_day(quiet: World) -> None:
    promise(quiet, TODAY)
    key = queries.steps_for(quiet.lead, at=NOW)[0].key
    actions.put_off(key, TODAY + timedelta(days=3), by=quiet.lead, at=NOW)
    assert rules(quiet.lead) == []
    assert rules(quiet.lead, days=3) == ["promise-late"]


def test_dismissed_stays_away_and_its_reason_is_kept(quiet: World) -> None:
    promise(quiet, TODAY)
    key = queries.steps_for(quiet.lead, at=NOW)[0].key
    actions.dismiss(key, "done by phone", by=quiet.lead, at=NOW)
    assert rules(quiet.lead) == []
    assert Chosen.objects.get().reason == "done by phone"


def test_of_a_closed_initiative_nothing_is_proposed(world: World) -> None:
    initiatives.close_initiative(world.initiative, by=world.lead, at=NOW)
    assert rules(world.lead) == []


def test_today_shows_five_at_most_and_says_how_many_wait(client: Client, world: World) -> None:
    for n in range(7):
        draft = Draft(f"promise {n}", "ours", due=TODAY - timedelta(days=30 + n))
        promises.make_promise(world.joan, draft, by=world.lead, at=NOW - timedelta(days=60))
    client.force_login(world.lead)
    html = client.get("/").content.decode()
    assert html.count('class="card step"') == 5
    assert "more for later" in html
    assert client.get("/?all").content.decode().count('class="card step"') > 7


def test_when_nothing_is_owed_it_says_so_and_names_the_next(client: Client, quiet: World) -> None:
    Participation.objects.update(since=NOW)
    far = date.today() + timedelta(days=400)  # noqa: DTZ011
    promise(quiet, far)
    client.force_login(quiet.lead)
    html = client.get("/").content.decode()
    assert "Nothing owed" in html
    assert "to Joan" in html


def test_the_pages_later_and_not_this_one_ask_and_write(client: Client, quiet: World) -> None:
    one = promise(quiet, TODAY)
    client.force_login(quiet.lead)
    key = f"promise-late:promise:{one.pk}"
    assert key in client.get(f"/steps/later/?step={key}").content.decode()
    assert client.post("/steps/later/", {"step": key}).status_code == 302
    refused = client.post("/steps/not-this/", {"step": key, "reason": ""})
    assert "Say why, in a few words." in refused.content.decode()
    assert client.post("/steps/not-this/", {"step": key, "reason": "by phone"}).status_code == 302
    kinds = list(Chosen.objects.order_by("pk").values_list("kind", flat=True))
    assert kinds == ["put_off", "dismissed"]


@pytest.mark.parametrize("step", ["", "nonsense", "promise-late:promise:x", "drop-table:person:1"])
def test_a_step_that_is_none_is_refused(client: Client, quiet: World, step: str) -> None:
    client.force_login(quiet.lead)
    assert client.post("/steps/later/", {"step": step}).status_code == 400
    assert not Chosen.objects.exists()
