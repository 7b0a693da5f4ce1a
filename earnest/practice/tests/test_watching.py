"""What the clock watches for: days, words noted, who comes in; each event is read once."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from unittest.mock import patch

import pytest
from django.db import DataError, connection

from earnest.core import events
from earnest.core.models import Event
from earnest.initiatives import actions as initiatives
from earnest.initiatives.models import Participation
from earnest.listening.actions import Notes, note_conversation
from earnest.listening.models import Conversation, Quote
from earnest.listening.tests.asked import an_ask, invite
from earnest.people import actions as people
from earnest.people.actions import Details
from earnest.people.models import Person, Team
from earnest.practice import sweeps
from earnest.practice.actions import lessons, moments
from earnest.practice.actions.moments import MomentDraft, Noticed
from earnest.practice.forms.moments import MomentForm
from earnest.practice.models import Moment, MomentSeen, Point, WatchMark
from earnest.practice.queries import watching
from earnest.practice.tests.moments import a_moment, a_point
from tests.worlds import NOW, World

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(days=1)
SAID = "On Monday she has the hand-over of the new ward."


def talk(world: World, text: str = SAID, *people: Participation) -> Conversation:
    there = people or (world.joan,)
    notes = Notes(text, LATER.date(), there)
    return note_conversation(world.initiative, notes, by=world.lead, at=LATER)


def seen() -> list[tuple[str, str, str]]:
    rows = MomentSeen.objects.order_by("pk")
    return list(rows.values_list("participation__person__name", "source", "word"))


def test_a_day_comes_for_everybody_it_is_for_once(world: World) -> None:
    a_moment(world, team=None, participation=None, how="date", on=LATER.date())
    assert sweeps.watch_days(at=NOW) == 0
    assert sweeps.watch_days(at=LATER) == 2
    assert sweeps.watch_days(at=LATER) == 0
    assert {name for name, _source, _word in seen()} == {"Joan Okafor", "Sam Reyes"}


def test_a_word_in_a_note_comes_for_who_was_there(world: World) -> None:
    a_moment(world, participation=None, team=None, how="word", words="audit, hand-over")
    noted = talk(world)
    assert sweeps.watch_words(at=LATER) == 1
    assert seen() == [("Joan Okafor", f"talk {noted.pk}", "hand-over")]


def test_an_event_is_read_once(world: World) -> None:
    a_moment(world, how="word", words="hand-over")
    talk(world)
    sweeps.watch_words(at=LATER)
    with patch.object(watching, "words_of", side_effect=watching.words_of) as read:
        sweeps.watch_words(at=LATER)
    assert read.call_args.args[0].talks == {}


def test_who_dies_before_the_mark_moves_notices_nothing_twice(world: World) -> None:
    a_moment(world, how="word", words="hand-over")
    talk(world)
    with (
        patch.object(moments, "move_mark", side_effect=SystemExit),
        pytest.raises(SystemExit),
    ):
        sweeps.watch_words(at=LATER)
    moments.say_spoken(MomentSeen.objects.get(), by=world.lead, at=LATER)
    assert sweeps.watch_words(at=LATER) == 0


def test_what_was_noted_before_it_was_written_is_not_watched(world: World) -> None:
    talk(world)
    a_moment(world, how="word", words="hand-over", at=LATER)
    assert sweeps.watch_words(at=LATER) == 0


def test_a_sentence_about_health_is_passed_over(world: World) -> None:
    a_moment(world, how="word", words="hand-over")
    talk(world, "She was sick after the hand-over.")
    assert sweeps.watch_words(at=LATER) == 0


def test_a_long_phrase_is_kept_as_far_as_there_is_room(world: World) -> None:
    long = "h" * 99
    a_moment(world, how="word", words=long)
    talk(world, f"On Monday she has {long}.")
    sweeps.watch_words(at=LATER)
    assert MomentSeen.objects.get().word == long[:80]


def test_a_long_phrase_is_refused_where_it_is_typed(world: World) -> None:
    form = MomentForm(
        {"how": "word", "words": "h" * 81}, initiative=world.initiative, today=NOW.date()
    )
    assert "80 characters at most" in form.errors["words"][0]
    form = MomentForm(
        {"how": "word", "words": "h" * 80}, initiative=world.initiative, today=NOW.date()
    )
    assert "words" not in form.errors


def test_a_moment_that_cannot_be_written_down_keeps_no_other_from_coming(world: World) -> None:
    broken = a_moment(world, how="word", words="hand-over")
    a_moment(world, how="word", words="ward")
    talk(world)
    notice = moments.notice

    def fails(moment: Moment, *args: Any, **more: Any) -> MomentSeen:
        if moment.pk == broken.pk:
            raise DataError("value too long")
        return notice(moment, *args, **more)

    with patch.object(moments, "notice", side_effect=fails):
        assert sweeps.watch_words(at=LATER) == 1
    assert [word for _name, _source, word in seen()] == ["ward"]


def test_of_a_small_group_only_what_names_them_counts_for_somebody(world: World) -> None:
    a_moment(world, participation=None, team=None, how="word", words="hand-over")
    notes = Notes(
        "Sam has the hand-over on Monday.\nJoan listened.",
        LATER.date(),
        (world.joan, world.sam),
        form=Conversation.Form.SMALL_GROUP,
    )
    note_conversation(world.initiative, notes, by=world.lead, at=LATER)
    sweeps.watch_words(at=LATER)
    assert [name for name, _source, _word in seen()] == ["Sam Reyes"]


def test_notes_of_another_initiative_are_not_read_for_it(world: World) -> None:
    a_moment(world, participation=None, team=None, how="word", words="hand-over")
    there = initiatives.start_initiative(
        world.workspace, title="Another", target="Something else", by=world.lead, at=NOW
    )
    whose = initiatives.put_on(there, world.joan.person, held_by=world.lead, by=world.lead, at=NOW)
    note_conversation(there, Notes(SAID, LATER.date(), (whose,)), by=world.lead, at=LATER)
    assert sweeps.watch_words(at=LATER) == 0


def test_a_word_in_an_invitation_comes_for_who_is_asked(world: World) -> None:
    a_moment(world, how="word", words="draft")
    ask = an_ask(world)
    type(ask).objects.filter(pk=ask.pk).update(about="The draft of the hand-over")
    invitation = invite(world, world.joan, ask)
    events.record("invitation_sent", by=world.lead, at=LATER, about=invitation)
    sweeps.watch_words(at=LATER)
    assert seen() == [("Joan Okafor", f"invitation {invitation.pk}", "draft")]


def test_who_comes_into_a_team_has_come(world: World) -> None:
    north = Team.objects.create(workspace=world.workspace, name="North")
    a_moment(world, participation=None, team=None, how="team", joins=north)
    joan = world.joan.person
    assert sweeps.watch_joining(at=LATER) == 0
    people.change_person(joan, Details(joan.name, joan.email, team=north), by=world.owner, at=LATER)
    assert sweeps.watch_joining(at=LATER) == 1
    assert sweeps.watch_joining(at=LATER) == 0


def test_who_was_in_the_team_before_has_not_come(world: World) -> None:
    north = Team.objects.create(workspace=world.workspace, name="North")
    Person.objects.filter(pk=world.joan.person_id).update(team=north, team_since=NOW)
    a_moment(world, participation=None, team=None, how="team", joins=north, at=LATER)
    assert sweeps.watch_joining(at=LATER) == 0


def test_who_is_put_onto_the_initiative_has_come(world: World) -> None:
    a_moment(world, participation=None, team=None, how="added")
    (kim,) = people.add_people(world.workspace, [people.Named("Kim Ito")], by=world.lead, at=LATER)
    initiatives.put_on(world.initiative, kim, held_by=world.lead, by=world.lead, at=LATER)
    sweeps.watch_joining(at=LATER)
    assert [name for name, _source, _word in seen()] == ["Kim Ito"]


def test_unused_it_lapses_after_its_days(world: World) -> None:
    a_moment(world, how="date", on=LATER.date(), lapses_after=5)
    sweeps.watch_days(at=LATER)
    assert sweeps.lapse_moments(at=LATER + timedelta(days=4)) == 0
    assert sweeps.lapse_moments(at=LATER + timedelta(days=5)) == 1
    assert MomentSeen.objects.get().state == "lapsed"


def test_what_waits_is_left_when_they_object(world: World) -> None:
    a_moment(world, how="date", on=LATER.date())
    sweeps.watch_days(at=LATER)
    initiatives.say_wish(world.joan, initiatives.Wish.NOT_THIS, at=LATER)
    assert not MomentSeen.objects.waiting().exists()
    assert sweeps.leave_moments(at=LATER) == 1
    assert MomentSeen.objects.get().state == "left"


def test_what_waits_is_left_when_they_ask_for_less(world: World) -> None:
    a_moment(world, how="date", on=LATER.date())
    sweeps.watch_days(at=LATER)
    initiatives.say_wish(world.joan, initiatives.Wish.LESS, at=LATER)
    assert not MomentSeen.objects.waiting().exists()
    assert sweeps.leave_moments(at=LATER) == 1


def test_what_was_typed_for_another_choice_is_never_wrong(world: World) -> None:
    typed = {"words": "h" * 81, "on": "2020-01-01", "team": "999", "whom": "anyone", "how": "hand"}
    form = MomentForm(typed, initiative=world.initiative, today=NOW.date())
    assert form.errors.keys() == {"what", "point", "lapses_after"}
    form = MomentForm({**typed, "how": "date"}, initiative=world.initiative, today=NOW.date())
    assert "on" in form.errors


def test_words_that_came_later_do_not_bring_old_notes_to_a_new_moment(world: World) -> None:
    noted = talk(world)
    later = LATER + timedelta(hours=1)
    a_moment(world, how="word", words="hand-over", at=later)
    events.record("words_came_later", by=world.lead, at=later + timedelta(hours=1), about=noted)
    assert sweeps.watch_words(at=later + timedelta(hours=2)) == 0


def test_words_they_mended_are_read_as_they_stand_now(world: World) -> None:
    a_moment(world, how="word", words="hand-over, new desk")
    noted = talk(world)
    start = SAID.index("hand-over")
    Quote.objects.create(
        initiative=world.initiative,
        participation=world.joan,
        conversation=noted,
        words="new desk",
        said_on=LATER.date(),
        start=start,
        end=start + len("hand-over"),
        corrected_at=LATER,
    )
    sweeps.watch_words(at=LATER)
    assert [word for _name, _source, word in seen()] == ["new desk"]


@pytest.mark.parametrize("over", ["struck", "taken_back"])
def test_of_a_point_that_is_none_any_more_nothing_is_noticed(world: World, over: str) -> None:
    moment = a_moment(world, how="word", words="hand-over")
    a_moment(world, how="date", on=LATER.date(), point=moment.point)
    talk(world)
    if over == "struck":
        Point.objects.update(struck_at=LATER)
        with pytest.raises(moments.MomentStopped):
            moments.notice(moment, world.joan, Noticed("hand", "h"), by=world.lead, at=LATER)
    else:
        lessons.take_lesson_back(moment.lesson, by=world.lead, at=LATER)
        assert not Moment.objects.filter(stopped_at=None).exists()
    assert sweeps.watch_words(at=LATER) == sweeps.watch_days(at=LATER) == 0


def test_mended_it_is_watched_for_from_then_on(world: World) -> None:
    moment = a_moment(world, how="word", words="audit")
    talk(world)
    draft = MomentDraft(
        a_point(world), "x", participation=world.joan, how="word", words="hand-over"
    )
    moments.mend_moment(moment, draft, by=world.lead, at=LATER + timedelta(hours=1))
    assert sweeps.watch_words(at=LATER + timedelta(hours=2)) == 0


def test_where_numbers_are_missing_it_waits_until_nobody_can_still_be_writing(
    world: World,
) -> None:
    """As on PostgreSQL, where a lower number may be committed after a higher."""
    a_moment(world, how="word", words="hand-over")
    mark = WatchMark.objects.get()
    talk(world)
    missing = watching.last_event() + 1
    with patch.object(connection, "vendor", "postgresql"):
        WatchMark.objects.update(event_id=missing - 1)
        Event.objects.create(pk=missing + 1, at=LATER, action="x")
        mark.refresh_from_db()
        read = watching.read_on(mark, at=LATER)
        assert read.mark.event_id == missing - 1
        later = watching.read_on(read.mark, at=LATER + watching.SETTLED_AFTER)
    assert later.mark.event_id == missing + 1
