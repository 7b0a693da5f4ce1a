"""What came of talks and asks: times agreed, what to tell back, what people wrote, whom they named.

Most of these give all a case is made of, so that nothing more is read about them.
"""

# ruff: noqa: S608
from __future__ import annotations

from earnest.listening.queries.asks import ENOUGH_ASKS, MET, NOT_MET
from earnest.rhythm.candidates.fragments import (
    ALL,
    NAMED,
    NOT_STOPPED,
    OF_MINE,
    OF_MINE_RARELY,
    QUIET_OR_NOT,
    THEIR_TURN,
    WITH_PERSON,
    Part,
    not_aside,
)

WHO = "p.name, t.initiative_id AS place, t.id AS who"
WITH = ("name", "place", "who")


def _asked(sort: str, moment: str, when: str) -> Part:
    query = f"""SELECT v.id, {WHO}, a.about AS words, v.wanted AS more, {moment} AS moment,
        a.minutes AS number FROM listening_invitation v
        JOIN listening_ask a ON a.id = v.ask_id {WITH_PERSON.format(table="v")}
        WHERE v.initiative_id IN ({{going}}) AND {OF_MINE} AND {NOT_STOPPED} AND {when}"""
    return Part(sort, query, (*WITH, "words", "more", "moment", "number"))


def _of_a_talk(sort: str, when: str) -> Part:
    """A talk with the first of those who were there and are still."""
    query = f"""SELECT n.id, {WHO}, n.noted_at AS moment FROM listening_conversation n
        JOIN initiatives_participation t ON t.id = (
            SELECT MIN(h.participation_id) FROM listening_conversation_people h
            JOIN initiatives_participation f ON f.id = h.participation_id
            JOIN people_person g ON g.id = f.person_id
            WHERE h.conversation_id = n.id AND g.erased_at IS NULL
            AND f.stopped_at IS NULL AND g.stopped_at IS NULL)
        JOIN people_person p ON p.id = t.person_id
        WHERE n.initiative_id IN ({{going}}) AND {when} ORDER BY n.noted_at"""
    return Part(sort, query, (*WITH, "moment"))


def _mail(sort: str, when: str) -> Part:
    """A mail that did not get through as it should; which rule it is, is its state."""
    query = f"""SELECT g.id, {WHO}, g.subject AS words, g.made_at AS moment
        FROM messaging_message g {WITH_PERSON.format(table="g")}
        WHERE g.initiative_id IN ({{going}}) AND {OF_MINE} AND {NOT_STOPPED} AND {when}
        AND {not_aside(f"mail-{sort}:message", "g.id")} ORDER BY g.id"""
    return Part(sort, query, (*WITH, "words", "moment"))


def _in(states: tuple[str, ...]) -> str:
    return "(" + ", ".join(f"'{state}'" for state in states) + ")"


# As listening.queries.asks counts them: due, and not called off by ourselves.
EARLY_TEST = f"""SELECT v.initiative_id, COUNT(*) AS due,
        SUM(CASE WHEN v.state IN {_in(MET)} THEN 1 ELSE 0 END) AS met
    FROM listening_invitation v WHERE v.initiative_id IN ({{going}})
    AND v.answer_by < %(today)s AND v.state IN {_in((*MET, *NOT_MET))}
    AND NOT (v.state = 'cancelled' AND EXISTS (SELECT 1 FROM listening_invitationevent e
        WHERE e.invitation_id = v.id AND e.kind = 'cancelled' AND e.ours))
    GROUP BY v.initiative_id"""


QUESTION = """SELECT q.id FROM listening_question q {joined}
    WHERE q.initiative_id IN ({{going}}) AND q.answered_at IS NULL AND {whose}
    AND {not_aside} ORDER BY q.asked_on"""
