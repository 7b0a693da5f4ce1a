"""Everything held about a person: read, taken along, with a code mailed afresh."""

from __future__ import annotations

import io
import json
import re
import zipfile
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core import mail
from django.test import Client
from django.utils.timezone import now

from earnest.initiatives import actions as initiatives
from earnest.initiatives.models import Participation
from earnest.listening import actions as listening
from earnest.listening.models import Finding, Quote
from earnest.listening.tests.asked import invite
from earnest.pages import actions, proof
from earnest.pages.everything import everything_about
from earnest.pages.labels import readable
from earnest.pages.models import ProofCode
from earnest.pages.tests.own import hear, opened, shape
from earnest.people import actions as people
from tests.worlds import NOW, World

type Settings = pytest.FixtureRequest


def code_of(message: int = -1) -> str:
    found = re.search(r"^\d{6}$", str(mail.outbox[message].body), re.MULTILINE)
    assert found
    return found[0]


def prove(client: Client, own: str) -> None:
    client.post(f"{own}everything/code/")
    answer = client.post(f"{own}everything/code/entered/", {"code": code_of()})
    assert answer.status_code == 302, answer.content.decode()


def test_everything_waits_for_a_code_mailed_afresh(client: Client, world: World) -> None:
    hear(world, at=now())
    own = opened(client, world.joan)
    for address in ("everything/", "everything/download/", "erase/"):
        page = client.get(own + address)
        assert "Mail a code to joan@example.org" in page.content.decode()
        assert "Paint the ibis line" not in page.content.decode()
    assert "walrus" not in client.post(f"{own}erase/").content.decode()
    world.joan.person.refresh_from_db()
    assert world.joan.person.name == "Joan Okafor"


def test_the_code_opens_it_and_is_kept_nowhere(client: Client, world: World) -> None:
    hear(world, at=now())
    own = opened(client, world.joan)
    prove(client, own)
    assert mail.outbox[-1].to == ["joan@example.org"]
    assert code_of() not in ProofCode.objects.get().code_hash
    page = client.get(f"{own}everything/").content.decode()
    for words in (
        "Forty open slots",
        "Paint the ibis line",
        "Send the walrus draft",
        "joan@example.org",
        "tapir",
    ):
        assert words in page
    assert client.cookies["proof"]["path"] == own
    assert client.cookies["proof"]["httponly"]


def test_the_file_holds_a_page_and_the_same_for_programs(client: Client, world: World) -> None:
    hear(world, at=now())
    own = opened(client, world.joan)
    prove(client, own)
    response = client.get(f"{own}everything/download/")
    assert response.headers["Content-Type"] == "application/zip"
    with zipfile.ZipFile(io.BytesIO(response.content)) as archive:
        data = json.loads(archive.read("everything.json"))
        page = archive.read("everything.html").decode()
    here = data["initiative"]
    assert data["person"]["email"] == "joan@example.org"
    assert {one["words"] for one in here["promises"]} == {
        "Send the walrus draft",
        "Bring the no-show list",
    }
    assert "Not before the lemur move" in json.dumps(here)
    assert {"Paint the ibis line"} == {one["words"] for one in here["ideas"]}
    assert "Paint the ibis line" in page
    assert "night shift" not in json.dumps(data)


def test_without_mail_the_link_is_the_proof(
    client: Client, world: World, settings: Settings
) -> None:
    settings.EMAIL_URL = ""  # type: ignore[attr-defined]
    second = initiatives.start_initiative(
        world.workspace, title="The other one", target="Quiet", by=world.member, at=now()
    )
    initiatives.put_on(second, world.joan.person, held_by=world.member, by=world.member, at=now())
    page = client.get(f"{opened(client, world.joan)}everything/").content.decode()
    assert "One intake" in page
    assert "The other one" not in page


def test_with_a_code_too_it_is_this_initiative_alone(client: Client, world: World) -> None:
    second = initiatives.start_initiative(
        world.workspace, title="The other one", target="Quiet", by=world.member, at=now()
    )
    initiatives.put_on(second, world.joan.person, held_by=world.member, by=world.member, at=now())
    own = opened(client, world.joan)
    prove(client, own)
    page = client.get(f"{own}everything/").content.decode()
    assert "One intake" in page
    assert "The other one" not in page
    file = client.get(f"{own}everything/download/").content
    with zipfile.ZipFile(io.BytesIO(file)) as archive:
        assert "The other one" not in archive.read("everything.json").decode()


