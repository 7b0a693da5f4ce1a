"""What people ask for or propose becomes an input, once, wherever it came from (3.9, 1.4)."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from earnest.initiatives import actions as initiatives
from earnest.initiatives.models import AskedToStop, Initiative
from earnest.listening import actions as listening
from earnest.listening.actions import Under
from earnest.listening.models import Quote
from earnest.listening.tests.asked import invite
from earnest.plans import actions, sweeps
from earnest.plans.actions import gathering
from earnest.plans.models import Input
from earnest.plans.tests.given import FRIDAY, a_need, a_quote, a_round, an_idea, an_input
from earnest.standing.models import Evidence
from tests.worlds import NOW, World

DAY = timedelta(days=1)


def sources() -> list[tuple[str, str]]:
    return sorted(Input.objects.values_list("source", "words"))


def deeds(world: World) -> list[str]:
    rows = Evidence.objects.filter(participation_id=world.joan.pk, item="contributed")
    return sorted(rows.values_list("source", flat=True))


def test_an_idea_is_an_input_once_and_one_deed(world: World) -> None:
    idea = an_idea(world, world.joan)
    assert sweeps.take_up(at=NOW) == 1
    assert sweeps.take_up(at=NOW) == 0
    taken = Input.objects.get()
    assert (taken.idea, taken.words, taken.participation) == (idea, "Paint the line", world.joan)
    assert deeds(world) == [f"idea {idea.pk}"]


def test_an_idea_of_nobody_in_particular_is_an_input_too(world: World) -> None:
    an_idea(world, None)
    sweeps.take_up(at=NOW)
    assert Input.objects.get().participation is None


def test_a_quote_is_one_only_where_a_lead_says_so(world: World) -> None:
    quote = a_quote(world.joan)
    sweeps.take_up(at=NOW)
    assert not Input.objects.exists()
    taken, new = actions.take_quote(quote, by=world.lead, at=NOW)
    again, anew = actions.take_quote(quote, by=world.lead, at=NOW)
    assert (taken, new, anew) == (again, True, False)
    assert (taken.source, taken.words, taken.quote) == ("quote", FRIDAY, quote)
    assert deeds(world) == [f"input {taken.pk}"]


def test_a_quote_keeps_what_its_person_allows(world: World) -> None:
    quote = a_quote(world.joan, passed_on=Quote.PassedOn.UNNAMED)
    assert actions.take_quote(quote, by=world.lead, at=NOW)[0].passed_on == "unnamed"


def test_what_they_write_on_their_page_is_one_and_a_question_is_owed_by_itself(
    world: World,
) -> None:
    listening.write_in_own_hand(world.joan, "Start at noon.\nWho decides?", on=NOW.date(), at=NOW)
    sweeps.take_up(at=NOW)
    assert sources() == [("page", "Start at noon.")]
    assert len(deeds(world)) == 1


def test_a_written_answer_to_an_ask_is_one(world: World) -> None:
    invitation = invite(world, world.joan)
    listening.answer_in_writing(invitation, "Two hands more on Fridays.", by=None, at=NOW)
    sweeps.take_up(at=NOW)
    sweeps.take_up(at=NOW)
    assert sources() == [("page", "Two hands more on Fridays.")]
    assert deeds(world) == [f"invitation {invitation.pk}"]


def test_lines_of_a_named_check_in_come_with_their_person(world: World) -> None:
    a_round(world, anonymous=False, lines={world.joan: "Ask the North first", world.sam: ""})
    sweeps.take_up(at=NOW)
    taken = Input.objects.get()
    assert (taken.source, taken.participation) == ("check_in", world.joan)
    assert deeds(world) == [f"input {taken.pk}"]


def test_lines_of_an_anonymous_one_come_without_and_once(world: World) -> None:
    round_ = a_round(world, anonymous=True, lines={1: "Later", 2: "Earlier"})
    sweeps.take_up(at=NOW)
    assert actions.take_lines(round_, at=NOW) == 0
    assert [(one.words, one.participation) for one in Input.objects.all()] == [
        ("Earlier", None),
        ("Later", None),
    ]
    assert not Evidence.objects.filter(item="contributed").exists()


def test_lines_of_an_open_round_are_nobodys_to_read(world: World) -> None:
    round_ = a_round(world, anonymous=False, lines={world.joan: "Not yet"})
    round_.closed_at = None
    round_.save()
    assert actions.take_lines(round_, at=NOW) == 0
    assert sweeps.take_up(at=NOW) == 0


def test_noted_by_hand_pressed_twice_is_once(world: World) -> None:
    first, second = an_input(world, world.joan), an_input(world, world.joan)
    assert first == second
    assert (first.source, deeds(world)) == ("noted", [f"input {first.pk}"])


def test_after_a_stop_nothing_new_is_taken_up(world: World) -> None:
    an_idea(world, world.joan)
    a_round(world, anonymous=False, lines={world.joan: "Ask the North first"})
    quote = a_quote(world.joan)
    listening.write_in_own_hand(world.joan, "Before the stop.", on=NOW.date(), at=NOW)
    initiatives.say_wish(world.joan, initiatives.Wish.NOT_THIS, at=NOW + DAY)
    assert sweeps.take_up(at=NOW + DAY) == 0
    for write in (
        lambda: actions.take_quote(quote, by=world.lead, at=NOW + DAY),
        lambda: an_input(world, world.joan, at=NOW + DAY),
    ):
        with pytest.raises(AskedToStop):
            write()
    assert not Input.objects.exists()


def test_what_they_write_after_a_stop_is_their_will_and_is_answered(world: World) -> None:
    initiatives.say_wish(world.joan, initiatives.Wish.NOT_AT_ALL, at=NOW)
    later = NOW + DAY
    listening.write_in_own_hand(world.joan, "One thing still.", on=later.date(), at=later)
    sweeps.take_up(at=later)
    assert sources() == [("page", "One thing still.")]


@pytest.mark.parametrize(
    ("decides_on", "decided", "still_open", "before"),
    [
        (date(2026, 12, 1), "", "", True),
        (NOW.date(), "all of it", "", True),
        (date(2026, 11, 19), "", "the rest", False),
        (None, "", "", True),
        (None, "the form", "the hours", True),
        (None, "the form", "", False),
    ],
)
def test_before_or_after_the_decision_is_stored_as_it_stood(
    world: World, *, decides_on: date | None, decided: str, still_open: str, before: bool
) -> None:
    world.initiative.decides_on = decides_on
    world.initiative.decided, world.initiative.still_open = decided, still_open
    world.initiative.save()
    taken = an_input(world, world.joan)
    assert taken.before_decision is before
    Initiative.objects.update(decides_on=date(2026, 1, 1))
    taken.refresh_from_db()
    assert taken.before_decision is before


def open_now(world: World) -> int:
    return Initiative.objects.get(pk=world.initiative.pk).inputs_open


def test_what_waits_is_counted_beside_the_initiative(world: World) -> None:
    one, two = an_input(world, world.joan), an_input(world, world.sam, "The same, for a year")
    need = a_need(world, world.joan)
    assert open_now(world) == 2
    sweeps.take_up(at=NOW)
    assert open_now(world) == 3
    actions.put_with(two, one, by=world.lead, at=NOW)
    assert open_now(world) == 2
    actions.put_under(one, need, by=world.lead, at=NOW)
    assert open_now(world) == 1
    two.refresh_from_db()
    assert two.need == need
    actions.put_with(two, None, by=world.lead, at=NOW)
    actions.put_under(two, None, by=world.lead, at=NOW)
    assert open_now(world) == 2


def test_gathered_under_a_need_what_was_written_waits_with_it_once(world: World) -> None:
    """One answer per need reaches everyone under it, so the same words are not answered twice."""
    quotes = [a_quote(one, f"Rest {one.pk}", own_hand=True) for one in (world.joan, world.sam)]
    actions.take_up(world.initiative, at=NOW)
    need = gathering.gather(world.initiative, quotes, "Rest", by=world.lead, at=NOW)
    assert open_now(world) == 1
    other = gathering.split(need, Under(quotes[:1]), "Sleep", by=world.lead, at=NOW)
    assert set(Input.objects.values_list("quote", "need")) == {
        (quotes[0].pk, other.pk),
        (quotes[1].pk, need.pk),
    }
    assert open_now(world) == 2
    gathering.take_out(other, quotes[0], by=world.lead, at=NOW)
    assert Input.objects.get(quote=quotes[0]).need is None
    assert open_now(world) == 2
