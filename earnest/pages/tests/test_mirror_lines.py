"""Once a week per initiative: "how do I help us cooperate?", for oneself, answered or left (4.7)."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.test import Client
from django.utils.timezone import now

from earnest.core.models import Event
from earnest.pages import erasure
from earnest.pages.actions import mirror as actions
from earnest.pages.models import WeeklyLine
from earnest.pages.queries.mirror import asked_this_week
from earnest.people import actions as people
from earnest.people.actions import Details
from tests.worlds import NOW, World

WEEK = timedelta(days=7)
WARM = "Leave the name out"


def address(world: World, end: str = "question/") -> str:
    return f"/initiatives/{world.initiative.pk}/mirror/{end}"


def test_a_line_is_kept_once_a_week_and_said_better_in_its_place(world: World) -> None:
    initiative, lead = world.initiative, world.lead
    actions.write_line(initiative, "I ask before I explain", by=lead, at=NOW)
    actions.write_line(initiative, "I ask, and wait", by=lead, at=NOW)
    actions.write_line(initiative, "I share the target first", by=lead, at=NOW + WEEK)
    rows = WeeklyLine.objects.filter(user=lead).order_by("monday")
    assert [one.words for one in rows] == ["I ask, and wait", "I share the target first"]
    assert rows[0].monday == date(2026, 11, 16)


def test_a_week_that_was_left_is_not_asked_again_until_the_next(world: World) -> None:
    asked = asked_this_week(world.lead, at=NOW)
    assert list(asked) == [world.initiative]
    actions.leave_week(world.initiative, by=world.lead, at=NOW)
    assert list(asked_this_week(world.lead, at=NOW)) == []
    assert list(asked_this_week(world.co_lead, at=NOW)) == [world.initiative]
    assert list(asked_this_week(world.lead, at=NOW + WEEK)) == [world.initiative]


def test_an_initiative_that_is_over_asks_nothing(world: World) -> None:
    world.initiative.closed_at = NOW
    world.initiative.save(update_fields=["closed_at"])
    assert list(asked_this_week(world.lead, at=NOW)) == []


def test_leaving_it_in_a_stale_tab_loses_no_answer(world: World) -> None:
    actions.write_line(world.initiative, "I listen", by=world.lead, at=NOW)
    actions.leave_week(world.initiative, by=world.lead, at=NOW)
    assert WeeklyLine.objects.get().words == "I listen"


@pytest.mark.parametrize(
    "words",
    [
        "I let Joan speak first",
        "I stop talking when okafor comes in",
        "I write to joan@example.org",
        "Could I thank Sam?",
    ],
)
def test_a_line_that_names_somebody_is_refused_and_nothing_is_stored(
    client: Client, world: World, words: str
) -> None:
    client.force_login(world.lead)
    answer = client.post(address(world), {"words": words})
    assert answer.status_code == 400
    page = answer.content.decode()
    assert WARM in page
    assert words in page  # what was typed is still there
    assert not WeeklyLine.objects.exists()


def test_an_accent_left_out_names_them_too(world: World) -> None:
    person = people.add_person(world.workspace, Details(name="Élodie Brûlé"), by=world.lead, at=NOW)
    world.initiative.participations.create(person=person, held_by=world.lead, since=NOW)
    with pytest.raises(actions.NamesSomebody):
        actions.write_line(world.initiative, "I wait for elodie", by=world.lead, at=NOW)


def test_short_names_that_are_words_too_hinder_nobody(world: World) -> None:
    person = people.add_person(world.workspace, Details(name="Do An"), by=world.lead, at=NOW)
    world.initiative.participations.create(person=person, held_by=world.lead, since=NOW)
    words = "Do I give an answer? I do."
    assert actions.write_line(world.initiative, words, by=world.lead, at=NOW).words == words
    with pytest.raises(actions.NamesSomebody):
        actions.write_line(world.initiative, "I ask what An needs", by=world.lead, at=NOW)


def test_ones_own_name_and_names_from_elsewhere_are_no_reason(world: World) -> None:
    for words in ("I, as a lead, ask first", "I read what Montaigne wrote"):
        assert actions.write_line(world.initiative, words, by=world.lead, at=NOW).words == words


def test_answering_on_the_page_goes_back_to_where_one_was(client: Client, world: World) -> None:
    client.force_login(world.lead)
    there = client.post(address(world), {"words": "I listen first", "next": "/"})
    assert there.headers["Location"] == "/"
    page = client.get(address(world, "")).content.decode()
    assert "I listen first" in page
    assert "Your line for this week" in page


def test_a_line_without_words_gets_a_clear_sentence(client: Client, world: World) -> None:
    client.force_login(world.lead)
    answer = client.post(address(world), {"words": "  "})
    assert answer.status_code == 400
    assert "Write a line, or leave it for this week." in answer.content.decode()


def test_left_on_the_page_it_can_be_answered_after_all(client: Client, world: World) -> None:
    client.force_login(world.lead)
    assert client.post(address(world, "question/left/")).status_code == 302
    page = client.get(address(world, "")).content.decode()
    assert "Left for this week." in page
    client.post(address(world), {"words": "I ask less"})
    assert WeeklyLine.objects.get().words == "I ask less"


def test_inside_another_page_the_question_comes_alone(client: Client, world: World) -> None:
    client.force_login(world.lead)
    part = client.get(f"{address(world)}?next=/", headers={"HX-Request": "true"}).content.decode()
    assert "<html" not in part
    assert 'name="next" value="/"' in part
    assert "<html" in client.get(address(world)).content.decode()


def test_a_deleted_line_is_gone_and_its_week_is_not_asked_again(
    client: Client, world: World
) -> None:
    line = actions.write_line(world.initiative, "A wombat helps", by=world.lead, at=now())
    client.force_login(world.lead)
    client.post(f"/mirror/lines/{line.pk}/removed/")
    line.refresh_from_db()
    assert line.words == ""
    assert "wombat" not in client.get("/mirror/").content.decode()


def test_who_leads_no_more_still_reads_and_deletes_what_they_wrote(
    client: Client, world: World
) -> None:
    line = actions.write_line(world.initiative, "A wombat helps", by=world.co_lead, at=now())
    world.initiative.roles.filter(user=world.co_lead).delete()
    client.force_login(world.co_lead)
    page = client.get("/mirror/").content.decode()
    assert "A wombat helps" in page
    assert world.initiative.title not in page
    client.post(f"/mirror/lines/{line.pk}/removed/")
    assert not WeeklyLine.objects.exclude(words="").exists()


def test_the_log_does_not_tell_who_looked_into_the_mirror(world: World) -> None:
    before = Event.objects.count()
    line = actions.write_line(world.initiative, "I listen", by=world.lead, at=NOW)
    actions.leave_week(world.initiative, by=world.co_lead, at=NOW)
    actions.erase_line(line, at=NOW)
    assert Event.objects.count() == before


def test_a_person_who_came_later_goes_out_of_lines_when_erased(world: World) -> None:
    actions.write_line(world.initiative, "I wait for Montaigne Blue", by=world.lead, at=NOW)
    person = people.add_person(
        world.workspace, Details(name="Montaigne Blue"), by=world.lead, at=NOW
    )
    world.initiative.participations.create(person=person, held_by=world.lead, since=NOW)
    erasure.erase_person(person, by=world.owner, at=NOW)
    assert "Montaigne" not in WeeklyLine.objects.get().words