def test_a_wrong_code_is_said_beside_the_field(client: Client, world: World) -> None:
    own = opened(client, world.joan)
    client.post(f"{own}everything/code/")
    for typed, said in (
        ("12", "Six digits"),
        ("", "Write the six digits"),
        ("000 000", "not the code"),
    ):
        if code_of() == "000000":
            pytest.skip("one in a million")
        answer = client.post(f"{own}everything/code/entered/", {"code": typed})
        assert answer.status_code == 400
        assert said in answer.content.decode()
        assert typed in answer.content.decode()


def test_five_tries_then_even_the_right_one_is_refused(world: World) -> None:
    proof.ask_for_code(world.joan, at=now())
    right = code_of()
    wrong = "000000" if right != "000000" else "111111"
    for _ in range(5):
        assert proof.enter_code(world.joan, wrong, at=now()) is None
    assert proof.enter_code(world.joan, right, at=now()) is None


@pytest.mark.parametrize(
    "spoil",
    [
        pytest.param(lambda joan: proof.enter_code(joan, code_of(), at=now()), id="used"),
        pytest.param(
            lambda joan: ProofCode.objects.update(made_at=now() - timedelta(minutes=15)), id="old"
        ),
        pytest.param(lambda joan: proof.ask_for_code(joan, at=now()), id="replaced"),
    ],
)
def test_a_code_works_once_soon_and_as_the_last_one(
    world: World, spoil: Callable[[object], object]
) -> None:
    proof.ask_for_code(world.joan, at=now())
    first = code_of()
    spoil(world.joan)
    if len(mail.outbox) == 2 and code_of() == first:
        pytest.skip("one in a million")
    assert proof.enter_code(world.joan, first, at=now()) is None


def test_a_code_of_one_person_is_nothing_to_another(client: Client, world: World) -> None:
    world.sam.person.email = "sam@example.org"
    world.sam.person.save()
    proof.ask_for_code(world.joan, at=now())
    joans = code_of()
    proof.ask_for_code(world.sam, at=now())
    if code_of() != joans:
        assert proof.enter_code(world.sam, joans, at=now()) is None
    own = opened(client, world.sam)
    code = proof.enter_code(world.joan, joans, at=now())
    assert code
    from earnest.pages import access  # noqa: PLC0415

    client.cookies["proof"] = access.proof_for(code)
    assert "Is it you?" in client.get(f"{own}everything/").content.decode()
    assert not access.has_proved(access.proof_for(code), world.sam, at=now())


def test_the_proof_ends_after_a_quarter_of_an_hour(client: Client, world: World) -> None:
    own = opened(client, world.joan)
    prove(client, own)
    ProofCode.objects.update(used_at=now() - timedelta(minutes=16))
    assert "Is it you?" in client.get(f"{own}everything/").content.decode()


def test_nobodys_mailbox_is_filled(client: Client, world: World) -> None:
    own = opened(client, world.joan)
    for _ in range(5):
        answer = client.post(f"{own}everything/code/", follow=True)
    assert len(mail.outbox) == proof.MOST_CODES
    assert "Wait a quarter of an hour" in answer.content.decode()


def test_erasing_after_the_code(client: Client, world: World) -> None:
    own = opened(client, world.joan)
    prove(client, own)
    assert "Everything is erased" in client.post(f"{own}erase/").content.decode()
    world.joan.person.refresh_from_db()
    assert world.joan.person.erased_at


def also_on(world: World) -> Participation:
    """Joan, on an initiative somebody else leads."""
    second = initiatives.start_initiative(
        world.workspace, title="The other one", target="Quiet", by=world.member, at=now()
    )
    return initiatives.put_on(
        second, world.joan.person, held_by=world.member, by=world.member, at=now()
    )


