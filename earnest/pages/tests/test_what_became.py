"""What became of what they said: on their page and on the lead's, beside their own words."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.utils.timezone import now

from earnest.ideas.models import Idea
from earnest.initiatives import actions as initiatives
from earnest.initiatives.models import Initiative
from earnest.listening.models import Conversation, NeedNamed
from earnest.listening.tests.asked import invite
from earnest.messaging.models import Message
from earnest.pages import actions as pages
from earnest.pages.tests.own import opened
from earnest.plans import actions
from earnest.plans.actions import Answer
from earnest.plans.models import Chain, Input, Part, PartWords, Post, Reply
from earnest.plans.tests.given import A_YEAR, FRIDAY, a_need, a_quote, a_round, an_idea, an_input
from earnest.standing.models import Evidence
from tests.worlds import NOW, World

SIX_WEEKS = Answer("in_part", "Six weeks, not a year.")


def their_page(client: Client, world: World) -> str:
    return client.get(opened(client, world.joan)).content.decode()


def leads_page(client: Client, world: World) -> str:
    client.force_login(world.lead)
    on = f"/initiatives/{world.initiative.pk}/people/{world.joan.pk}/"
    return client.get(on).content.decode()


def test_the_answer_stands_beside_their_words_on_both_pages(client: Client, world: World) -> None:
    quote = a_quote(world.joan)
    taken, _new = actions.take_quote(quote, by=world.lead, at=NOW)
    assert "an answer is owed to you" in their_page(client, world)
    actions.reply(taken, SIX_WEEKS, by=world.lead, at=NOW)
    for page in (their_page(client, world), leads_page(client, world)):
        assert page.index(FRIDAY) < page.index("used in part") < page.index("Six weeks, not")
    assert "an answer is owed to you" not in their_page(client, world)


def test_one_answer_to_a_need_stands_beside_the_quote_and_is_told_once(
    client: Client, world: World
) -> None:
    need = a_need(world, world.joan)
    a_quote(world.joan).needs.add(need)
    actions.reply(need, Answer("used", "It lasts by design."), by=world.lead, at=NOW)
    words = their_page(client, world).partition('id="happened"')[0]
    assert words.count("It lasts by design.") == 2  # the words, and the name of the link
    assert words.index(FRIDAY) < words.index("It lasts by design.")


def test_named_later_they_see_the_answer_that_was_given_before(
    client: Client, world: World
) -> None:
    need = a_need(world, world.sam)
    actions.reply(need, Answer("used", "It lasts by design."), by=world.lead, at=NOW)
    assert "It lasts" not in their_page(client, world)
    NeedNamed.objects.create(need=need, participation=world.joan, at=NOW)
    assert "It lasts" in their_page(client, world)


def test_an_idea_what_was_noted_and_what_they_wrote_each_have_their_answer(
    client: Client, world: World
) -> None:
    an_idea(world, world.joan)
    an_input(world, world.joan)
    actions.take_up(world.initiative, at=NOW)
    for n, one in enumerate(Input.objects.order_by("pk")):
        actions.reply(one, Answer("used", f"Answer number {n}"), by=world.lead, at=NOW)
    for page in (their_page(client, world), leads_page(client, world)):
        assert "Paint the line" in page
        assert A_YEAR in page
        assert "Answer number 0" in page
        assert "Answer number 1" in page


def test_lines_and_what_changed_are_shown_to_everyone_asked(client: Client, world: World) -> None:
    a_round(world, anonymous=True, lines={1: "More light in the corridor"})
    actions.take_up(world.initiative, at=NOW)
    line = Input.objects.get()
    told = actions.reply(line, Answer("used", "Lamps come in May"), by=world.lead, at=NOW)
    assert not Message.objects.exists()
    page = their_page(client, world)
    assert page.index("More light") < page.index("Lamps come in May")
    assert client.get(f"/mine/{world.joan.pk}/replies/{told.reply.pk}/").status_code == 404


def test_what_they_write_waits_for_an_answer_at_once(client: Client, world: World) -> None:
    own = opened(client, world.joan)
    client.post(f"{own}say/", {"words": "Start at noon."})
    assert Input.objects.get().words == "Start at noon."
    assert Initiative.objects.get(pk=world.initiative.pk).inputs_open == 1


def test_so_does_a_written_answer(client: Client, world: World) -> None:
    invitation = invite(world, world.joan, at=now())
    own = opened(client, world.joan)
    client.post(f"{own}asked/{invitation.pk}/written/", {"text": "Two hands more."})
    taken = Input.objects.get()
    assert (taken.words, taken.conversation) == ("Two hands more.", Conversation.objects.get())


# ── talking about it ────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def told(world: World) -> Reply:
    return actions.reply(an_input(world, world.joan), SIX_WEEKS, by=world.lead, at=NOW).reply


def test_they_talk_about_it_without_an_account_and_it_waits_for_the_lead(
    client: Client, world: World, told: Reply
) -> None:
    own = opened(client, world.joan)
    assert "Talk about it" in client.get(f"{own}replies/{told.pk}/").content.decode()
    for _twice in range(2):
        client.post(f"{own}replies/{told.pk}/said/", {"words": "Eight weeks would do."})
    post = Post.objects.get()
    assert (post.from_person, post.read_at) == (True, None)
    client.force_login(world.lead)
    queue = client.get(f"/initiatives/{world.initiative.pk}/replies/").content.decode()
    assert "Waiting for your word" in queue
    assert "Eight weeks would do." in queue


def test_a_lead_answers_it_by_mail_and_theirs_is_read(
    client: Client, world: World, told: Reply
) -> None:
    actions.talk_back(told, world.joan, "Eight weeks would do.", at=NOW)
    client.force_login(world.lead)
    said = f"/replies/{told.pk}/{world.joan.pk}/said/"
    assert client.post(said, {"words": ""}).status_code == 400
    client.post(said, {"words": "Then eight it is."})
    mail = Message.objects.latest("pk")
    assert (mail.kind, mail.participation) == ("reply", world.joan)
    assert "Then eight it is." in mail.text
    assert Post.objects.get(from_person=True).read_at
    page = client.get(f"{opened(client, world.joan)}replies/{told.pk}/").content.decode()
    assert page.index("Eight weeks would do.") < page.index("Then eight it is.")


def test_talking_is_one_deed_however_much_is_said(world: World, told: Reply) -> None:
    Evidence.objects.all().delete()
    for n in range(3):
        actions.talk_back(told, world.joan, f"Word {n}", at=NOW)
    assert Evidence.objects.filter(kind="did", item="contributed").count() == 1


def test_talking_about_an_idea_is_no_second_deed(world: World) -> None:
    an_idea(world, world.joan)
    actions.take_up(world.initiative, at=NOW)
    told = actions.reply(Input.objects.get(), SIX_WEEKS, by=world.lead, at=NOW).reply
    actions.talk_back(told, world.joan, "A word", at=NOW)
    assert Evidence.objects.filter(kind="did", item="contributed").count() == 1


def test_after_a_stop_their_own_word_is_kept_and_the_lead_writes_nothing(
    client: Client, world: World, told: Reply
) -> None:
    initiatives.say_wish(world.joan, initiatives.Wish.NOT_THIS, at=now())
    own = opened(client, world.joan)
    client.post(f"{own}replies/{told.pk}/said/", {"words": "One word still."})
    assert Post.objects.get().words == "One word still."
    client.force_login(world.lead)
    said = f"/replies/{told.pk}/{world.joan.pk}/said/"
    page = client.post(said, {"words": "And mine."})
    assert page.status_code == 400
    assert "asked to be left alone" in page.content.decode()
    assert Post.objects.count() == 1


def test_an_answer_for_somebody_else_is_not_there(client: Client, world: World) -> None:
    sams = actions.reply(an_input(world, world.sam), SIX_WEEKS, by=world.lead, at=NOW).reply
    own = opened(client, world.joan)
    assert client.get(f"{own}replies/{sams.pk}/").status_code == 404
    assert client.post(f"{own}replies/{sams.pk}/said/", {"words": "x"}).status_code == 404
    client.force_login(world.lead)
    other = f"/replies/{sams.pk}/{world.joan.pk}/said/"
    assert client.post(other, {"words": "x"}).status_code == 404


# ── that is not what I meant ────────────────────────────────────────────────────────────────────


def test_a_mended_quote_changes_its_input_and_whatever_repeats_it_at_once(
    client: Client, world: World
) -> None:
    quote = a_quote(world.joan)
    taken, _new = actions.take_quote(quote, by=world.lead, at=NOW)
    repeats = Answer("used", f"You said “{FRIDAY}” and so it is.")
    actions.reply(taken, repeats, by=world.lead, at=NOW)
    part = Part.objects.create(
        initiative=world.initiative, title="Cover", why=FRIDAY, made_at=NOW, changed_at=NOW
    )
    chain = Chain.objects.create(
        participation=world.joan, value=FRIDAY, quote=quote, link="x", made_at=NOW, changed_at=NOW
    )
    own = opened(client, world.joan)
    client.post(f"{own}quotes/{quote.pk}/meant/", {"words": "Forty on some Fridays"})
    for row, column in ((taken, "words"), (part, "why"), (chain, "value")):
        row.refresh_from_db()
        assert getattr(row, column) == "Forty on some Fridays"
    assert "Forty on some Fridays" in Reply.objects.get().words
    assert FRIDAY not in Reply.objects.get().words


def test_a_struck_quote_is_gone_from_the_queue_the_plan_and_the_record(
    client: Client, world: World
) -> None:
    quote = a_quote(world.joan)
    taken, _new = actions.take_quote(quote, by=world.lead, at=NOW)
    part = Part.objects.create(
        initiative=world.initiative, title="Cover", why="w", made_at=NOW, changed_at=NOW
    )
    PartWords.objects.create(part=part, quote=quote, at=NOW)
    Chain.objects.create(
        participation=world.joan,
        value="Fridays",
        quote=quote,
        link="x",
        whose="theirs",
        made_at=NOW,
        changed_at=NOW,
    )
    pages.strike_quote(quote, at=NOW)
    taken.refresh_from_db()
    assert taken.words == ""
    assert taken.erased_at
    assert not PartWords.objects.exists()
    assert (Chain.objects.get().whose, Chain.objects.get().quote) == ("ours", None)
    assert Initiative.objects.get(pk=world.initiative.pk).inputs_open == 0
    standing = Evidence.objects.filter(source=f"input {taken.pk}")
    assert sorted(standing.values_list("value", flat=True), key=str) == [1, None]


def test_an_idea_is_mended_and_taken_back_with_its_input(client: Client, world: World) -> None:
    idea = an_idea(world, world.joan)
    actions.take_up(world.initiative, at=NOW)
    taken = Input.objects.get()
    own = opened(client, world.joan)
    assert client.post(f"{own}inputs/{taken.pk}/meant/", {"words": ""}).status_code == 400
    client.post(f"{own}inputs/{taken.pk}/meant/", {"words": "Paint it blue"})
    idea.refresh_from_db()
    taken.refresh_from_db()
    assert idea.words == taken.words == "Paint it blue"
    client.post(f"{own}inputs/{taken.pk}/struck/")
    assert not Idea.objects.exists()
    assert "Paint it blue" not in client.get(own).content.decode()
    actions.take_up(world.initiative, at=NOW + timedelta(days=1))
    assert not Input.objects.filter(erased_at=None).exists()


def test_of_two_alike_the_other_stands_when_the_first_is_taken_back(world: World) -> None:
    first, second = an_input(world, world.joan), an_input(world, world.sam, "A year, too")
    actions.put_with(second, first, by=world.lead, at=NOW)
    told = actions.reply(first, SIX_WEEKS, by=world.lead, at=NOW).reply
    actions.strike_input(first, at=NOW)
    second.refresh_from_db()
    told.refresh_from_db()
    assert (second.same_as, told.input) == (None, second)


def test_who_may_see_it_is_chosen_for_inputs_too(client: Client, world: World) -> None:
    quote, noted = a_quote(world.joan), an_input(world, world.joan)
    taken, _new = actions.take_quote(quote, by=world.lead, at=NOW)
    own = opened(client, world.joan)
    client.post(f"{own}inputs/{noted.pk}/passed-on/", {"passed_on": "named"})
    client.post(f"{own}quotes/{quote.pk}/passed-on/", {"passed_on": "unnamed"})
    assert Input.objects.get(pk=noted.pk).passed_on == "named"
    assert Input.objects.get(pk=taken.pk).passed_on == "unnamed"
