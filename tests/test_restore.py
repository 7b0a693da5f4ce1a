"""A restore brings everything back, or nothing; and what was promised since holds all the same."""

from __future__ import annotations

import io
from argparse import Namespace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.contrib.sessions.models import Session
from django.db import connection
from django.utils import timezone
from pytest_django import Settings

from earnest.accounts.models import User, Workspace
from earnest.checkins.models import AnswerSlot
from earnest.checkins.models import Round as CheckIn
from earnest.cli import backup, restore
from earnest.cli.copies import archive
from earnest.cli.copies.into_postgresql import children_first
from earnest.cli.stop import Stop
from earnest.core.models import Event
from earnest.initiatives import actions as initiatives
from earnest.initiatives.models import Initiative, Participation
from earnest.listening.models import Ask, Quote, Round
from earnest.messaging import actions as messaging
from earnest.messaging.actions import Draft
from earnest.messaging.models import Contact, Message, Suppression
from earnest.pages import erasure, ledger
from earnest.people.models import Person
from earnest.plans.models import NewsStop, Story, StoryVoice, Version
from earnest.rhythm.models import Digest, ProgressMail

AT = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)
LATER = AT + timedelta(days=1)


def ask(file: Path, **words: object) -> Namespace:
    given = {"data_dir": None, "replace": True, "yes": True, "moving": False, "lost_key": False}
    return Namespace(file=file, **{**given, **words})


@pytest.fixture
def saved(folder: Path) -> Path:
    """A backup of the world as it was."""
    backup.make(folder / "saved.zip", at=AT, with_key=False)
    return folder / "saved.zip"


def joan() -> Participation:
    return Participation.objects.select_related("person__workspace", "initiative").get(
        person__name="Joan Okafor"
    )


def write_to(participation: Participation, kind: str) -> Message:
    draft = Draft(Message.Kind(kind), "A question", "Would you tell us?", "<p>Would you?</p>")
    lead = User.objects.get(email="lead@example.org")
    return messaging.put_in_outbox(participation, draft, by=lead, at=AT)


def test_everything_is_as_it_was(saved: Path, capsys: pytest.CaptureFixture[str]) -> None:
    Person.objects.filter(name="Joan Okafor").update(name="Somebody Else")
    Initiative.objects.create(workspace=Workspace.objects.all()[0], title="New", made_at=AT)
    assert restore.restore(ask(saved)) == 0
    assert Person.objects.filter(name="Joan Okafor").exists()
    assert not Initiative.objects.filter(title="New").exists()
    assert "compared byte for byte" in capsys.readouterr().out
    with connection.cursor() as cursor:
        connection.check_constraints()
        cursor.execute("SELECT 1")


def test_the_state_before_is_kept_as_a_backup(saved: Path) -> None:
    Person.objects.filter(name="Joan Okafor").update(name="Somebody Else")
    restore.restore(ask(saved))
    (before,) = (saved.parent / "backups").glob("before-restore-*.zip")
    archive.check(before)
    restore.restore(ask(before))
    assert Person.objects.filter(name="Somebody Else").exists()


def test_moved_without_a_word_written_since_every_table_is_the_same(saved: Path) -> None:
    Person.objects.filter(name="Joan Okafor").update(name="Somebody Else")
    said = archive.check(saved)
    restore.restore(ask(saved, moving=True))
    again = backup.make(saved.parent / "again.zip", at=LATER, with_key=False)
    assert {**again.tables, "sqlite_sequence": None} == {**said.tables, "sqlite_sequence": None}


def test_data_that_is_there_is_not_replaced_unasked(saved: Path) -> None:
    with pytest.raises(Stop, match="--replace"):
        restore.restore(ask(saved, replace=False))