def test_whoever_changes_the_address_reads_and_erases_nothing_elsewhere(
    client: Client, world: World
) -> None:
    hear(world, at=now())
    other = also_on(world)
    details = people.Details(name="Joan Okafor", email="mine@example.org")
    people.change_person(other.person, details, by=world.owner, at=now())
    own = opened(client, other)
    prove(client, own)
    assert "walrus" not in client.get(f"{own}everything/").content.decode()
    assert "changed in the last seven days" in client.get(f"{own}erase/").content.decode()
    assert "It is erased here" in client.post(f"{own}erase/").content.decode()
    world.joan.refresh_from_db()
    assert world.joan.person.name == "Joan Okafor"
    assert Quote.objects.filter(participation=world.joan, erased_at=None).exists()
    assert not Participation.objects.present().filter(pk=other.pk).exists()


def test_a_week_later_the_new_address_proves_it(world: World) -> None:
    details = people.Details(name="Joan Okafor", email="new@example.org")
    people.change_person(world.joan.person, details, by=world.owner, at=now())
    assert not proof.erases_everywhere(world.joan, at=now() + timedelta(days=6))
    assert proof.erases_everywhere(world.joan, at=now() + timedelta(days=7, minutes=1))


def test_where_no_code_can_be_mailed_other_initiatives_stay(
    client: Client, world: World, settings: Settings
) -> None:
    settings.EMAIL_URL = ""  # type: ignore[attr-defined]
    other = also_on(world)
    own = opened(client, world.joan)
    assert "No code can be mailed to you" in client.get(f"{own}erase/").content.decode()
    client.post(f"{own}erase/")
    other.person.refresh_from_db()
    assert other.person.name == "Joan Okafor"
    assert list(other.person.participations.all()) == [other]


def test_nothing_in_it_is_said_in_technical_words(client: Client, world: World) -> None:
    heard = hear(world, at=now())
    recap, _mail = actions.tell_back(heard.alone, world.joan, "", by=world.lead, at=now())
    listening.correct_recap(recap, "Thirty, not forty", at=now())
    listening.strike_quote(world.joan.quotes.get(words__startswith="Forty"), at=now())
    initiatives.say_wish(world.joan, initiatives.Wish.LESS, at=now())
    world.joan.refresh_from_db()
    own = opened(client, world.joan)
    prove(client, own)
    page = client.get(f"{own}everything/").content.decode()
    main = re.sub(r"<[^>]+>", " ", page.partition("<main")[2])
    assert "Thirty, not forty" in main
    assert "a link to their own page was made" in main
    assert "they asked for less" in main
    assert re.findall(r"\b[a-z]+_[a-z_]+\b", main) == []
    assert re.findall(r"\b(?:promise|talk|idea|quote|recap) \d+", main) == []


def test_findings_of_what_they_wrote_themselves_are_held_too(world: World) -> None:
    words = "I'll send you the list by Friday. The form takes an hour. Could you help?"
    listening.answer_in_writing(invite(world, world.joan), words, by=None, at=NOW)
    found = set(Finding.objects.values_list("words", flat=True))
    assert found
    held = everything_about(world.joan, at=NOW)["initiative"]["found_in_notes"]
    assert {one["words"] for one in held} == found


def test_what_plans_and_check_ins_hold_is_there_to_read_and_to_take_along(world: World) -> None:
    shape(world, hear(world, at=now()), at=now())
    data = everything_about(Participation.objects.get(pk=world.joan.pk), at=now())
    here = data["initiative"]
    assert {one["words"] for one in here["asked_for_or_proposed"]} > {
        "The falcon list should stay on the wall.",
        "Feed the weasel first",
        "Paint the ibis line",
    }
    answered = here["what_became_of_it"][0]
    assert (answered["what"], "falcon" in answered["words"]) == ("used", True)
    assert [one["by_the_person"] for one in answered["talked_about"]] == [True, False]
    assert here["check_ins"][0]["words"] == "Feed the weasel first"
    assert here["how_this_serves"][0]["what_you_value"] == "Jackal days off"
    assert here["their_words_in_the_plan"][0]["in_the_plan"] == "Cover"
    assert here["sees_to_parts"] == [{"title": "Cover"}]
    assert here["no_mail_about_the_plan_since"]
    assert readable(data)
