"""Quotes gathered into needs: merged, split, renamed, and nobody's words lost by it."""

from __future__ import annotations

import pytest

from earnest.core.models import Event
from earnest.listening import actions
from earnest.listening.actions import Under
from earnest.listening.models import Need, NeedNamed, Quote
from earnest.listening.tests.needs import counts, needs, says
from tests.worlds import NOW, World

PASSED = {"passed_on": Quote.PassedOn.UNNAMED}


def gather(world: World, quotes: list[Quote], words: str) -> Need:
    return actions.gather(world.initiative, quotes, words, by=world.lead, at=NOW)


def test_several_quotes_are_gathered_at_once_and_stay_theirs(world: World) -> None:
    first, second = says(world.joan, "Fridays are full"), says(world.sam, "No hands on Fridays")
    need = gather(world, [first, second], "Friday load")
    assert counts(need) == (2, 2)
    assert {one.participation for one in need.quotes.all()} == {world.joan, world.sam}
    assert Event.objects.get(action="quotes_gathered").detail == {"quotes": 2}


def test_the_same_need_is_found_again_in_another_case_and_spacing(world: World) -> None:
    first = needs(world.joan, "Élan on  Fridays")
    second = needs(world.sam, "élan ON fridays")
    assert first.need == second.need
    assert counts(first.need) == (2, 0)
    assert second.words == "élan ON fridays"


def test_gathered_under_a_name_there_is_they_join_it(world: World) -> None:
    need = needs(world.joan, "Friday load").need
    assert gather(world, [says(world.sam, "Full Fridays")], " friday  LOAD ") == need
    assert counts(need) == (2, 1)


def test_somebody_counts_once_however_often_they_say_it(world: World) -> None:
    need = needs(world.joan, "Friday load").need
    gather(world, [says(world.joan, "Full Fridays"), says(world.joan, "Again")], "Friday load")
    assert counts(need) == (1, 2)


def test_words_of_another_initiative_and_of_who_stopped_are_not_gathered(world: World) -> None:
    other = says(world.joan, "Elsewhere")
    Quote.objects.filter(pk=other.pk).update(initiative=world.other_initiative)
    theirs = says(world.sam, "Leave me")
    world.sam.stopped_at = NOW
    world.sam.save()
    assert counts(gather(world, [other, theirs], "Rest")) == (0, 0)


def test_the_oldest_word_says_since_when(world: World) -> None:
    need = needs(world.joan, "Friday load").need
    old = says(world.sam, "Long ago")
    Quote.objects.filter(pk=old.pk).update(said_on="2026-03-02")
    need = gather(world, [old], "Friday load")
    need.refresh_from_db()
    assert need.first_named_at
    assert need.first_named_at.isoformat()[:10] == "2026-03-02"


def test_taken_out_it_is_of_no_need_and_an_empty_need_is_gone(world: World) -> None:
    quote = says(world.joan, "Full Fridays")
    need = gather(world, [quote], "Friday load")
    assert actions.take_out(need, quote, by=world.lead, at=NOW)
    assert not actions.take_out(need, quote, by=world.lead, at=NOW)
    assert not Need.objects.exists()
    assert Quote.objects.get() == quote


def test_renamed_it_keeps_how_each_put_it(world: World) -> None:
    named = needs(world.joan, "Two more hands")
    actions.rename(named.need, "Friday load", by=world.lead, at=NOW)
    named = NeedNamed.objects.get()
    assert (named.need.words, named.words) == ("Friday load", "Two more hands")


def test_two_needs_are_never_called_alike(world: World) -> None:
    load, rest = needs(world.joan, "Friday load").need, needs(world.sam, "Rest").need
    with pytest.raises(actions.NameTaken) as taken:
        actions.rename(rest, "friday load", by=world.lead, at=NOW)
    assert taken.value.need == load
    actions.rename(rest, "REST", by=world.lead, at=NOW)


def test_merged_nothing_is_lost_and_a_split_undoes_it(world: World) -> None:
    load = gather(world, [says(world.joan, "Full Fridays")], "Friday load")
    hands = needs(world.sam, "More hands")
    both = says(world.sam, "Both")
    for name in ("Friday load", "More hands"):
        gather(world, [both], name)
    actions.merge(load, [hands.need, load], by=world.lead, at=NOW)
    assert counts(load) == (2, 2)
    assert [one.need for one in world.sam.needs_named.all()] == [load]
    hands.refresh_from_db()
    again = actions.split(load, Under([both], [hands]), "More hands", by=world.lead, at=NOW)
    assert counts(again) == (1, 1)
    assert counts(load) == (1, 1)


def test_a_split_takes_what_was_chosen_and_not_all(world: World) -> None:
    quote = says(world.joan, "Full Fridays")
    need = gather(world, [quote], "Friday load")
    with pytest.raises(actions.NothingLeft):
        actions.split(need, Under([quote]), "Other", by=world.lead, at=NOW)
    with pytest.raises(actions.NameTaken):
        actions.split(need, Under([quote]), "friday LOAD", by=world.lead, at=NOW)
    assert counts(need) == (1, 1)


def test_a_split_takes_nothing_that_lies_elsewhere(world: World) -> None:
    need = gather(world, [says(world.joan, "Full Fridays")], "Friday load")
    rest = needs(world.sam, "Rest")
    actions.split(need, Under([], [rest]), "Another", by=world.lead, at=NOW)
    rest.refresh_from_db()
    assert rest.need.words == "Rest"


def test_as_somebody_put_it_is_for_the_leads_and_a_leads_own_name_for_all(world: World) -> None:
    need = needs(world.joan, "Friday load").need
    assert need.called_at is None
    actions.rename(need, "Enough hands", by=world.lead, at=NOW)
    need.refresh_from_db()
    assert need.called_at == NOW


def test_a_name_in_words_left_for_the_leads_stays_with_them(world: World) -> None:
    quote = says(world.joan, "Fridays are the problem, as ever")
    need = gather(world, [quote], "fridays are the problem")
    assert need.called_at is None
    actions.pass_on(quote, Quote.PassedOn.NAMED, at=NOW)
    actions.rename(need, "Fridays are the problem", by=world.lead, at=NOW)
    need.refresh_from_db()
    assert need.called_at
    actions.pass_on(quote, Quote.PassedOn.LEADS_ONLY, at=NOW)
    need.refresh_from_db()
    assert need.called_at is None


def test_a_name_in_words_that_are_mended_or_struck_changes_with_them(world: World) -> None:
    quote = says(world.joan, "Fridays are the problem")
    need = gather(world, [quote, says(world.sam, "Not enough hands")], "Fridays are the problem")
    actions.mend_quote(quote, "Mondays are", at=NOW)
    need.refresh_from_db()
    assert need.words == "Not enough hands"
    assert counts(need) == (2, 2)


def test_a_leads_own_name_stays_when_somebody_mends_theirs(world: World) -> None:
    quote = says(world.joan, "Fridays are the problem")
    need = gather(world, [quote], "Time")
    actions.mend_quote(quote, "Mondays are", at=NOW)
    need.refresh_from_db()
    assert need.words == "Time"
    actions.strike_quote(quote, at=NOW)
    assert not Need.objects.exists()
