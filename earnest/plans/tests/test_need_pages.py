"""The pages of needs, as leads use them."""

from __future__ import annotations

import pytest
from django.test import Client

from earnest.listening import actions as listening
from earnest.listening.models import Need, Quote
from earnest.listening.tests.needs import a_talk, counts, needs, says
from tests.worlds import NOW, World


@pytest.fixture
def lead(client: Client, world: World) -> Client:
    client.force_login(world.lead)
    return client


def gather(world: World, quotes: list[Quote], words: str) -> Need:
    return listening.gather(world.initiative, quotes, words, by=world.lead, at=NOW)


def text(client: Client, path: str) -> str:
    return client.get(path).content.decode()


def page_of(world: World) -> str:
    return f"/initiatives/{world.initiative.pk}/needs/"


def test_before_anything_is_said_the_page_says_what_will_be_there(
    lead: Client, world: World
) -> None:
    assert "It begins with listening" in text(lead, page_of(world))


def test_quotes_are_gathered_several_at_once(lead: Client, world: World) -> None:
    quotes = [says(world.joan, "Full Fridays"), says(world.sam, "No hands")]
    page = text(lead, page_of(world))
    assert "Full Fridays" in page
    assert "Joan Okafor" in page
    sent = {"quotes": [one.pk for one in quotes], "words": "Friday load"}
    lead.post(f"{page_of(world)}gathered/", sent)
    assert counts(Need.objects.get()) == (2, 2)
    page = text(lead, page_of(world))
    assert "2 people" in page
    assert "Every quote is under a need" in page


def test_what_was_chosen_stays_chosen_where_a_name_is_missing(lead: Client, world: World) -> None:
    quote = says(world.joan, "Full Fridays")
    answer = lead.post(f"{page_of(world)}gathered/", {"quotes": [quote.pk], "words": " "})
    assert answer.status_code == 400
    assert f'value="{quote.pk}" id="quote-{quote.pk}" checked' in answer.content.decode()
    assert not Need.objects.exists()


def test_a_quote_struck_meanwhile_gets_a_friendly_sentence(lead: Client, world: World) -> None:
    quote = says(world.joan, "Full Fridays")
    other = says(world.sam, "No hands")
    listening.strike_quote(quote, at=NOW)
    sent = {"quotes": [quote.pk, other.pk], "words": "Friday load"}
    answer = lead.post(f"{page_of(world)}gathered/", sent)
    assert "is not here any more" in answer.content.decode()
    assert not Need.objects.exists()


def test_the_most_named_need_comes_first_and_fifty_fit_a_page(lead: Client, world: World) -> None:
    rows = [Need(initiative=world.initiative, words=f"Need {n:02}", made_at=NOW) for n in range(51)]
    rows.append(Need(initiative=world.initiative, words="Zebra", made_at=NOW, people_count=3))
    Need.objects.bulk_create(rows)
    page = text(lead, page_of(world))
    assert page.index("Zebra") < page.index("Need 00")
    assert "Need 49" not in page.replace('<option value="Need 49">', "")
    last = Need.objects.get(words="Need 48")
    following = text(lead, f"{page_of(world)}?after={last.pk}")
    assert f'id="need-{Need.objects.get(words="Need 50").pk}"' in following
    assert f'id="need-{last.pk}"' not in following


def test_one_need_shows_each_quote_and_whose_words(lead: Client, world: World) -> None:
    need = gather(world, [says(world.joan, "Full Fridays")], "Friday load")
    needs(world.sam, "friday  load")
    page = text(lead, f"/needs/{need.pk}/")
    assert "Full Fridays" in page
    assert "Sam Reyes" in page
    assert "no part of the plan answers it" in page


def test_each_quote_of_a_need_stands_there_once_with_what_can_be_done_about_it(
    lead: Client, world: World
) -> None:
    need = gather(world, [says(world.joan, "Full"), says(world.sam, "Late")], "Friday load")
    page = text(lead, f"/needs/{need.pk}/")
    assert page.count("passed on:") == 2
    assert page.count("/out/") == 2
    assert page.count("answer of its own") == 2
    assert page.count("<div") == page.count("</div>")


def test_renamed_split_and_taken_out_from_its_page(lead: Client, world: World) -> None:
    quotes = [says(world.joan, "Full Fridays"), says(world.sam, "No hands")]
    need = gather(world, quotes, "Friday load")
    lead.post(f"/needs/{need.pk}/named/", {"words": "Time"})
    need.refresh_from_db()
    assert need.words == "Time"
    answer = lead.post(f"/needs/{need.pk}/split/", {"split-quotes": [quotes[1].pk]})
    assert answer.status_code == 400
    sent = {"split-quotes": [quotes[1].pk], "split-words": "Hands"}
    lead.post(f"/needs/{need.pk}/split/", sent)
    other = Need.objects.get(words="Hands")
    assert list(other.quotes.all()) == [quotes[1]]
    lead.post(f"/needs/{other.pk}/quotes/{quotes[1].pk}/out/")
    assert not Need.objects.filter(words="Hands").exists()
    assert lead.post(f"/needs/{other.pk}/quotes/{quotes[1].pk}/out/").status_code == 404
    again = lead.post(f"/needs/{need.pk}/quotes/{quotes[1].pk}/out/", follow=True)
    assert "taken out before" in again.content.decode()


def test_a_name_there_is_already_is_not_given_twice(lead: Client, world: World) -> None:
    need, _other = needs(world.joan, "Rest").need, needs(world.sam, "Time")
    answer = lead.post(f"/needs/{need.pk}/named/", {"words": "time"})
    assert answer.status_code == 400
    assert "called so already" in answer.content.decode()


def test_a_name_in_words_for_the_leads_alone_is_said_to_stay_there(
    lead: Client, world: World
) -> None:
    need = gather(world, [says(world.joan, "Fridays are the problem")], "Time")
    answer = lead.post(
        f"/needs/{need.pk}/named/", {"words": "fridays are the problem"}, follow=True
    )
    assert "for the leads alone" in answer.content.decode()


def test_two_needs_are_merged_by_choosing_a_name(lead: Client, world: World) -> None:
    load, rest = needs(world.joan, "Friday load").need, needs(world.sam, "Rest").need
    both = f"?need={load.pk}&need={rest.pk}"
    assert "These 2 are one need" in text(lead, f"{page_of(world)}merged/{both}")
    sent = {"need": [load.pk, rest.pk], "into": rest.pk}
    assert lead.post(f"{page_of(world)}merged/", sent).headers["Location"] == f"/needs/{rest.pk}/"
    assert counts(rest) == (2, 0)
    assert lead.post(f"{page_of(world)}merged/", sent, follow=True).status_code == 200  # twice
    assert Need.objects.count() == 1


def test_one_alone_is_merged_with_nothing(lead: Client, world: World) -> None:
    need = needs(world.joan, "Rest").need
    answer = lead.get(f"{page_of(world)}merged/?need={need.pk}&need=x", follow=True)
    assert "Choose two or more" in answer.content.decode()


def test_whether_this_is_the_problem_is_counted_by_the_last_answer(
    lead: Client, world: World
) -> None:
    for whose, said in ((world.joan, "no"), (world.joan, "yes"), (world.sam, "partly")):
        talk = a_talk(whose)
        talk.problem = said
        talk.save()
    page = text(lead, page_of(world))
    assert "1 of 2 asked: yes, this is the problem" in page
    assert "1 partly" in page
