"""Credit follows an idea into the plan, and words said elsewhere into a space (1.13, 1.14)."""

from __future__ import annotations

import pytest

from earnest.ideas import actions as ideas
from earnest.ideas import queries as in_spaces
from earnest.ideas.actions import Given
from earnest.ideas.models import Idea
from earnest.ideas.queries import Reader
from earnest.ideas.tests.spaces import browser, idea_of, named_space, unnamed_space, voice_of
from earnest.initiatives.actions import Wish
from earnest.initiatives.models import AskedToStop
from earnest.listening.models import Quote
from earnest.messaging import actions as messaging
from earnest.plans import actions, queries
from earnest.plans.actions import Answer, NotPassedOn, Reworded, WrongSpace
from earnest.plans.models import Input
from earnest.plans.queries.inputs import waiting
from earnest.plans.queries.versions import through
from earnest.plans.tests.given import a_quote
from earnest.plans.tests.planned import a_part
from earnest.standing.models import Evidence
from tests.worlds import NOW, World

pytestmark = pytest.mark.django_db


def grown(world: World) -> tuple[Idea, Idea]:
    """Sam's idea, and Joan's that builds on it: she wants to be named, he does not."""
    space = named_space(world)
    first = idea_of(voice_of(space, world.sam), "Paint the ibis line")
    given = Given("And number it", first, Idea.PassedOn.NAMED)
    return first, ideas.give_idea(space, voice_of(space, world.joan), given, at=NOW)


def test_the_clock_takes_up_no_idea_of_a_space(world: World) -> None:
    grown(world)
    assert actions.take_up(world.initiative, at=NOW) == 0


def test_taken_up_it_is_owed_an_answer_together_with_what_it_grew_from(world: World) -> None:
    first, second = grown(world)
    taken, new = actions.take_idea_up(second, by=world.lead, at=NOW)
    again, twice = actions.take_idea_up(second, by=world.lead, at=NOW)
    assert (new, twice, again) == (True, False, taken)
    assert Input.objects.get(idea=first).same_as == taken
    world.initiative.refresh_from_db()
    assert world.initiative.inputs_open == 1


def test_the_version_says_through_whom_as_far_as_each_allows(world: World) -> None:
    _first, second = grown(world)
    taken, _new = actions.take_idea_up(second, by=world.lead, at=NOW)
    part = a_part(world)
    answer = Answer("used", "Both of it", part=part)
    actions.reply(taken, answer, by=world.lead, at=NOW)
    (change,) = queries.next_version(world.initiative).changes
    assert through(change.inputs) == ["Joan Okafor", "a colleague"]


def test_of_a_space_without_names_it_is_somebody_in_the_space_in_answer_and_version(
    world: World,
) -> None:
    space = unnamed_space(world)
    first = idea_of(browser(space, "a"), "Paint the ibis line")
    second = idea_of(browser(space, "b"), "And number it", first)
    taken, _new = actions.take_idea_up(second, by=world.lead, at=NOW)
    assert [one.nobodys for one in queries.said_under(taken)] == ["somebody in the space"] * 2
    actions.reply(taken, Answer("used", "Both", part=a_part(world)), by=world.lead, at=NOW)
    (change,) = queries.next_version(world.initiative).changes
    assert through(change.inputs) == ["somebody in the space"]


def test_kept_for_the_leads_nobody_in_the_space_is_named_either(world: World) -> None:
    voice = browser(unnamed_space(world), "a")
    given = Given("Paint the ibis line", passed_on=Idea.PassedOn.LEADS_ONLY)
    idea = ideas.give_idea(voice.space, voice, given, at=NOW)
    taken, _new = actions.take_idea_up(idea, by=world.lead, at=NOW)
    assert queries.shown_as(taken) == ""


def test_an_idea_of_a_lead_is_said_to_be_theirs(world: World) -> None:
    idea = ideas.give_idea_as_lead(named_space(world), Given("A bell"), by=world.lead, at=NOW)
    taken, _new = actions.take_idea_up(idea, by=world.lead, at=NOW)
    assert queries.shown_as(taken) == str(world.lead)


def test_giving_it_counted_and_taking_it_up_does_not_count_again(world: World) -> None:
    _first, second = grown(world)
    actions.take_idea_up(second, by=world.lead, at=NOW)
    assert Evidence.objects.filter(participation_id=world.joan.pk).count() == 1


def test_both_authors_read_what_became_of_it(world: World) -> None:
    first, second = grown(world)
    taken, _new = actions.take_idea_up(second, by=world.lead, at=NOW)
    actions.reply(taken, Answer("used", "Painted on Monday"), by=world.lead, at=NOW)
    became = queries.became_of_ideas([first.pk, second.pk])
    assert {one.words for one in became.values()} == {"Painted on Monday"}
    assert set(became) == {first.pk, second.pk}


