"""Nothing is kept longer than the workspace says (privacy.md 10)."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.utils.timezone import now

from earnest.initiatives import actions as initiatives
from earnest.initiatives.models import Initiative
from earnest.listening.models import Conversation, Finding, Quote, Seen
from earnest.pages import sweeps
from earnest.pages.months import months_before
from earnest.pages.record import record_of
from earnest.pages.sweeps import keep_no_longer
from earnest.pages.tests.own import hear
from earnest.pages.tests.test_erasing import found
from earnest.people.models import Person
from earnest.plans import actions
from earnest.plans.models import Input
from earnest.plans.tests.given import A_YEAR, a_round, an_input
from earnest.promises.models import Promise
from tests.worlds import World

THEN = datetime(2026, 1, 15, 9, tzinfo=UTC)


def test_months_back_end_on_the_last_day_there_is() -> None:
    assert months_before(datetime(2026, 8, 31, tzinfo=UTC), 6).date().isoformat() == "2026-02-28"
    assert months_before(datetime(2026, 1, 15, tzinfo=UTC), 12).date().isoformat() == "2025-01-15"


def test_notes_go_after_six_months_and_what_was_taken_stays(world: World) -> None:
    heard = hear(world, at=THEN)
    keep_no_longer(at=THEN + timedelta(days=180))
    assert Conversation.objects.get(pk=heard.alone.pk).notes
    gone = keep_no_longer(at=THEN + timedelta(days=182))
    assert (gone.notes, gone.seen, gone.records) == (2, 1, 0)
    for talk in Conversation.objects.all():
        assert talk.notes == ""
        assert talk.notes_erased_at
    assert not Finding.objects.exists()
    assert not Seen.objects.exists()
    assert Quote.objects.filter(words__startswith="Forty").get().start is None
    assert Promise.objects.get(pk=heard.ours.pk).words == "Send the walrus draft"
    record = record_of(world.joan, today=now().date())
    assert [talk.own_notes for talk in record.talks] == ["", ""]


def test_the_workspace_says_how_long(world: World) -> None:
    world.workspace.notes_kept_months = 1
    world.workspace.save()
    hear(world, at=THEN)
    assert keep_no_longer(at=THEN + timedelta(days=40)).notes == 2


def test_records_go_a_year_after_the_end_then_counts_alone(world: World) -> None:
    hear(world, at=THEN)
    initiatives.close_initiative(world.initiative, by=world.lead, at=THEN)
    assert keep_no_longer(at=THEN + timedelta(days=360)).records == 0
    assert keep_no_longer(at=THEN + timedelta(days=366)).records == 2
    initiative = Initiative.objects.get(pk=world.initiative.pk)
    assert (initiative.people_count, initiative.erased_count) == (0, 2)
    assert not found(["walrus", "Okafor", "Reyes", "night shift"])


def test_who_is_on_another_initiative_stays_there_with_their_words(world: World) -> None:
    hear(world, at=THEN)
    second = initiatives.start_initiative(
        world.workspace, title="Two", target="Quiet", by=world.member, at=THEN
    )
    on = initiatives.put_on(
        second, world.joan.person, held_by=world.member, by=world.member, at=THEN
    )
    on.ideas.create(initiative=second, words="Plant the yew", on=THEN.date())
    initiatives.close_initiative(world.initiative, by=world.lead, at=THEN)
    keep_no_longer(at=THEN + timedelta(days=366))
    person = Person.objects.get(pk=world.joan.person_id)
    assert person.name == "Joan Okafor"
    assert person.own_goals
    assert list(person.participations.values_list("initiative", flat=True)) == [second.pk]
    assert found(["Plant the yew"])
    assert not found(["walrus"])


def test_run_twice_the_second_finds_nothing(world: World) -> None:
    hear(world, at=THEN)
    initiatives.close_initiative(world.initiative, by=world.lead, at=THEN)
    later = THEN + timedelta(days=400)
    assert keep_no_longer(at=later).anything
    assert not keep_no_longer(at=later).anything


def test_much_is_let_go_some_at_a_time(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sweeps, "AT_ONCE", 1)
    hear(world, at=THEN)
    later = THEN + timedelta(days=200)
    assert [keep_no_longer(at=later).notes for _ in range(3)] == [1, 1, 0]


def test_what_nobody_knows_whose_it_is_goes_then_too_also_where_it_was_taken_up(
    world: World,
) -> None:
    asked = a_round(world, anonymous=True, lines={1: A_YEAR}, at=THEN)
    actions.take_lines(asked, at=THEN)
    an_input(world, None, at=THEN)
    initiatives.close_initiative(world.initiative, by=world.lead, at=THEN)
    keep_no_longer(at=THEN + timedelta(days=360))
    assert Input.objects.filter(words=A_YEAR).count() == 2
    assert keep_no_longer(at=THEN + timedelta(days=366)).lines == 3
    assert not asked.lines.exists()
    assert set(Input.objects.values_list("words", flat=True)) == {"erased"}
    assert keep_no_longer(at=THEN + timedelta(days=367)).lines == 0
