"""Plays what was asked in the example: briefs, asks and their answers, what was told back.

A file of its own beside ``playing.py``, as the story of the asks is beside that of the talks.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from functools import partial
from typing import Any

from earnest.listening import actions as listening
from earnest.listening.actions import asks, briefs
from earnest.listening.actions.answers import Wanted
from earnest.listening.actions.briefs import Answered
from earnest.listening.models import BriefAnswer, Conversation, Invitation, Recap
from earnest.messaging import actions as messaging
from earnest.messaging.models import Message
from earnest.pages.actions import telling
from earnest.pages.actions.scene import Act, Scene
from earnest.pages.example.story import story
from earnest.people.models import Person

KNOWN, ASKED, ANSWERED, TOLD = 7, 9, 11, 13  # hours of a day
KNOWN_FROM, DAYS_TO_ANSWER = -45, 7
type Row = dict[str, Any]


def acts(scene: Scene) -> Iterator[Act]:
    """Everything asked, said and told back, each at its moment."""
    told, plan = story().asked, scene.calendar.moment
    for row in told["brief"]:
        yield plan(KNOWN_FROM, KNOWN), partial(_know, scene, row)
    for row in told["ask"]:
        yield plan(row["day"], ASKED), partial(_ask, scene, row)
    for row in told["told_back"]:
        yield plan(row["talk"], TOLD), partial(_tell_back, scene, row)
    for row in told["wrote"]:
        yield plan(row["day"], ANSWERED), partial(_write, scene, row)


def _know(scene: Scene, row: Row, at: datetime) -> None:
    """What is known of one person, or of a team."""
    topics = BriefAnswer.Topic.values
    answers = {topic: _answered(scene, row[topic]) for topic in topics if topic in row}
    if "who" in row:
        briefs.write_brief(scene.on_it[row["who"]], answers, by=scene.by, at=at)
        return
    one = next(member.name for member in story().members if member.team == row["team"])
    team = Person.objects.select_related("team").get(pk=scene.on_it[one].person_id).team
    briefs.write_group_brief(scene.initiative, answers, team=team, by=scene.by, at=at)


def _answered(scene: Scene, given: list[Any]) -> Answered:
    """The words, then the source, who or what, and the day, as far as they are given."""
    if len(given) < 4:
        return Answered(*given)
    words, source, where, day = given
    return Answered(words, source, where, scene.calendar.day(day))


def _ask(scene: Scene, row: Row, at: datetime) -> Iterator[Act]:
    """Asked, and handed over by the leader's own mail: nothing of an example is ever mailed."""
    calendar = scene.calendar
    draft = asks.AskDraft(
        kind=row.get("kind", "input"),
        minutes=row.get("minutes", 15),
        about=row["about"],
        gets=row["gets"],
        answer_by=calendar.day(row.get("until", row["day"] + DAYS_TO_ANSWER)),
        form=row.get("form", "one"),
        times=[calendar.moment(*time) for time in row.get("times", ())],
        large_words=story().asked["large"],
    )
    asked = [(scene.on_it[row["who"]], row["why_you"])]
    made = asks.make_ask(scene.initiative, draft, asked, by=scene.by, at=at)
    invitation = made.invitations.get()
    _hand_over(scene, invitation.message_id, at)
    for then in row.get("then", ()):
        yield calendar.moment(then["day"], ANSWERED), partial(_answer, scene, invitation.pk, then)


def _hand_over(scene: Scene, message_pk: int | None, at: datetime) -> None:
    messages = Message.objects.select_related("participation__initiative__workspace")
    messaging.hand_over(messages.get(pk=message_pk or 0), by=scene.by, at=at)


def _answer(scene: Scene, pk: int, then: Row, at: datetime) -> None:
    """One thing that became of an ask; a time agreed is confirmed by hand as well."""
    invitation = Invitation.objects.select_related("ask", "participation__person").get(pk=pk)
    words, calendar = then.get("words", ""), scene.calendar
    match then["what"]:
        case "chose":
            time = invitation.ask.times.get(starts_at=calendar.moment(*then["to"]))
            listening.choose_time(invitation, time, by=None, at=at)
        case "wanted":
            wanted = Wanted(calendar.moment(*then["to"]), words)
            listening.propose_time(invitation, wanted, by=None, at=at)
        case "suits":
            listening.accept_proposed(invitation, by=scene.by, at=at)
        case "wrote":
            talk = listening.answer_in_writing(invitation, words, by=None, at=at)
            listening.read_written(talk, by=scene.by, at=at)
        case "no":
            listening.decline(invitation, words, by=None, at=at)
        case "named":
            listening.refer(invitation, then["who"], words, by=None, at=at)
        case "held":
            listening.say_held(invitation, True, by=scene.by, at=at)
        case _:
            listening.lapse(invitation, at=at)
    _confirm(scene, invitation, at)


def _confirm(scene: Scene, invitation: Invitation, at: datetime) -> None:
    """What the answer laid into the outbox was sent by the leader's own hand."""
    waiting = Message.objects.filter(
        participation=invitation.participation_id, state=Message.State.WAITING
    )
    for key in waiting.values_list("pk", flat=True):
        _hand_over(scene, key, at)


def _tell_back(scene: Scene, row: Row, at: datetime) -> Iterator[Act]:
    """Told by hand, and what they said to it."""
    whom = scene.on_it[row["who"]]
    talks = Conversation.objects.filter(people=whom, held_on=scene.calendar.day(row["talk"]))
    talk = talks.select_related("initiative__workspace").get()
    telling.tell_by_hand(talk, whom, "", by=scene.by, at=at)
    recap = talk.recaps.select_related("participation__person").get(participation=whom)
    for then in row["then"]:
        yield scene.calendar.moment(then["day"], ANSWERED), partial(_said_to_it, recap, then)


def _said_to_it(recap: Recap, then: Row, at: datetime) -> None:
    if then["what"] == "right":
        listening.say_right(recap, at=at)
    else:
        listening.correct_recap(recap, then["words"], at=at)


def _write(scene: Scene, row: Row, at: datetime) -> None:
    """By their own hand, on their page."""
    on = scene.calendar.day(row["day"])
    listening.write_in_own_hand(scene.on_it[row["who"]], row["words"].strip(), on=on, at=at)