def test_replacing_asks_for_the_name_of_the_workspace(
    saved: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    Person.objects.filter(name="Joan Okafor").update(name="Somebody Else")
    monkeypatch.setattr("sys.stdin", terminal := io.StringIO())
    monkeypatch.setattr(terminal, "isatty", lambda: True)
    monkeypatch.setattr("builtins.input", lambda _: "Harbor")
    with pytest.raises(Stop, match="Nothing was changed"):
        restore.restore(ask(saved, yes=False))
    assert Person.objects.filter(name="Somebody Else").exists()
    monkeypatch.setattr("builtins.input", lambda _: "Harbour Clinic")
    restore.restore(ask(saved, yes=False))
    assert not Person.objects.filter(name="Somebody Else").exists()


def test_a_damaged_file_changes_nothing(saved: Path) -> None:
    whole = bytearray(saved.read_bytes())
    whole[len(whole) // 2] ^= 1
    saved.write_bytes(whole)
    Person.objects.filter(name="Joan Okafor").update(name="Somebody Else")
    with pytest.raises(Stop, match="damaged"):
        restore.restore(ask(saved))
    assert Person.objects.filter(name="Somebody Else").exists()


@pytest.mark.parametrize("said", ["migrations", "database"])
def test_a_newer_one_and_one_of_another_kind_are_refused(
    said: str, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun = backup._begun

    def strange(at: datetime) -> object:
        made = begun(at)
        setattr(
            made, said, [*made.migrations, "people.9999_later"] if said == "migrations" else "?"
        )
        return made

    monkeypatch.setattr(backup, "_begun", strange)
    backup.make(folder / "strange.zip", at=AT, with_key=False)
    with pytest.raises(Stop, match=r"newer Earnest|its own kind"):
        restore.restore(ask(folder / "strange.zip"))


def test_another_secret_key_is_said_loudly(saved: Path, settings: Settings) -> None:
    settings.SECRET_KEY = "another-key-another-key-another-key-another"
    with pytest.raises(Stop, match="another secret key"):
        restore.restore(ask(saved))
    assert restore.restore(ask(saved, lost_key=True)) == 0


def test_the_key_in_a_backup_is_put_in_place(
    folder: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("EARNEST_SECRET_KEY", raising=False)
    key = settings.SECRET_KEY
    backup.make(folder / "keyed.zip", at=AT, with_key=True)
    settings.SECRET_KEY = "another-key-another-key-another-key-another"
    (folder / "secret-key").write_text(settings.SECRET_KEY)
    restore.restore(ask(folder / "keyed.zip"))
    assert (folder / "secret-key").read_text() == key
    assert (folder / "secret-key").stat().st_mode & 0o777 == 0o600
    assert len(list(folder.glob("secret-key.before-*"))) == 1


def test_what_asks_and_waited_then_is_held_and_replies_stay(folder: Path) -> None:
    asks, reply = write_to(joan(), "ask"), write_to(joan(), "reply")
    Message.objects.filter(pk=asks.pk).update(state="leaving", lease_until=AT)
    nudge = write_to(joan(), "nudge")
    backup.make(folder / "one.zip", at=AT, with_key=False)
    restore.restore(ask(folder / "one.zip"))
    for one in (asks, nudge):
        one.refresh_from_db()
        assert one.state == Message.State.UNCLEAR
        assert "may have left" in one.reason
        assert Contact.objects.filter(message_id=one.pk).count() == 1  # it counts as asked
    reply.refresh_from_db()
    assert reply.state == Message.State.WAITING


def test_rounds_of_asks_pause_and_news_on_its_way_stops(folder: Path) -> None:
    one = joan().initiative
    lead = User.objects.get(email="lead@example.org")
    draft = {"by": lead, "kind": "input", "minutes": 20, "about": "Fridays", "gets": "Rest"}
    asked = Ask.objects.create(initiative=one, answer_by=AT.date(), made_at=AT, **draft)
    going = Round.objects.create(ask=asked)
    version = Version.objects.create(initiative=one, number=1, summary="New", published_at=AT)
    mail = ProgressMail.objects.create(
        initiative=one, number=1, subject="New", since=AT, made_at=AT, by=lead
    )
    backup.make(folder / "one.zip", at=AT, with_key=False)
    restore.restore(ask(folder / "one.zip"))
    for row in (going, version, mail):
        row.refresh_from_db()
    assert going.paused_at is not None
    assert version.told_at is not None
    assert mail.told_at is not None


def test_a_digest_whose_hour_passed_does_not_come_a_second_time(folder: Path) -> None:
    lead, at = User.objects.get(email="lead@example.org"), timezone.now()
    row = Digest.objects.create(
        user=lead, every="day", next_at=at - timedelta(hours=1), changed_at=AT
    )
    backup.make(folder / "one.zip", at=AT, with_key=False)
    restore.restore(ask(folder / "one.zip"))
    row.refresh_from_db()
    assert row.next_at is not None
    assert row.next_at > at
    assert row.last_on is None


def test_who_wanted_no_news_since_gets_none(saved: Path) -> None:
    NewsStop.objects.create(participation=joan(), at=LATER)
    restore.restore(ask(saved))
    assert NewsStop.objects.get().at == LATER


def test_a_no_to_standing_in_a_story_holds_and_a_yes_taken_back_is_none(folder: Path) -> None:
    there = joan()
    story = Story.objects.create(
        initiative=there.initiative, title="Spring", made_at=AT, changed_at=AT
    )
    said = {"participation": there, "initiative": there.initiative, "said_on": AT.date()}
    voices = [
        StoryVoice.objects.create(
            story=story,
            quote=Quote.objects.create(**said, words=f"w{n}"),
            state=state,
            chosen_at=AT,
        )
        for n, state in enumerate(("named", "named", "asked", "named", "unnamed"))
    ]
    backup.make(folder / "one.zip", at=AT, with_key=False)
    for voice, state in zip(voices, ("refused", "unnamed", "refused", "", "named"), strict=True):
        rows = StoryVoice.objects.filter(pk=voice.pk)
        rows.update(state=state) if state else rows.delete()
    restore.restore(ask(folder / "one.zip"))
    now = [StoryVoice.objects.get(pk=voice.pk).state for voice in voices]
    assert now == ["refused", "unnamed", "refused", "asked", "unnamed"]


def test_a_check_in_that_was_open_ends_without_results(folder: Path) -> None:
    """What was published of it since, and what would be again, could be taken from each other."""
    opened = CheckIn.objects.create(
        initiative=joan().initiative, made_at=AT, opened_at=AT, closes_on=LATER.date()
    )
    for n in range(6):
        AnswerSlot.objects.create(key=f"{n}" * 64, round=opened, state="answered", matters=3)
    backup.make(folder / "one.zip", at=AT, with_key=False)
    restore.restore(ask(folder / "one.zip"))
    opened.refresh_from_db()
    assert opened.closed_at is not None
    assert (opened.results, opened.answer_count) == ({}, None)
    assert not AnswerSlot.objects.exists()


def test_a_quote_that_was_taken_back_since_is_not_passed_on(folder: Path) -> None:
    said = {"participation": joan(), "initiative": joan().initiative, "said_on": AT.date()}
    quotes = [Quote.objects.create(**said, words=f"w{n}", passed_on="named") for n in range(3)]
    backup.make(folder / "one.zip", at=AT, with_key=False)
    Quote.objects.filter(pk=quotes[0].pk).update(passed_on="leads")
    Quote.objects.filter(pk=quotes[1].pk).delete()
    restore.restore(ask(folder / "one.zip"))
    now = [Quote.objects.get(pk=one.pk).passed_on for one in quotes]
    assert now == ["leads", "leads", "named"]


def test_moving_holds_nothing(folder: Path) -> None:
    asks = write_to(joan(), "ask")
    backup.make(folder / "one.zip", at=AT, with_key=False)
    restore.restore(ask(folder / "one.zip", moving=True))
    asks.refresh_from_db()
    assert asks.state == Message.State.WAITING


def test_who_was_erased_since_is_erased_again(saved: Path) -> None:
    lead = User.objects.get(email="lead@example.org")
    erasure.erase_person(joan().person, by=lead, at=LATER)
    assert ledger.noted()
    assert "Joan" not in ledger.path().read_text()
    assert ledger.path().stat().st_mode & 0o777 == 0o600
    restore.restore(ask(saved))
    assert not Person.objects.filter(name__icontains="Joan").exists()
    assert Person.objects.filter(name="Sam Reyes").exists()


def test_who_was_erased_is_erased_again_in_an_empty_place_too(saved: Path) -> None:
    """The ledger alone tells: the database that knew is gone."""
    erasure.erase_from_initiative(joan(), by=None, at=LATER)
    pk = Person.objects.get(name="Joan Okafor").pk
    Workspace.objects.all().update(created_at=AT - timedelta(days=999))  # another one's data
    restore.restore(ask(saved))
    assert Person.objects.get(pk=pk).name == "Joan Okafor"  # on one initiative alone
    assert not Participation.objects.filter(person=pk).exists()


def test_who_was_taken_off_since_is_not_brought_back(folder: Path) -> None:
    there = joan()
    said = {"participation": there, "initiative": there.initiative, "said_on": AT.date()}
    Quote.objects.create(**said, words="My back hurts at the desk")
    backup.make(folder / "one.zip", at=AT, with_key=False)
    erasure.take_off(there, by=User.objects.get(email="lead@example.org"), at=LATER)
    restore.restore(ask(folder / "one.zip"))
    assert not Participation.objects.present().filter(person__name="Joan Okafor").exists()
    assert not Quote.objects.filter(words__contains="back").exists()
    assert Person.objects.filter(name="Joan Okafor").exists()  # the directory keeps them


def test_a_ledger_of_another_installation_erases_nobody(saved: Path) -> None:
    other = ledger.Erased(LATER.isoformat(), "0" * 16, person=joan().person_id)
    ledger.add([other])
    restore.restore(ask(saved))
    assert joan().person.erased_at is None


def test_who_said_stop_since_is_left_alone(saved: Path) -> None:
    initiatives.say_wish(joan(), initiatives.Wish.NOT_AT_ALL, at=LATER)
    Suppression.objects.create(
        workspace=joan().person.workspace, address_hash="a" * 64, reason="asked", at=LATER
    )
    restore.restore(ask(saved))
    assert joan().person.stopped_at == LATER
    assert Suppression.objects.filter(address_hash="a" * 64).exists()


def test_who_was_asked_since_counts_as_asked(folder: Path) -> None:
    there, now = joan(), timezone.now()
    backup.make(folder / "one.zip", at=now - timedelta(days=3), with_key=False)
    for days in (1, 2):
        messaging.note_contact(
            there,
            direction=Contact.Direction.WE,
            channel=Contact.Channel.MAIL,
            kind=Contact.Kind.ASK,
            at=now - timedelta(days=days),
        )
    restore.restore(ask(folder / "one.zip"))
    assert Contact.objects.filter(participation_id=there.pk).count() == 2
    assert joan().person.asked_enough_until is not None


def test_everybody_signs_in_anew(folder: Path) -> None:
    Session.objects.create(session_key="k" * 32, session_data="", expire_date=LATER)
    backup.make(folder / "one.zip", at=AT, with_key=False)
    restore.restore(ask(folder / "one.zip"))
    assert not Session.objects.exists()
    assert Event.objects.filter(action="restored").count() == Workspace.objects.count()


def test_a_number_given_since_is_never_given_again(saved: Path) -> None:
    lead, workspace = User.objects.get(email="lead@example.org"), Workspace.objects.all()[0]
    given = [
        initiatives.start_initiative(workspace, title="New", target="One", by=lead, at=LATER).pk
        for _ in range(3)
    ]
    restore.restore(ask(saved))
    new = initiatives.start_initiative(workspace, title="Newer", target="One", by=lead, at=LATER)
    assert new.pk > max(given)


def test_nothing_is_left_lying_about(saved: Path) -> None:
    restore.restore(ask(saved))
    assert [path.name for path in saved.parent.iterdir() if "part" in path.name] == []


def test_tables_that_point_to_others_are_locked_first() -> None:
    """Whoever wrote a row and has yet to look at what it points to can finish (PostgreSQL)."""
    links = [
        ("team", "workspace"),
        ("person", "team"),
        ("person", "person"),
        ("a", "b"),
        ("b", "a"),
    ]
    order = children_first({"team", "workspace", "person", "a", "b"}, links)
    assert order.index("person") < order.index("team") < order.index("workspace")
    assert sorted(order) == ["a", "b", "person", "team", "workspace"]
