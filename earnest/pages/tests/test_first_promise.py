"""From pasted notes to the first promise on Today."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils.timezone import now

from earnest.ideas.models import Idea
from earnest.initiatives.models import Initiative, Participation
from earnest.listening.models import Conversation, Finding, Quote, Referral
from earnest.people.models import Person
from earnest.promises.models import Promise
from earnest.standing.models import Evidence, Rung
from tests.worlds import World

NOTES = (
    "Talked with Joan on Friday. She has forty open slots and one pair of hands. "
    "“I have said yes to three new systems in two years. Two of them are gone.” "
    "I'll send her the draft before the others, in two weeks. "
    "She'll ask Sam for last year's no-show list by Tuesday. Sam did this in the North."
)
TARGET = "Every request has one owner within a day"


@pytest.fixture
def owner(client: Client, world: World) -> Client:
    client.force_login(world.owner)
    return client


def begin(client: Client, **changed: Any) -> Conversation:
    response = client.post("/first/", {"notes": NOTES, "target": TARGET, **changed})
    assert response.status_code == 302, response.content.decode()
    return Conversation.objects.latest("pk")


def taking_all(conversation: Conversation, **changed: str) -> dict[str, str]:
    """The review form as it stands, everything taken."""
    data = {"who-who": "Joan\nSam Reyes"}
    for finding in conversation.findings.all():
        key = f"f{finding.pk}"
        ours = finding.direction == "ours"
        data |= {
            f"{key}-take": "take",
            f"{key}-words": finding.words,
            f"{key}-who": finding.whom if ours else finding.speaker,
            f"{key}-direction": finding.direction,
            f"{key}-due": str(finding.due or ""),
            f"{key}-condition": finding.condition,
            f"{key}-name": finding.whom,
        }
    return data | changed


def test_somebody_new_is_led_to_the_beginning(owner: Client) -> None:
    assert owner.get("/").headers["Location"] == "/first/"


def test_notes_and_one_sentence_make_an_initiative(owner: Client, world: World) -> None:
    conversation = begin(owner)
    initiative = Initiative.objects.get(made_by=world.owner)
    assert (initiative.target, initiative.title) == (TARGET, TARGET)
    assert conversation.notes == NOTES  # as written


def test_nothing_is_created_before_one_says_so(owner: Client) -> None:
    conversation = begin(owner)
    assert conversation.findings.filter(kind="promise").count() == 2
    assert not Promise.objects.exists()
    assert not Quote.objects.exists()
    assert owner.get(f"/conversations/{conversation.pk}/found/").status_code == 200
    assert not Promise.objects.exists()


def test_taking_makes_promises_that_point_to_their_place(owner: Client, world: World) -> None:
    conversation = begin(owner)
    response = owner.post(f"/conversations/{conversation.pk}/found/", taking_all(conversation))
    assert response.status_code == 302, response.content.decode()
    ours = Promise.objects.get(direction="ours")
    assert ours.due == conversation.held_on + timedelta(days=14)
    assert ours.participation.person.name == "Joan"
    assert "draft" in NOTES[ours.start : ours.end]
    theirs = Promise.objects.get(direction="theirs")
    assert theirs.participation == ours.participation
    quote = Quote.objects.get()
    assert quote.words.startswith("I have said yes")
    assert quote.words in NOTES[quote.start : quote.end]
    assert Referral.objects.get().name == "Sam"


def test_the_first_promise_stands_on_today(owner: Client) -> None:
    conversation = begin(owner)
    owner.post(f"/conversations/{conversation.pk}/found/", taking_all(conversation))
    html = owner.get("/").content.decode()
    assert "You promised" in html
    assert "send her the draft" in html.lower()


def test_names_make_people_once_each(owner: Client, world: World) -> None:
    conversation = begin(owner)
    owner.post(f"/conversations/{conversation.pk}/found/", taking_all(conversation))
    on_it = Participation.objects.filter(initiative=conversation.initiative)
    assert {one.person.name for one in on_it} == {"Joan", "Sam Reyes"}
    assert Initiative.objects.get(pk=conversation.initiative_id).people_count == 2
    # Sam Reyes of the workspace had no address: the one person of that name is meant.
    assert Person.objects.filter(name="Sam Reyes").count() == 1


def test_whoever_was_there_counts_as_heard(owner: Client) -> None:
    conversation = begin(owner)
    owner.post(f"/conversations/{conversation.pk}/found/", taking_all(conversation))
    joan = Participation.objects.get(person__name="Joan", initiative=conversation.initiative)
    assert Rung.objects.get(pk=joan.pk).heard_at is not None


def test_what_is_left_is_not_offered_again(owner: Client) -> None:
    conversation = begin(owner)
    data = taking_all(conversation)
    for finding in conversation.findings.all():
        data[f"f{finding.pk}-take"] = "leave"
    owner.post(f"/conversations/{conversation.pk}/found/", data)
    assert not Promise.objects.exists()
    assert not conversation.findings.filter(state=Finding.State.OFFERED).exists()
    html = owner.get(f"/conversations/{conversation.pk}/found/").content.decode()
    assert "forty open slots" not in html


def test_a_second_answer_from_another_tab_writes_nothing_twice(owner: Client) -> None:
    conversation = begin(owner)
    data = taking_all(conversation)
    for _try in range(2):
        owner.post(f"/conversations/{conversation.pk}/found/", data)
    assert Promise.objects.count() == 2


def test_a_promise_without_a_name_says_so_and_writes_nothing(owner: Client) -> None:
    conversation = begin(owner)
    data = taking_all(conversation)
    ours = conversation.findings.get(direction="ours")
    data[f"f{ours.pk}-who"] = "Nobody Known"
    data[f"f{ours.pk}-words"] = "send her the longer draft"
    response = owner.post(f"/conversations/{conversation.pk}/found/", data)
    html = response.content.decode()
    assert response.status_code == 400
    assert "Nobody of this name" in html
    assert "send her the longer draft" in html  # what was typed is still there
    assert not Promise.objects.exists()
    assert not Person.objects.filter(name="Joan").exists()


def test_a_promise_can_be_written_beside_what_was_found(owner: Client) -> None:
    conversation = begin(owner, notes="Nothing much today.")
    data = {
        "who-who": "Joan",
        "own-words": "bring the list",
        "own-who": "Joan",
        "own-due": str(now().date() + timedelta(days=3)),
    }
    owner.post(f"/conversations/{conversation.pk}/found/", data)
    assert Promise.objects.get().words == "bring the list"


def test_an_idea_taken_is_a_deed_of_its_author(owner: Client) -> None:
    conversation = begin(owner, notes="+ Joan: start with two desks")
    owner.post(f"/conversations/{conversation.pk}/found/", taking_all(conversation))
    idea = Idea.objects.get()
    assert idea.words == "start with two desks"
    assert idea.participation is not None
    assert Rung.objects.get(pk=idea.participation.pk).step == "did"


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"notes": "  "}, "Paste your notes, or choose a file."),
        ({"target": ""}, "what should be happening?"),
        ({"target": "x" * 301}, "300"),
        ({"notes": "y" * 200_001}, "200,000"),
    ],
)
def test_wrong_input_is_said_beside_the_field_and_kept(
    owner: Client, given: dict[str, str], said: str
) -> None:
    before = Initiative.objects.count()
    response = owner.post("/first/", {"notes": NOTES, "target": TARGET, **given})
    html = response.content.decode()
    assert response.status_code == 400
    assert said in html
    assert "aria-invalid" in html
    assert Initiative.objects.count() == before


def test_a_file_is_as_good_as_pasting(owner: Client) -> None:
    upload = SimpleUploadedFile("friday.md", NOTES.encode())
    conversation = begin(owner, notes="", file=upload)
    assert (conversation.notes, conversation.source) == (NOTES, "friday.md")


def test_dates_in_a_mail_count_from_the_day_it_was_sent(owner: Client) -> None:
    mail = (
        f"Date: Fri, 13 Nov 2026 09:30:00 +0100\nContent-Type: text/plain; charset=utf-8\n\n{NOTES}"
    )
    conversation = begin(owner, notes="", file=SimpleUploadedFile("friday.eml", mail.encode()))
    assert conversation.held_on.isoformat() == "2026-11-13"
    due = conversation.findings.get(direction="theirs").due
    assert due is not None
    assert due.isoformat() == "2026-11-17"


def test_a_file_of_the_wrong_kind_is_refused_in_words(owner: Client) -> None:
    upload = SimpleUploadedFile("friday.pdf", b"%PDF")
    response = owner.post("/first/", {"target": TARGET, "file": upload})
    assert "Text, Markdown, Word" in response.content.decode()


def test_sensitive_lines_carry_a_warning(owner: Client) -> None:
    conversation = begin(owner, notes="! Joan: her depression makes Fridays hard")
    html = owner.get(f"/conversations/{conversation.pk}/found/").content.decode()
    assert "Write it down only if they want it written" in html


@pytest.mark.parametrize("name", ["Élodie Dupont", "Åsa Öberg", "Łukasz Żak", "Çağla Şahin"])
def test_every_name_is_a_name(owner: Client, name: str) -> None:
    first = name.split(maxsplit=1)[0]
    conversation = begin(owner, notes=f"< I will send {first} the list by Friday")
    data = taking_all(conversation, **{"who-who": name})
    ours = conversation.findings.get(kind="promise")
    for written in (first, first.upper(), name):
        sent = {**data, f"f{ours.pk}-who": written}
        response = owner.post(f"/conversations/{conversation.pk}/found/", sent)
        assert response.status_code == 302, response.content.decode()
    assert Promise.objects.get().participation.person.name == name


def test_a_button_pressed_twice_notes_one_conversation(owner: Client, world: World) -> None:
    first, second = begin(owner), begin(owner)
    assert first == second
    assert Initiative.objects.filter(made_by=world.owner).count() == 1


@pytest.mark.parametrize(
    ("day", "said"),
    [("2999-01-01", "Is the year right?"), ("0001-01-01", "Is the year right?"), ("x", "no")],
)
def test_a_day_that_cannot_be_meant_is_asked_about(owner: Client, day: str, said: str) -> None:
    sent = owner.post("/first/", {"notes": NOTES, "target": TARGET, "held_on": day})
    assert sent.status_code == 400
    assert said in sent.content.decode()


def test_in_a_group_a_quote_needs_its_speaker(owner: Client) -> None:
    conversation = begin(owner, notes="“Fridays are the problem for all of us here.")
    data = taking_all(conversation, **{"who-who": "Joan\nSam Reyes"})
    for finding in conversation.findings.all():
        data[f"f{finding.pk}-who"] = ""
    sent = owner.post(f"/conversations/{conversation.pk}/found/", data)
    assert "counts for nobody" in sent.content.decode()
    assert not Quote.objects.exists()


MAIL = """From: Tom Bos <tom@example.org>
To: Olga Owner <olga@example.org>
Date: Fri, 13 Nov 2026 09:30:00 +0100
Content-Type: text/plain; charset=utf-8

