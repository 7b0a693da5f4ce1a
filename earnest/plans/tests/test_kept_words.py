"""Words for the leads alone stand in no plan that others read, though a lead copied them (privacy.md 4)."""

from __future__ import annotations

import pytest
from django.test import Client

from earnest.listening import actions as listening
from earnest.listening.models import Quote
from earnest.messaging.models import Message
from earnest.plans import queries
from earnest.plans.queries.kept import copied_in, cut_kept
from earnest.plans.tests.given import FRIDAY, a_quote
from earnest.plans.tests.planned import a_part, publish
from tests.worlds import NOW, World

WHY = f"As we heard: {FRIDAY.lower()} So it moves."


@pytest.fixture
def quote(world: World) -> Quote:
    made = a_quote(world.joan)
    a_part(world, why=WHY)
    publish(world, FRIDAY)
    return made


def read(client: Client, world: World, who: str, path: str) -> str:
    client.force_login(getattr(world, who))
    return client.get(f"/initiatives/{world.initiative.pk}/{path}").content.decode()


@pytest.mark.parametrize("path", ["plan/", "plan/versions/1/"])
def test_others_read_the_plan_without_them_until_their_person_allows_it(
    client: Client, world: World, quote: Quote, path: str
) -> None:
    assert "forty open slots" in read(client, world, "lead", path).lower()
    shown = read(client, world, "contributor", path)
    assert "forty open slots" not in shown.lower()
    assert "As we heard: […] So it moves." in shown
    listening.pass_on(quote, Quote.PassedOn.UNNAMED, at=NOW)
    assert "forty open slots" in read(client, world, "contributor", path)


def test_their_own_words_they_read_themselves(world: World, quote: Quote) -> None:
    version = world.initiative.versions.get()
    assert queries.read_version(version, you=world.joan).parts[0].why == WHY
    assert "[…]" in queries.read_version(version, you=world.sam).parts[0].why


def test_nor_does_the_mail_about_it_bring_them_to_others(world: World, quote: Quote) -> None:
    mail = Message.objects.get(participation=world.joan)
    assert FRIDAY not in mail.text + mail.html
    assert "[…]" in mail.text
    assert world.initiative.versions.get().summary == FRIDAY


@pytest.mark.parametrize(("user", "reads"), [("lead", True), ("contributor", False)])
def test_neither_the_plan_in_short_nor_the_list_of_versions_repeats_them(
    client: Client, world: World, user: str, *, reads: bool
) -> None:
    words = "Two of the three systems are gone"
    world.initiative.quotes.create(participation=world.joan, words=words, said_on=NOW.date())
    world.initiative.parts.create(title=f"So that {words}", why="It", made_at=NOW, changed_at=NOW)
    world.initiative.versions.create(number=1, summary=f"Now: {words}", published_at=NOW)
    client.force_login(getattr(world, user))
    here = f"/initiatives/{world.initiative.pk}/plan"
    for page in (f"{here}/glance/", f"{here}/versions/"):
        assert (words in client.get(page).content.decode()) == reads, page


def test_the_plan_in_short_is_a_page_by_itself_and_a_piece_within_another(
    client: Client, world: World
) -> None:
    client.force_login(world.lead)
    here = f"/initiatives/{world.initiative.pk}/plan/glance/"
    assert "<h1>" in client.get(here).content.decode()
    assert "<h1>" not in client.get(here, headers={"HX-Request": "true"}).content.decode()


@pytest.mark.parametrize(
    ("copied", "reads"),
    [
        ("We hear: {bare}, and so it moves.", "We hear: […], and so it moves."),
        ("“{bare}”, said one of them.", "“[…]”, said one of them."),
        ("{bare}ish is another word.", "{bare}ish is another word."),
    ],
)
def test_words_that_were_copied_without_their_full_stop_are_found_too(
    copied: str, reads: str, world: World, quote: Quote
) -> None:
    bare = quote.words.rstrip(".")
    text = copied.format(bare=bare)
    assert cut_kept(world.initiative, [text])(text) == reads.format(bare=bare)
    assert bool(copied_in({world.initiative.pk: [text]})) == ("ish" not in text)


def test_a_quote_of_signs_alone_cuts_nothing(world: World) -> None:
    Quote.objects.create(
        initiative=world.initiative, participation=world.joan, words="- ? !", said_on=NOW.date()
    )
    assert cut_kept(world.initiative, ["What - ? ! now"])("What - ? ! now") == "What - ? ! now"


def test_they_are_cut_in_a_script_without_spaces_too(world: World) -> None:
    a_quote(world.joan, "星期五的时间不够用")
    text = "大家说星期五的时间不够用，所以改到星期一。"
    assert cut_kept(world.initiative, [text])(text) == "大家说[…]，所以改到星期一。"