QUESTION_OWED = not_aside("question-owed:question", "q.id")
PARTS = (
    # question_owed: of those I hold, and of talks of mine where nobody is named
    Part(
        "question",
        QUESTION.format(
            joined=WITH_PERSON.format(table="q"),
            whose="t.held_by_id = %(user)s AND p.erased_at IS NULL",
            not_aside=QUESTION_OWED,
        ),
    ),
    Part(
        "question",
        QUESTION.format(
            joined="JOIN listening_conversation n ON n.id = q.conversation_id",
            whose="q.participation_id IS NULL AND n.by_id = %(user)s",
            not_aside=QUESTION_OWED,
        ),
    ),
    # invitation_by_state: a time agreed that has come or is over; another time proposed
    _asked(
        "agreed",
        "v.starts_at",
        f"""v.state = 'accepted' AND v.starts_at <= %(tonight)s
        AND {not_aside("talk-today:invitation", "v.id")}
        AND {not_aside("talk-over:invitation", "v.id")} ORDER BY v.starts_at""",
    ),
    _asked(
        "proposed",
        "v.wanted_at",
        f"""v.state = 'proposed'
        AND {not_aside("time-proposed:invitation", "v.id")} ORDER BY v.state_at""",
    ),
    _asked(  # called off by them, and nothing agreed since: other times are ours to offer
        "called_off",
        "v.state_at",
        f"""v.state = 'cancelled' AND v.state_at > %(fortnight_ago)s AND NOT EXISTS (
            SELECT 1 FROM listening_invitationevent e WHERE e.invitation_id = v.id
            AND e.kind = 'cancelled' AND e.ours)
        AND NOT EXISTS ({THEIR_TURN.replace(" v", " w").replace("v.", "w.")})
        AND {not_aside("called-off:invitation", "v.id")} ORDER BY v.state_at""",
    ),
    # talks_to_look_back: of this week, everything found in them decided
    _of_a_talk(
        "talk",
        f"""n.looked_back_at IS NULL AND n.form <> 'written' AND n.by_id = %(user)s
        AND n.noted_at > %(last_week)s AND NOT EXISTS (
            SELECT 1 FROM listening_finding w
            WHERE w.conversation_id = n.id AND w.state = 'offered')
        AND {not_aside("look-back:talk", "n.id")}""",
    ),
    # written_unread
    _of_a_talk(
        "written",
        f"""n.form = 'written' AND n.read_at IS NULL AND t.held_by_id = %(user)s
        AND {not_aside("they-wrote:written", "n.id")}""",
    ),
    # recap_corrected
    Part(
        "recap",
        f"""SELECT c.id, {WHO}, c.corrected_at AS moment FROM listening_recap c
        {WITH_PERSON.format(table="c")} WHERE {OF_MINE_RARELY} AND c.corrected_at IS NOT NULL
        AND c.correction_read_at IS NULL
        AND {not_aside("corrected:recap", "c.id")} ORDER BY c.corrected_at""",
        (*WITH, "moment"),
    ),
    # message_stuck
    _mail("unclear", "g.state = 'unclear'"),
    _mail("failed", "g.state = 'failed'"),
    # message_due: no mail server, no address, or no worker
    _mail("waiting", "g.state = 'waiting' AND g.leaves_at < %(an_hour_ago)s"),
    # invitation_by_state: under half of the small asks were met
    Part(
        "large",
        f"""SELECT l.id, l.initiative_id AS place, l.words, CAST(c.met AS text) AS more,
        c.due AS number FROM listening_largeask l
        JOIN ({EARLY_TEST}) c ON c.initiative_id = l.initiative_id
        WHERE l.left_at IS NULL AND c.due >= {ENOUGH_ASKS} AND c.met * 2 < c.due
        AND {not_aside("large-smaller:large", "l.id")} ORDER BY l.id""",
        ("place", "words", "more", "number"),
    ),
    # referral_open; whom they name is compared in Python
    Part(
        "referral",
        f"""SELECT f.id, f.name, f.initiative_id AS place, f.at AS moment FROM listening_referral f
        WHERE f.initiative_id IN ({{going}}) AND f.spoken_at IS NULL AND f.left_at IS NULL
        AND NOT EXISTS (SELECT 1 FROM objecting o WHERE o.id = f.participation_id)
        AND {not_aside("referral:referral", "f.id")} ORDER BY f.at""",
        ("name", "place", "moment"),
        NAMED,
    ),
    Part(  # who objected, where somebody is still to be spoken with
        "objecting",
        """SELECT o.id, o.name, o.initiative_id AS place FROM objecting o WHERE EXISTS (
            SELECT 1 FROM listening_referral f WHERE f.initiative_id = o.initiative_id
            AND f.spoken_at IS NULL AND f.left_at IS NULL)""",
        ("name", "place"),
        ALL,
    ),
    Part(  # initiatives whose commissioner was heard, or wants to be left alone, on it or not
        "heard",
        f"""SELECT k.initiative_id AS id FROM initiatives_commission k
        JOIN people_person p ON p.id = k.person_id
        LEFT JOIN initiatives_participation t
            ON t.person_id = k.person_id AND t.initiative_id = k.initiative_id
        WHERE k.initiative_id IN ({{going}})
        AND (NOT ({QUIET_OR_NOT}) OR p.erased_at IS NOT NULL OR EXISTS (
            SELECT 1 FROM listening_conversation_people h WHERE h.participation_id = t.id))""",
        most=ALL,
    ),
    Part(  # finding_waiting: what waits, and whose notes it waits in
        "notes",
        f"""SELECT DISTINCT n.id FROM listening_finding w
        JOIN listening_conversation n ON n.id = w.conversation_id
        WHERE w.state = 'offered' AND n.by_id = %(user)s AND n.initiative_id IN ({{going}})
        AND {not_aside("notes-found:notes", "n.id")} ORDER BY n.id""",
    ),
)
