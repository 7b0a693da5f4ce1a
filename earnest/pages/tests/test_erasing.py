"""Erasing a person: a search of every column of the whole database finds nothing of them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.db import connection
from django.test import Client
from django.utils.timezone import now
from django_tasks_db.models import DBTaskResult

from earnest.accounts import actions as accounts
from earnest.accounts.models import Invite, SignInLink
from earnest.accounts.sweeps import forget_over
from earnest.core.models import Event
from earnest.initiatives import actions as initiatives
from earnest.initiatives.models import GlassBreak, Initiative, Participation, PersonLink
from earnest.listening import actions as listening
from earnest.listening.actions import Notes
from earnest.listening.models import (
    Conversation,
    Finding,
    Invitation,
    InvitationEvent,
    Need,
    Quote,
    Referral,
    Seen,
)
from earnest.listening.tests.asked import an_ask
from earnest.pages import erasure
from earnest.pages.tests.own import GROUP, Heard, answer_back, hear, opened, shape
from earnest.people import actions as people
from earnest.people.models import Away, PeopleImport, Person, Tie
from earnest.promises.models import Promise
from earnest.standing.models import Evidence, Rung
from tests.worlds import World

# Their name and address, every word of theirs, and what others wrote of them. The animals are rare.
HERS = [
    "joan",
    "okafor",
    "joan@example.org",
    "forty",
    "zebra",
    "owl",
    "heron",
    "badger",
    "otter",
    "ibis",
    "walrus",
    "no-show",
    "lemur",
    "panda",
    "gecko",
    "tapir",
    "mole",
    "yak",
    "okapi",
    "quail",
    "ferret",
    "gnu",
    "puffin",
    "quokka",
    "wombat",
    "falcon",
    "beaver",
    "hyena",
    "jackal",
    "toucan",
    "viper",
    "weasel",
]
RANDOM_LETTERS = {"password", "session_key", "session_data"}  # they may spell an owl
THEIRS = ["Joan", "Okafor", *HERS]


def every_cell() -> Iterator[tuple[str, str, str]]:
    """Table, column and text of every cell there is; the same SQL on SQLite and PostgreSQL.

    Columns are named by a query: Django's own reading of a table's SQL takes long for the larger
    ones on SQLite, and breaks off at some of their constraints.
    """
    quote = connection.ops.quote_name
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {quote(table)}")  # noqa: S608
            names = [column[0] for column in cursor.description]
            for row in cursor.fetchall():
                for name, value in zip(names, row, strict=True):
                    if name not in RANDOM_LETTERS:
                        yield table, name, _as_text(value)
    for session in Session.objects.all():
        yield "django_session", "decoded", str(session.get_decoded())


def _as_text(value: object) -> str:
    raw = bytes(value) if isinstance(value, (bytes, memoryview)) else None
    return raw.decode("utf-8", "replace") if raw else str(value)


def found(words: list[str]) -> list[tuple[str, str, str]]:
    lower = [word.lower() for word in words]
    return [cell for cell in every_cell() if any(word in cell[2].lower() for word in lower)]


@pytest.fixture
def heard(world: World) -> Heard:
    heard = hear(world, at=now())
    answer_back(world, heard, at=now())
    shape(world, heard, at=now())
    return heard


def erase(world: World) -> None:
    person = Person.objects.get(pk=world.joan.person_id)
    assert erasure.erase_person(person, by=None, at=now())


def test_a_search_of_every_column_finds_them_before_and_nothing_after(
    world: World, heard: Heard
) -> None:
    PeopleImport.objects.create(
        workspace=world.workspace,
        by=world.lead,
        file_name="Joan Okafor.csv",
        file=b"name\nJoan Okafor\n",
        problems=[{"line": 2, "reason": "“joan@example.org” twice"}],
        made_at=now(),
    )
    before = {word for word in THEIRS if found([word])}
    assert before == set(THEIRS)
    erase(world)
    assert found(THEIRS) == []


def test_a_mail_that_failed_left_no_address_behind(world: World) -> None:
    DBTaskResult.objects.create(
        args_kwargs={"args": [1], "kwargs": {}},
        task_path="earnest.pages.jobs.mail_code",
        backend_name="default",
        run_after=now(),
        exception_class_path="smtplib.SMTPRecipientsRefused",
        traceback="{'joan@example.org': (550, b'no such user')}",
    )
    erase(world)
    assert not found(["joan@example.org"])


def test_names_of_two_who_share_a_first_name_are_told_apart(world: World, heard: Heard) -> None:
    other = Person.objects.create(workspace=world.workspace, name="Joan Miller")
    second = initiatives.put_on(
        world.initiative, other, held_by=world.lead, by=world.lead, at=now()
    )
    notes = Notes("Joan Miller likes Fridays. Joan Okafor does not.", now().date(), [second])
    talk = listening.note_conversation(world.initiative, notes, by=world.lead, at=now())
    erase(world)
    talk.refresh_from_db()
    assert talk.notes.startswith("Joan Miller likes Fridays. [erased]")
    assert not found(["Joan Okafor"])


def test_in_notes_of_a_group_places_of_others_stay_right(world: World, heard: Heard) -> None:
    erase(world)
    group = Conversation.objects.get(pk=heard.group.pk)
    assert len(group.notes) == len(GROUP)
    quote = Quote.objects.get(participation=world.sam)
    assert group.notes[quote.start : quote.end] == "The night shift needs its own list."
    kept = Finding.objects.get(pk=heard.sams.pk)
    assert group.notes[kept.start : kept.end] == kept.words
    assert "The three of us met on Tuesday." in group.notes
    assert "[erased]" in group.notes


def test_counts_stay_and_words_become_erased(world: World, heard: Heard) -> None:
    rung = Rung.objects.get(pk=world.joan.pk).step
    erase(world)
    initiative = Initiative.objects.get(pk=world.initiative.pk)
    assert (initiative.people_count, initiative.erased_count) == (1, 1)
    assert Rung.objects.get(pk=world.joan.pk).step == rung
    assert Promise.objects.filter(participation=world.joan, words="erased").count() == 2
    assert Quote.objects.filter(words="erased").exclude(erased_at=None).count() == 3
    assert Need.objects.get().words == "erased"
    assert {one.name for one in Referral.objects.all()} == {"Ann", "erased"}
    for model in (Seen, Away, Tie, PersonLink, GlassBreak):
        assert not model._default_manager.exists(), model
    assert not Evidence.objects.filter(participation_id=world.joan.pk).exists()
    assert Conversation.objects.get(pk=heard.alone.pk).notes == ""
    assert Person.objects.get(pk=world.sam.person_id).manager is None


def test_that_they_were_asked_stays_a_count_and_a_turn_that_waits_goes(
    world: World, heard: Heard
) -> None:
    asked = set(Invitation.objects.filter(participation=world.joan).values_list("pk", flat=True))
    waiting = an_ask(world, at=now())
    Invitation.objects.create(
        ask=waiting,
        initiative=world.initiative,
        participation=world.joan,
        why_you="the okapi again",
        state_at=now(),
        answer_by=waiting.answer_by,
    )
    erase(world)
    assert set(Invitation.objects.values_list("pk", flat=True)) == asked != set()
    assert set(Invitation.objects.values_list("why_you", "state")) == {("erased", "declined")}
    words = set(InvitationEvent.objects.values_list("words", flat=True))
    assert words <= {"erased", ""}


def test_a_need_that_others_named_too_keeps_its_words(world: World, heard: Heard) -> None:
    need = Need.objects.get()
    need.named.create(participation=world.sam, at=now())
    erase(world)
    need.refresh_from_db()
    assert need.words == "A shorter zebra form"
    assert set(need.named.values_list("participation", flat=True)) == {None, world.sam.pk}


def test_the_log_says_that_it_happened_not_of_whom(world: World, heard: Heard) -> None:
    joan = world.joan
    theirs = {"participation": joan.pk, "person": joan.person_id, "promise": heard.ours.pk}
    erase(world)
    event = Event.objects.get(action="person_erased")
    assert (event.object_type, event.object_id, event.detail) == ("", None, {})
    for kind, key in theirs.items():
        assert not Event.objects.filter(object_type=kind, object_id=key).exists(), kind
    assert not any("step" in event.detail for event in Event.objects.all())


def test_erased_twice_is_erased_once(world: World, heard: Heard) -> None:
    erase(world)
    person = Person.objects.get(pk=world.joan.person_id)
    assert not erasure.erase_person(person, by=None, at=now())
    assert Event.objects.filter(action="person_erased").count() == 1


def test_all_initiatives_at_once_and_other_workspaces_never(world: World, heard: Heard) -> None:
    second = initiatives.start_initiative(
        world.workspace, title="Two", target="Ask Joan Okafor", by=world.member, at=now()
    )
    initiatives.put_on(second, world.joan.person, held_by=world.member, by=world.member, at=now())
    world.other_initiative.decided = "Joan Okafor elsewhere is somebody else"
    world.other_initiative.save()
    erase(world)
    second.refresh_from_db()
    assert second.target == "Ask [erased]"
    assert second.erased_count == 1
    world.other_initiative.refresh_from_db()
    assert "Joan Okafor" in world.other_initiative.decided
    assert not Participation.objects.present().filter(initiative=second).exists()


def test_half_an_erasing_is_none(
    world: World, heard: Heard, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_args: object, **_more: object) -> None:
        raise RuntimeError

    monkeypatch.setattr("earnest.people.actions.erase_from_directory", broken)
    with pytest.raises(RuntimeError):
        erase(world)
    assert found(["walrus"])


def test_the_person_erases_with_a_second_tap_where_no_mail_can_be_sent(
    client: Client, world: World, heard: Heard, settings: object
) -> None:
    settings.EMAIL_URL = ""  # type: ignore[attr-defined]
    own = opened(client, world.joan)
    asked = client.get(f"{own}erase/").content.decode()
    assert "This cannot be brought back" in asked
    assert Person.objects.get(pk=world.joan.person_id).name
    done = client.post(f"{own}erase/")
    assert "Everything is erased" in done.content.decode()
    assert done.cookies["mine"]["max-age"] == 0
    assert not found(["walrus", "Okafor"])
    assert client.get(own).status_code == 404


def test_the_lead_erases_from_their_own_initiative_alone(
    client: Client, world: World, heard: Heard
) -> None:
    second = initiatives.start_initiative(
        world.workspace, title="Two", target="Quiet", by=world.member, at=now()
    )
    other = initiatives.put_on(
        second, world.joan.person, held_by=world.member, by=world.member, at=now()
    )
    other.ideas.create(initiative=second, words="Plant the yew", on=now().date())
    client.force_login(world.lead)
    address = f"/people/{world.joan.pk}/erase/"
    asked = client.get(address).content.decode()
    assert "Only when Joan asked for it" in asked
    assert "What stays: the row in the directory" in asked
    assert found(["walrus"])
    gone = client.post(address, follow=True)
    assert "Joan" not in gone.content.decode()
    assert not found(["walrus", "zebra", "owl", "lemur", "tapir"])
    assert found(["Plant the yew"])
    assert Person.objects.get(pk=world.joan.person_id).name == "Joan Okafor"
    assert list(Participation.objects.filter(person=world.joan.person_id)) == [other]
    assert Event.objects.get(action="records_erased").actor_id == world.lead.pk
    page = f"/initiatives/{world.initiative.pk}/people/{world.joan.pk}/"
    assert client.get(page).status_code == 404
    assert client.get("/").status_code == 200
    assert client.get(f"/conversations/{heard.group.pk}/").status_code == 200


def test_erased_by_a_lead_from_their_only_initiative_they_stay_in_the_directory(
    client: Client, world: World, heard: Heard
) -> None:
    client.force_login(world.lead)
    client.post(f"/people/{world.joan.pk}/erase/")
    client.post(f"/people/{world.joan.pk}/erase/")
    assert Person.objects.get(pk=world.joan.person_id).email == "joan@example.org"
    world.initiative.refresh_from_db()
    assert (world.initiative.people_count, world.initiative.erased_count) == (1, 1)


def test_taken_off_no_word_stays(client: Client, world: World, heard: Heard) -> None:
    client.force_login(world.lead)
    address = f"/initiatives/{world.initiative.pk}/people/{world.joan.pk}/off/"
    assert "cannot be brought back" in client.get(address).content.decode()
    assert found(["walrus"])
    assert client.post(address).status_code == 302
    assert client.post(address).status_code == 404
    assert not Participation.objects.filter(pk=world.joan.pk).exists()
    words = ["walrus", "zebra", "forty", "owl", "heron", "badger", "ibis", "lemur", "tapir", "mole"]
    assert not found(words)
    talk = client.get(f"/conversations/{heard.alone.pk}/").content.decode()
    assert "Forty" not in talk
    assert Person.objects.get(pk=world.joan.person_id).name == "Joan Okafor"
    world.initiative.refresh_from_db()
    assert (world.initiative.people_count, world.initiative.erased_count) == (1, 0)


@pytest.mark.parametrize("verb", ["off", "erase"])
def test_who_asked_for_quiet_here_stays_so_that_it_is_remembered(
    client: Client, world: World, verb: str
) -> None:
    initiatives.say_wish(world.joan, initiatives.Wish.NOT_THIS, at=now())
    client.force_login(world.lead)
    on = f"/initiatives/{world.initiative.pk}/people/{world.joan.pk}/off/"
    address = on if verb == "off" else f"/people/{world.joan.pk}/erase/"
    page = client.post(address, follow=True).content.decode()
    assert "asked for quiet here and stays" in page
    assert Participation.objects.get(pk=world.joan.pk).stopped_at


@pytest.mark.parametrize(
    "who", ["owner", "sponsor", "contributor", "member", "outsider", "stranger"]
)
def test_nobody_but_leads_erases(client: Client, world: World, who: str) -> None:
    client.force_login(getattr(world, who))
    assert client.post(f"/people/{world.joan.pk}/erase/").status_code == 404


def test_invitations_and_files_in_any_encoding_go_with_them(world: World) -> None:
    accounts.invite(world.workspace, "Joan@example.org", role="member", by=world.owner, at=now())
    for text in (
        b"first name,last name\nJoan,Okafor\n",
        "name,email\nJoan Okafor,joan@example.org\n".encode("utf-16"),
    ):
        people.begin_import(world.workspace, ("p.csv", text), by=world.owner, at=now())
    erase(world)
    assert not Invite.objects.exists()
    for import_ in PeopleImport.objects.all():
        assert (bytes(import_.file), import_.head) == (b"", {})
        assert "Somebody was erased" in import_.reason
    assert not found(["joan@example.org", "okafor"])


def test_invitations_and_links_that_are_over_are_forgotten_after_a_month(world: World) -> None:
    at = now()
    accounts.invite(world.workspace, "new@example.org", role="member", by=world.owner, at=at)
    accounts.make_sign_in_link(world.lead, at=at)
    forget_over(at=at + timedelta(days=29))
    assert Invite.objects.exists()
    forget_over(at=at + timedelta(days=45))
    assert not Invite.objects.exists()
    assert not SignInLink.objects.exists()
