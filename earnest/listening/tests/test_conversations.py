"""Conversations: noted on an initiative, read again with what was found in its place."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.utils.timezone import localdate
from hypothesis import given
from hypothesis import strategies as st

from earnest.initiatives.models import Participation
from earnest.listening import actions, queries
from earnest.listening.models import Conversation, Finding, Question, Referral
from earnest.standing.models import Rung
from tests.worlds import NOW, World

NOTES = "“Joan: Fridays are the problem.\n< I will send her the draft by Tuesday\nIt rained."


@pytest.fixture
def lead(client: Client, world: World) -> Client:
    client.force_login(world.lead)
    return client


def note(lead: Client, world: World, **given: object) -> Conversation | None:
    form = {"notes": NOTES, "held_on": str(localdate()), "who": "Joan Okafor", **given}
    lead.post(f"/initiatives/{world.initiative.pk}/conversations/new/", form)
    return Conversation.objects.order_by("pk").last()


def test_noting_says_who_was_there_and_that_they_were_heard(lead: Client, world: World) -> None:
    talk = note(lead, world)
    assert talk is not None
    assert list(talk.people.all()) == [world.joan]
    assert Rung.objects.get(pk=world.joan.pk).heard_at is not None
    assert Participation.objects.get(pk=world.joan.pk).last_contact_at is not None
    assert {one.kind for one in talk.findings.all()} == {"quote", "promise"}


def test_two_people_make_a_small_group(lead: Client, world: World) -> None:
    talk = note(lead, world, who="Joan Okafor\nSam Reyes")
    assert talk is not None
    assert talk.form == Conversation.Form.SMALL_GROUP


def test_somebody_new_comes_onto_the_initiative_by_being_there(lead: Client, world: World) -> None:
    note(lead, world, who="Ada Quist")
    assert world.initiative.participations.filter(person__name="Ada Quist").exists()


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"held_on": ""}, "Which day was it?"),
        ({"held_on": "soon"}, "That is not a date."),
        ({"held_on": str(localdate() + timedelta(days=2))}, "That day is still to come."),
        ({"notes": ""}, "Paste your notes, or choose a file."),
        ({"who": "joan@"}, "Line 1:"),
    ],
)
def test_wrong_input_is_said_and_nothing_kept(
    lead: Client, world: World, given: dict[str, str], said: str
) -> None:
    form = {"notes": NOTES, "held_on": str(localdate()), "who": "Joan Okafor", **given}
    sent = lead.post(f"/initiatives/{world.initiative.pk}/conversations/new/", form)
    assert sent.status_code == 400
    assert said in sent.content.decode()
    assert not Conversation.objects.exists()


def test_the_page_shows_the_notes_as_written_with_their_places(lead: Client, world: World) -> None:
    talk = note(lead, world)
    assert talk is not None
    html = lead.get(f"/conversations/{talk.pk}/").content.decode()
    assert "It rained." in html
    quote = talk.findings.get(kind="quote")
    assert f'id="at-{quote.start}"' in html


def test_markup_in_notes_is_only_text(lead: Client, world: World) -> None:
    talk = note(lead, world, notes="“Joan: <script>alert(1)</script> is what I said")
    assert talk is not None
    for address in (f"/conversations/{talk.pk}/", f"/conversations/{talk.pk}/found/"):
        assert "<script>alert" not in lead.get(address).content.decode()


@given(
    st.text(max_size=60), st.lists(st.tuples(st.integers(0, 60), st.integers(0, 20)), max_size=6)
)
def test_the_pieces_joined_are_the_notes_again(text: str, places: list[tuple[int, int]]) -> None:
    talk = Conversation(notes=text)
    found = [Finding(start=a, end=a + n) for a, n in places if a + n <= len(text)]
    assert "".join(piece.text for piece in queries.pieces(talk, found)) == text


def test_an_answer_owed_is_given_once_written(lead: Client, world: World) -> None:
    asked = {"initiative": world.initiative, "participation": world.joan}
    one = Question.objects.create(**asked, words="Who decides?", asked_on=localdate())
    refused = lead.post(f"/questions/{one.pk}/", {"answer": ""})
    assert "even if it is" in refused.content.decode()
    lead.post(f"/questions/{one.pk}/", {"answer": "The leads, in May."})
    one.refresh_from_db()
    assert (one.answer, one.answered_at is not None) == ("The leads, in May.", True)
    page = lead.get(f"/initiatives/{world.initiative.pk}/people/{world.joan.pk}/")
    assert "The leads, in May." in page.content.decode()


def test_talking_with_somebody_named_closes_the_referral(lead: Client, world: World) -> None:
    one = Referral.objects.create(initiative=world.initiative, name="sam reyes", at=NOW)
    note(lead, world, who="Sam Reyes")
    one.refresh_from_db()
    assert one.spoken_at is not None


@pytest.mark.parametrize("name", ["Joan", "okafor", "JOÁN", "Ms Okafor"])
def test_talking_with_them_closes_a_referral_by_a_part_of_their_name(
    world: World, name: str
) -> None:
    one = Referral.objects.create(initiative=world.initiative, name=name, at=NOW)
    notes = actions.Notes("Talked.", NOW.date(), people=[world.sam])
    actions.note_conversation(world.initiative, notes, by=world.lead, at=NOW)
    assert Referral.objects.get(pk=one.pk).spoken_at is None
    notes = actions.Notes("Talked.", NOW.date(), people=[world.joan])
    actions.note_conversation(world.initiative, notes, by=world.lead, at=NOW)
    assert Referral.objects.get(pk=one.pk).spoken_at == NOW


def test_who_is_meant_is_kept_with_the_referral(world: World) -> None:
    notes = actions.Notes("@ Joan", NOW.date(), people=[world.sam])
    talk = actions.note_conversation(world.initiative, notes, by=world.lead, at=NOW)
    finding = talk.findings.get(kind="referral")
    taken = actions.Taken(finding.words, world.sam)
    one = actions.take_referral(finding, taken, name="Joan", at=NOW)
    assert one.participation == world.joan


def test_a_referral_may_be_left_on_purpose(lead: Client, world: World) -> None:
    one = Referral.objects.create(initiative=world.initiative, name="Ada", at=NOW)
    lead.post(f"/referrals/{one.pk}/left/")
    one.refresh_from_db()
    assert one.left_at is not None


def test_how_much_one_listened_is_ones_own_to_say(lead: Client, world: World) -> None:
    talk = note(lead, world)
    assert talk is not None
    lead.post(f"/conversations/{talk.pk}/balance/", {"balance": "asked"})
    lead.post(f"/conversations/{talk.pk}/balance/", {"balance": "shouted"})
    talk.refresh_from_db()
    assert talk.balance == "asked"


def test_conversations_go_on_by_key(lead: Client, world: World) -> None:
    for n in range(60):
        Conversation.objects.create(
            initiative=world.initiative,
            by=world.lead,
            held_on=NOW.date() - timedelta(days=n // 3),
            noted_at=NOW,
        )
    address = f"/initiatives/{world.initiative.pk}/conversations/"
    first = lead.get(address).context["page"]
    second = lead.get(f"{address}?before={first.before}").context["page"]
    assert (len(first.conversations), len(second.conversations)) == (50, 10)
    assert lead.get(f"{address}?before=nonsense").status_code == 200


def test_one_first_name_two_people_is_nobody_in_particular(world: World) -> None:
    world.sam.person.name = "Joan Reyes"
    world.sam.person.save()
    named = queries.people_named(world.initiative.pk, {"Joan", "joan okafor", "Ada"})
    assert named == {"joan": None, "joan okafor": world.joan}
