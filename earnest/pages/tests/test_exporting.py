"""A whole initiative as open files: they read again, and of people only what may leave is in them."""

from __future__ import annotations

import csv
import io
import zipfile
from datetime import UTC, date, datetime, timedelta

import icalendar
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django import DjangoAssertNumQueries

from earnest.core.models import Event
from earnest.initiatives.models import Participation, Reading
from earnest.listening.models import Need, NeedNamed, Quote
from earnest.messaging.models import Message
from earnest.pages import erasure
from earnest.pages.everything import everything_about
from earnest.pages.export import What, listed, to_zip
from earnest.pages.export.writing import plain, table
from earnest.pages.models import TakenOut
from earnest.pages.record import record_of
from earnest.people.models import Person
from earnest.plans.models import Input, Reply
from earnest.practice.tests.moments import a_moment, a_point
from earnest.promises.models import Promise
from tests.worlds import NOW, World

LATER = NOW + timedelta(hours=1)


def taken(world: World, *, with_people: bool = False) -> dict[str, str]:
    made = io.BytesIO()
    to_zip(What(world.initiative, with_people, "Lead Lead", NOW), made)
    with zipfile.ZipFile(made) as whole:
        return {name: whole.read(name).decode() for name in whole.namelist()}


def rows_in(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


def quote(participation: Participation, words: str, passed_on: str = "leads") -> Quote:
    return Quote.objects.create(
        initiative=participation.initiative,
        participation=participation,
        words=words,
        said_on=date(2026, 11, 3),
        passed_on=passed_on,
    )


def asked_for(participation: Participation, words: str, **fields: str) -> None:
    given = Input.objects.create(
        initiative=participation.initiative,
        participation=participation,
        source="page",
        words=words,
        at=NOW,
        **fields,
    )
    Reply.objects.create(
        initiative=participation.initiative,
        input=given,
        outcome="used",
        words=f"We do it: {words}",
        at=NOW,
    )


@pytest.fixture
def said(world: World) -> World:
    """Both said something; Joan's is passed on in part."""
    quote(world.joan, "Fridays break us", "named")
    quote(world.joan, "The old list was better", "unnamed")
    quote(world.joan, "My back hurts at the desk")
    quote(world.sam, "Ask the night shift")
    need = Need.objects.create(initiative=world.initiative, words="rest on Fridays", made_at=NOW)
    NeedNamed.objects.create(need=need, participation=world.joan, words="my Fridays", at=NOW)
    asked_for(world.joan, "a second chair")
    Promise.objects.create(
        participation=world.joan,
        initiative=world.initiative,
        direction="ours",
        words="bring the list",
        due=date(2026, 12, 1),
        made_at=NOW,
        state_at=NOW,
    )
    return world


def test_without_people_nobody_is_in_it(said: World) -> None:
    whole = "\n".join(taken(said).values())
    for words in ("Sam Reyes", "joan@", "My back", "night shift", "my Fridays", "second chair"):
        assert words not in whole
    assert "bring the list" not in whole
    assert "rest on Fridays" not in whole  # of one person


def test_words_for_the_leads_alone_leave_in_none_of_our_own_texts(said: World) -> None:
    copied = "As we heard: my back hurts at the desk, so it moves"
    said.initiative.decided = copied
    said.initiative.save()
    said.initiative.schedule_changes.create(cause=copied, at=NOW)
    said.initiative.stages.create(name="Desks", position=1, must_be_true=copied)
    said.initiative.run_up.create(on=NOW.date(), who="Lead", what=copied)
    for name in ("initiative.md", "milestones.md", "milestones.ics"):
        assert "back hurts" not in taken(said)[name].replace("\r\n ", ""), name
        assert "back hurts" in taken(said, with_people=True)[name].replace("\r\n ", ""), name


def test_nor_in_lessons_and_moments(said: World) -> None:
    copied = "My back hurts at the desk"
    point = a_point(said, copied)
    a_moment(said, point=point, participation=None, team=None, what=copied, link=f"{copied}.")
    for name in ("lessons.csv", "moments.csv"):
        assert "back hurts" not in taken(said)[name], name
        assert "back hurts" in taken(said, with_people=True)[name], name


def test_promises_are_counted_for_others_from_five_on(said: World) -> None:
    said.initiative.tallies.create(direction="ours", kept=3, missed=1)
    assert rows_in(taken(said)["promises.csv"]) == []
    assert len(rows_in(taken(said, with_people=True)["promises.csv"])) == 1
    said.initiative.tallies.update(kept=4)
    assert len(rows_in(taken(said)["promises.csv"])) == 1


def test_words_leave_as_far_as_they_were_passed_on(said: World) -> None:
    rows = rows_in(taken(said)["quotes.csv"])
    assert rows == [
        {"words": "Fridays break us", "name": "Joan Okafor", "day": "2026-11-03"},
        {"words": "The old list was better", "name": "", "day": ""},
    ]


def test_what_five_people_need_leaves_by_the_name_a_lead_gave_it(said: World) -> None:
    Need.objects.update(people_count=5, called_at=NOW)
    assert rows_in(taken(said)["needs.csv"]) == [
        {"need": "rest on Fridays"}
    ]  # no number that a later one tells of people by


def test_stories_leave_as_their_readers_read_them(said: World) -> None:
    at = {"made_at": NOW, "changed_at": NOW}
    told = said.initiative.stories
    told.create(title="Only begun", worked="Not ripe.", **at)
    few = told.create(title="For few", worked="Desks.", published_at=NOW, **at)
    whole = told.create(
        title="For all", did_not="Nights.", published_at=NOW, readers="workspace", **at
    )
    words = Quote.objects.get(words="Fridays break us")
    for story in (few, whole):
        story.voices.create(
            quote=words, state="named", for_readers=story.readers, chosen_at=NOW, answered_at=NOW
        )
    without = taken(said)["stories.md"]
    assert "Only begun" not in without
    assert without.count("“Fridays break us” (Joan Okafor)") == 1
    assert without.index("For all") < without.index("Joan Okafor") < without.index("For few")
    led = taken(said, with_people=True)["stories.md"]
    assert "Only begun" in led
    assert led.count("Joan Okafor") == 2
    Participation.objects.filter(pk=said.joan.pk).update(stopped_at=NOW)
    assert "Fridays break us" not in taken(said, with_people=True)["stories.md"]


def test_days_are_those_of_the_workspace(said: World) -> None:
    """Late on a Friday evening in Auckland it is still Friday morning in Greenwich."""
    said.initiative.workspace.time_zone = "Pacific/Auckland"
    said.initiative.workspace.save()
    late = datetime(2026, 11, 19, 20, tzinfo=UTC)  # Friday the 20th there
    Participation.objects.filter(pk=said.sam.pk).update(since=late)
    made = io.BytesIO()
    to_zip(What(said.initiative, True, "Lead Lead", late), made)
    with zipfile.ZipFile(made) as whole:
        rows = rows_in(whole.read("people.csv").decode())
        assert "on 2026-11-20" in whole.read("README.md").decode()
    assert {row["since"] for row in rows if row["name"] == "Sam Reyes"} == {"2026-11-20"}


def test_an_answer_to_words_that_were_not_passed_on_stays_here(said: World) -> None:
    asked_for(said.sam, "a quieter bell", passed_on="unnamed")
    rows = rows_in(taken(said)["inputs_and_replies.csv"])
    assert [row["asked_for"] for row in rows] == ["a quieter bell"]


def test_with_people_it_is_what_leads_see_and_says_for_what(said: World) -> None:
    found = taken(said, with_people=True)
    assert {row["name"] for row in rows_in(found["people.csv"])} == {"Joan Okafor", "Sam Reyes"}
    assert {row["words"] for row in rows_in(found["quotes.csv"])} >= {"Ask the night shift"}
    assert rows_in(found["inputs_and_replies.csv"])[0]["asked_for"] == "a second chair"
    assert "Never for appraisal" in found["README.md"]


@pytest.mark.parametrize("with_people", [False, True])
def test_who_stopped_or_was_erased_is_never_in_it(said: World, with_people: bool) -> None:
    Participation.objects.filter(pk=said.joan.pk).update(stopped_at=NOW)
    said.initiative.parts.create(
        title="Rest", why="Tired", owner_person=said.joan, made_at=NOW, changed_at=NOW
    )
    quote(said.sam, "Name me", "named")
    erasure.erase_from_initiative(said.sam, by=None, at=NOW)
    whole = "\n".join(taken(said, with_people=with_people).values())
    for words in ("Joan", "Sam", "Fridays", "Name me", "night shift", "bring the list"):
        assert words not in whole


def test_mails_leave_without_text_and_without_sealed_ones(said: World) -> None:
    about = {"participation": said.joan, "initiative": said.initiative, "made_at": NOW}
    for n, sealed in enumerate((False, True)):
        Message.objects.create(
            **about,
            kind="ask",
            subject=f"About {n}",
            text="Dear Joan",
            sealed=sealed,
            leaves_at=NOW,
            message_id=f"<{n}@x>",
        )
    found = taken(said, with_people=True)
    assert [row["subject"] for row in rows_in(found["messages.csv"])] == ["About 0"]
    assert "Dear Joan" not in "\n".join(found.values())


def test_calendars_read_again(said: World) -> None:
    said.initiative.launches_on = date(2027, 1, 12)
    said.initiative.save()
    found = taken(said, with_people=True)
    days = {}
    for name in ("milestones.ics", "talks.ics", "promises.ics"):
        calendar = icalendar.Calendar.from_ical(found[name])
        days[name] = [
            (str(one["summary"]), one.decoded("dtstart")) for one in calendar.walk("VEVENT")
        ]
        assert "\r\n" in found[name]
        assert all(len(line.encode()) <= 75 for line in found[name].split("\r\n"))
    assert days["milestones.ics"] == [("Launch: One intake", date(2027, 1, 12))]
    assert days["promises.ics"] == [("To Joan Okafor: bring the list", date(2026, 12, 1))]


def test_figures_read_again_as_they_are(said: World) -> None:
    measure = said.initiative.measures.create(name="Days, open", unit="d", made_at=NOW, baseline=-5)
    Reading.objects.create(measure=measure, value="12.5000", on=NOW.date(), at=NOW)
    found = taken(said)
    (row,) = rows_in(found["measures.csv"])
    assert (row["measure"], row["began"], row["now"]) == ("Days, open", "-5", "12.5")
    assert rows_in(found["readings.csv"])[0]["value"] == "12.5"


@pytest.mark.parametrize("begin", ["=", "+", "-", "@", "\t", "\r", " ="])
def test_a_cell_is_never_a_formula(begin: str) -> None:
    text = "".join(table(("words",), [(f"{begin}cmd|' /C calc'!A0",)]))
    ((cell,),) = list(csv.reader(io.StringIO(text, newline="")))[1:]
    assert cell == f"'{begin}cmd|' /C calc'!A0"


def test_any_words_stand_in_a_cell_as_they_were() -> None:
    words = 'She said "no",\nthen; ünïcode, 🙂 and , commas'
    text = "".join(table(("words", "n"), [(words, 3)]))
    assert list(csv.reader(io.StringIO(text, newline="")))[1] == [words, "3"]
    assert text.startswith("words,n\r\n")


def test_words_in_markdown_make_no_heading_and_no_tag() -> None:
    assert plain("# Big\n- one\n1. two\n<b>x</b>") == "\\# Big\n\\- one\n1\\. two\n\\<b\\>x\\</b\\>"


def test_taking_it_out_with_people_is_told_on_each_page(said: World, client: Client) -> None:
    client.force_login(said.lead)
    address = f"/initiatives/{said.initiative.pk}/export/"
    answer = client.post(address, {"with_people": "on"})
    assert answer["Content-Type"] == "application/zip"
    assert "attachment" in answer["Content-Disposition"]
    with zipfile.ZipFile(io.BytesIO(b"".join(answer.streaming_content))) as whole:  # type: ignore[attr-defined]
        assert "people.csv" in whole.namelist()
    assert TakenOut.objects.get().with_people
    assert Event.objects.get(action="taken_out").detail == {"with_people": True}
    record = record_of(said.joan, today=NOW.date(), own=True)
    assert "taken out" in record.happened[0].text
    assert record.happened[0].who == str(said.lead)
    assert "taken_out_as_files" in str(everything_about(said.joan, at=LATER))


def test_without_people_no_page_tells_it(said: World, client: Client) -> None:
    client.force_login(said.lead)
    client.post(f"/initiatives/{said.initiative.pk}/export/")
    assert not TakenOut.objects.get().with_people
    assert record_of(said.joan, today=NOW.date()).taken_out == []


def test_who_had_stopped_was_not_in_it_and_reads_of_none(said: World) -> None:
    TakenOut.objects.create(initiative=said.initiative, by=said.lead, at=LATER, with_people=True)
    said.joan.stopped_at = NOW
    assert record_of(said.joan, today=NOW.date()).taken_out == []
    assert len(record_of(said.sam, today=NOW.date()).taken_out) == 1


def test_many_people_cost_no_more_queries_than_few(
    said: World, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    taken(said, with_people=True)  # what is asked once is asked
    with CaptureQueriesContext(connection) as few:
        taken(said, with_people=True)
    people = [
        Person(workspace=said.workspace, name=f"Person {n}", email=f"p{n}@example.org")
        for n in range(300)
    ]
    on = {"initiative": said.initiative, "held_by": said.lead, "since": NOW}
    there = [Participation(person=one, **on) for one in Person.objects.bulk_create(people)]
    for one in Participation.objects.bulk_create(there):
        quote(one, f"Word of {one.pk}")
        asked_for(one, f"wish of {one.pk}")
    with django_assert_max_num_queries(len(few)):
        assert len(rows_in(taken(said, with_people=True)["people.csv"])) == 302


def test_looking_changes_nothing_and_lists_what_there_will_be(said: World, client: Client) -> None:
    client.force_login(said.lead)
    page = client.get(f"/initiatives/{said.initiative.pk}/export/").content.decode()
    for name, _about in listed(What(said.initiative, True, "", NOW)):
        assert name in page
    assert not TakenOut.objects.exists()
    assert not Event.objects.filter(action="taken_out").exists()