def test_without_names_an_idea_is_taken_up_as_nobodys(world: World) -> None:
    idea = idea_of(browser(unnamed_space(world), "a browser"), "Paint the ibis line")
    taken, _new = actions.take_idea_up(idea, by=world.lead, at=NOW)
    assert taken.participation is None
    assert not Evidence.objects.exists()
    assert actions.mend_idea(idea, "Paint two lines", at=NOW)
    taken.refresh_from_db()
    assert taken.words == "Paint two lines"


def test_after_a_stop_an_idea_is_not_taken_up(world: World) -> None:
    _first, second = grown(world)
    messaging.say_wish(world.joan, Wish.NOT_THIS, at=NOW)
    with pytest.raises(AskedToStop):
        actions.take_idea_up(second, by=world.lead, at=NOW)


def brought(world: World, passed_on: str = Quote.PassedOn.NAMED) -> tuple[Quote, Idea]:
    quote = a_quote(world.joan, passed_on=passed_on)
    taken, _new = actions.take_quote(quote, by=world.lead, at=NOW)
    idea, _new = actions.bring_into_space(taken, named_space(world), by=world.lead, at=NOW)
    return quote, idea


def as_others_read(world: World) -> list[tuple[str, str]]:
    page = in_spaces.ideas_page(named_space(world), Reader())
    return [(one.words, one.author) for one in page.ideas]


def test_a_quote_for_the_leads_alone_comes_into_no_space(world: World) -> None:
    with pytest.raises(NotPassedOn, match="Joan"):
        brought(world, Quote.PassedOn.LEADS_ONLY)
    assert not Idea.objects.exists()


def test_a_quote_stands_in_a_space_as_its_person_passes_it_on(world: World) -> None:
    quote, _idea = brought(world, Quote.PassedOn.UNNAMED)
    assert as_others_read(world) == [(quote.words, "a colleague")]


def test_no_longer_passed_on_it_is_gone_from_the_space_at_once(world: World) -> None:
    quote, _idea = brought(world)
    assert as_others_read(world) == [(quote.words, "Joan Okafor")]
    actions.pass_on_with(quote, Quote.PassedOn.LEADS_ONLY, at=NOW)
    assert as_others_read(world) == []


def test_mended_words_of_a_quote_are_mended_in_the_space(world: World) -> None:
    quote, idea = brought(world)
    words = Reworded(world.joan, quote.words, "I have twelve open slots")
    actions.reword_quote(quote, words, at=NOW)
    idea.refresh_from_db()
    assert idea.words == "I have twelve open slots"


def test_a_struck_quote_stands_in_no_space(world: World) -> None:
    quote, idea = brought(world)
    actions.reword_quote(quote, Reworded(world.joan, quote.words, ""), at=NOW)
    idea.refresh_from_db()
    assert (idea.words, idea.gone) == ("", "back")


def test_into_a_space_without_names_comes_nothing_that_leads_to_somebody(world: World) -> None:
    quote = a_quote(world.joan, passed_on=Quote.PassedOn.NAMED)
    taken, _new = actions.take_quote(quote, by=world.lead, at=NOW)
    with pytest.raises(WrongSpace):
        actions.bring_into_space(taken, unnamed_space(world), by=world.lead, at=NOW)


def test_brought_twice_it_stands_there_once(world: World) -> None:
    quote, idea = brought(world)
    taken = Input.objects.get(quote=quote)
    again, new = actions.bring_into_space(taken, named_space(world), by=world.lead, at=NOW)
    assert (again, new) == (idea, False)
    idea.refresh_from_db()
    assert idea.space is not None
    assert idea.space.ideas_given == 1


def test_who_gave_two_ideas_of_one_tree_is_counted_as_one_person(world: World) -> None:
    first, second = grown(world)
    voice = voice_of(named_space(world), world.sam)
    third = ideas.give_idea(voice.space, voice, Given("In two colours", second), at=NOW)
    taken, _new = actions.take_idea_up(third, by=world.lead, at=NOW)
    assert set(taken.also.values_list("idea", flat=True)) == {first.pk, second.pk}
    assert waiting(world.initiative, taken, NOW, at=NOW).people == 2


def test_credit_goes_to_both_that_stand_as_one_whichever_of_them_is_taken_up(world: World) -> None:
    space = named_space(world)
    kept = idea_of(voice_of(space, world.sam), "Paint the ibis line")
    joined = idea_of(voice_of(space, world.joan), "A painted line")
    ideas.merge_ideas(kept, joined, by=world.lead, at=NOW)
    taken, _new = actions.take_idea_up(joined, by=world.lead, at=NOW)
    assert [one.idea for one in taken.also.all()] == [kept]


def test_credit_goes_all_the_way_up_also_past_an_idea_that_was_taken_back(world: World) -> None:
    first, between = grown(world)
    voice = voice_of(named_space(world), world.joan)
    last = ideas.give_idea(voice.space, voice, Given("In two colours", between), at=NOW)
    ideas.take_idea_back(between, at=NOW)
    taken, _new = actions.take_idea_up(last, by=world.lead, at=NOW)
    assert [one.idea for one in taken.also.all()] == [first]
