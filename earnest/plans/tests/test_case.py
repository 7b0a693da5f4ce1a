"""Words a part is built on, and the draft of the case: nothing in it but what people allow."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from django.test import Client

from earnest.initiatives.models import Initiative, Measure
from earnest.listening import actions as listening
from earnest.listening.models import Need, Quote
from earnest.listening.tests.needs import a_talk, crowd, needs, says
from earnest.plans.actions import case as actions
from earnest.plans.actions import connecting
from earnest.plans.models import Part, PartWords
from tests.worlds import NOW, World

UNNAMED, NAMED, LEADS = (
    Quote.PassedOn.UNNAMED,
    Quote.PassedOn.NAMED,
    Quote.PassedOn.LEADS_ONLY,
)


@pytest.fixture
def lead(client: Client, world: World) -> Client:
    client.force_login(world.lead)
    return client


@pytest.fixture
def part(world: World) -> Part:
    row: dict[str, Any] = {"made_at": NOW, "changed_at": NOW, "why": "Fridays are full"}
    return Part.objects.create(initiative=world.initiative, title="Weekend cover", **row)


def gather(world: World, quotes: list[Quote], words: str) -> Need:
    return listening.gather(world.initiative, quotes, words, by=world.lead, at=NOW)


def draft(client: Client, world: World) -> str:
    answer = client.get(f"/initiatives/{world.initiative.pk}/plan/case/text/")
    assert answer.status_code == 200
    return answer.content.decode()


def use(world: World, part: Part, *quotes: Quote) -> int:
    return actions.use_words(part, quotes, by=world.lead, at=NOW)


def test_words_are_chosen_among_those_of_the_needs_it_answers(
    lead: Client, world: World, part: Part
) -> None:
    full, other = says(world.joan, "Forty open slots"), says(world.sam, "I like tea")
    need = gather(world, [full], "Friday load")
    connecting.look_at(need, {part.pk: "solves"}, by=world.lead, at=NOW)
    address = f"/parts/{part.pk}/words/"
    page = lead.get(address).content.decode()
    assert "Forty open slots" in page
    assert "I like tea" not in page
    assert "I like tea" in lead.get(f"{address}?all").content.decode()
    lead.post(address, {"quotes": [full.pk]})
    lead.post(address, {"quotes": [full.pk]})  # twice
    assert [one.quote for one in PartWords.objects.all()] == [full]
    assert lead.post(address, {}).status_code == 400
    page = lead.get(address).content.decode()
    assert "for leads alone" in page
    assert "Joan Okafor" in page
    lead.post(f"{address}{full.pk}/left/")
    again = lead.post(f"{address}{full.pk}/left/", follow=True)
    assert "left out before" in again.content.decode()
    assert not PartWords.objects.exists()
    assert other.pk


def test_words_of_who_stopped_and_of_others_initiatives_are_not_used(
    world: World, part: Part
) -> None:
    stopped, elsewhere = says(world.sam, "Leave me"), says(world.joan, "Elsewhere")
    world.sam.stopped_at = NOW
    world.sam.save()
    Quote.objects.filter(pk=elsewhere.pk).update(initiative=world.other_initiative)
    assert use(world, part, stopped, elsewhere) == 0


def test_the_draft_says_what_will_be_there(lead: Client, world: World) -> None:
    page = lead.get(f"/initiatives/{world.initiative.pk}/plan/case/").content.decode()
    assert "Begin with the needs" in page


def test_the_draft_holds_only_what_is_passed_on_and_follows_at_once(
    lead: Client, world: World, part: Part
) -> None:
    quote = says(world.joan, "Forty open slots & one pair of hands")
    need = gather(world, [quote], "Friday load")
    connecting.look_at(need, {part.pk: "helps"}, by=world.lead, at=NOW)
    use(world, part, quote)
    text = draft(lead, world)
    assert "Friday load (a few people)" in text
    assert "Forty" not in text
    listening.pass_on(quote, UNNAMED, at=NOW)
    text = draft(lead, world)
    assert text.count("“Forty open slots & one pair of hands”\n") == 2
    assert "Joan" not in text
    listening.pass_on(quote, NAMED, at=NOW)
    assert "one pair of hands” – Joan Okafor" in draft(lead, world)
    listening.mend_quote(quote, "Fifty open slots", at=NOW)
    assert "“Fifty open slots” – Joan Okafor" in draft(lead, world)
    listening.pass_on(quote, LEADS, at=NOW)
    assert "Fifty" not in draft(lead, world)
    page = lead.get(f"/initiatives/{world.initiative.pk}/plan/case/").content.decode()
    assert "1 quote is for you alone" in page
    assert "Fifty" not in page


def test_a_need_called_as_somebody_put_it_stays_out_until_leads_name_it(
    lead: Client, world: World, part: Part
) -> None:
    need = needs(world.joan, "I am so tired of it").need
    connecting.look_at(need, {part.pk: "helps"}, by=world.lead, at=NOW)
    assert "tired" not in draft(lead, world)
    page = lead.get(f"/initiatives/{world.initiative.pk}/plan/case/").content.decode()
    assert "1 need is called as somebody put it" in page
    listening.rename(need, "Rest", by=world.lead, at=NOW)
    text = draft(lead, world)
    assert "Rest (a few people)" in text
    assert "It answers: Rest" in text


def test_words_for_leads_alone_that_were_copied_into_a_part_do_not_enter(
    lead: Client, world: World, part: Part
) -> None:
    says(world.joan, "Fridays are the very problem")
    Part.objects.update(why="Joan said: fridays are\nthe very problem. So we act.")
    text = draft(lead, world)
    assert "very problem" not in text
    assert "[…]. So we act." in text


def test_how_many_agree_is_told_in_words_from_five_on(
    lead: Client, world: World, part: Part
) -> None:
    people = crowd(world, 6)
    for one in people[:4]:
        _says_of_the_problem(one, "yes")
    assert "this is the problem" not in draft(lead, world)
    _says_of_the_problem(people[4], "yes")
    assert "this is the problem" not in draft(lead, world)  # all alike
    _says_of_the_problem(people[5], "no")
    assert "Most of those who were asked say: yes" in draft(lead, world)


def _says_of_the_problem(whose: Any, said: str) -> None:
    talk = a_talk(whose)
    talk.problem = said
    talk.save()


def test_what_it_is_worth_and_by_what_one_sees_it(lead: Client, world: World, part: Part) -> None:
    page = lead.get(f"/initiatives/{world.initiative.pk}/plan/case/").content.decode()
    assert "What does the organisation gain?" in page
    Initiative.objects.update(value_organisation="Fewer no-shows", value_individual="Free Fridays")
    Measure.objects.create(
        initiative=world.initiative,
        name="No-shows",
        unit="%",
        baseline=Decimal("12.5"),
        target=100,
        made_at=NOW,
    )
    text = draft(lead, world)
    assert "For the organisation: Fewer no-shows" in text
    assert "For each person: Free Fridays" in text
    assert "No-shows (%): it began at 12.5, it is to be 100" in text
    assert "\n\n\n" not in text


def test_the_draft_is_for_leads(client: Client, world: World) -> None:
    client.force_login(world.contributor)
    assert client.get(f"/initiatives/{world.initiative.pk}/plan/case/").status_code == 404