Thank you for coming by. I'll send you the numbers by 3 December.

On Thu, 12 Nov 2026 at 10:00, Olga Owner wrote:
> I will show you the draft by Friday.
>
> Olga
"""


def test_in_somebodys_mail_i_is_them_and_what_i_wrote_is_mine(owner: Client) -> None:
    upload = SimpleUploadedFile("tom.eml", MAIL.encode())
    conversation = begin(owner, notes="", file=upload)
    found = conversation.findings.filter(kind="promise")
    sides = {one.words: (one.direction, one.speaker, one.whom) for one in found}
    assert sides == {
        "send you the numbers": ("theirs", "Tom Bos", "Tom Bos"),
        "show you the draft": ("ours", "", "Tom Bos"),
    }
    page = owner.get(f"/conversations/{conversation.pk}/found/").context["review"]
    assert page.who.initial["who"] == "Tom Bos"


def test_what_was_seen_is_a_plain_fact_and_no_evidence(owner: Client) -> None:
    conversation = begin(owner, notes="~ Joan went quiet when the new form came up")
    data = taking_all(conversation, **{"who-who": "Joan"})
    seen = conversation.findings.get(kind="seen")
    data[f"f{seen.pk}-who"] = "Joan"
    owner.post(f"/conversations/{conversation.pk}/found/", data)
    joan = Participation.objects.get(person__name="Joan", initiative=conversation.initiative)
    assert [one.words for one in joan.seen.all()] == ["Joan went quiet when the new form came up"]
    assert not Evidence.objects.exists()
    page = owner.get(f"/initiatives/{joan.initiative_id}/people/{joan.pk}/").content.decode()
    assert "Seen, a plain fact: Joan went quiet" in page
