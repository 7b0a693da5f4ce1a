"""Everything held about a person, to read and to take along.

A file of its own: it reads every context, and what it leaves out nobody would miss until somebody
asked for it. Keys are plain English and stay the same; labels are for reading.
"""

from __future__ import annotations

import io
import json
import zipfile
from datetime import date, datetime
from typing import Any

from django.db.models import Q, prefetch_related_objects
from django.template.loader import render_to_string

from earnest.checkins.models import Condition, NamedAnswer
from earnest.initiatives.models import Participation
from earnest.intake.models import Inbound
from earnest.listening.models import Conversation, Finding, Invitation, NeedNamed
from earnest.messaging import queries as messaging
from earnest.messaging.models import Contact, Message
from earnest.pages import labels
from earnest.pages.estimate import estimate_of, estimated
from earnest.pages.labels import readable
from earnest.pages.record import Record, record_of
from earnest.pages.written import carded, piloted
from earnest.pages.written.held import held_above, technical
from earnest.pages.written.held_practice import held_practice
from earnest.pages.written.held_together import held_together
from earnest.pages.written.tries import held_tries
from earnest.pages.written.typed import Typed, without_copied
from earnest.people.models import Person, Tie
from earnest.promises.models import Promise
from earnest.standing import queries as standing

type Data = dict[str, Any]


def everything_about(participation: Participation, *, at: datetime) -> Data:
    """What is held about this person in the directory and on this initiative.

    Never of others: whoever made the link, or keeps the directory, may hold the link and the
    mailbox too. Each initiative has a page of its own, opened by a link from those who lead it.
    """
    return {
        "made_at": at,
        "person": _person(participation.person),
        "initiative": _initiative(participation, at=at),
    }


def _person(person: Person) -> Data:
    ties = Tie.objects.filter(Q(person=person) | Q(other=person)).select_related("person", "other")
    return {
        "name": person.name,
        "email": person.email,
        "address_changed_at": person.email_changed_at,
        **_not_written_to(person),
        "what_they_do": person.job,
        "team": str(person.team or ""),
        "in_this_team_since": person.team_since,
        "manager": str(person.manager or ""),
        "time_zone": person.time_zone,
        "language": person.language,
        "own_goals": person.own_goals,
        "own_measures": person.own_measures,
        "in_own_hand_since": person.own_work_at,
        "has_an_account": person.user_id is not None,
        "asked_for_less": person.wants_less_at,
        "asked_not_to_be_asked": person.stopped_at,
        "asked_not_to_be_estimated": person.not_estimated_at,
        "asked_enough_until": person.asked_enough_until,
        "left_alone_until": person.left_alone_until,
        "away": [{"first_day": a.first_day, "last_day": a.last_day} for a in person.away.all()],
        "ties": [
            {"who": str(t.person), "kind": t.get_kind_display(), "to": str(t.other)} for t in ties
        ],
    }


def _not_written_to(person: Person) -> Data:
    """Where their address must not be written to: why, and since when."""
    found = messaging.suppression_of(person)
    if found is None:
        return {}
    why = {"why": found.get_reason_display(), "since": found.at}
    return {"no_mail_to_this_address": why}


def _initiative(participation: Participation, *, at: datetime) -> Data:
    initiative = participation.initiative
    record = record_of(participation, today=initiative.workspace.day(at))
    prefetch_related_objects(record.mails, "deliveries")
    typed = Typed(**{name: getattr(record, name) for name in Typed._fields})
    typed = without_copied(typed, participation)
    return {
        "title": initiative.title,
        "target": initiative.target,
        "on_it_since": participation.since,
        "held_by": str(participation.held_by),
        "it_changes_their_work": participation.is_affected,
        "they_have_data_we_need": participation.has_data,
        "we_need_their_help": participation.can_help,
        "own_goals": participation.own_goals,
        "own_measures": participation.own_measures,
        "told_of_this": participation.first_told_at,
        "last_contact": participation.last_contact_at,
        "asked_not_to_be_asked": participation.stopped_at,
        **_said(record),
        **held_above(participation, record.told),
        "asked": [_asked(one) for one in record.asked],
        "check_ins": [_check_in(one) for one in record.check_ins],
        "promises": [_promise(one) for one in (*record.ours, *record.theirs)],
        **held_together(participation, record),
        **held_practice(participation, typed.practice),
        **held_tries(typed.practised),
        **piloted.as_data(typed.piloted),
        **carded.as_data(typed.carded),
        **_done(record),
        **estimated(estimate_of(participation, record.evidence, at=at)),
        "asked_for_it": _commission(record),
        "mails": [_mail(one) for one in record.mails],
        "mails_received": [_received(one) for one in participation.received.all()],
        "contacts": [_contact(one) for one in record.contacts],
        **technical(participation),
    }


def _mail(message: Message) -> Data:
    """Where its link stood is a placeholder: the link itself is kept nowhere."""
    return {
        "kind": message.get_kind_display(),
        "state": message.get_state_display(),
        "at": message.sent_at or message.leaves_at,
        "by": str(message.by or ""),
        "title": message.subject,
        "words": message.text,
        "why": message.reason,
        "tries": [
            {
                "at": one.began_at,
                "ended_at": one.ended_at,
                "how_it_ended": one.get_outcome_display(),
                "words_of_the_mail_server": f"{one.code or ''} {one.words}".strip(),
            }
            for one in message.deliveries.all()
        ],
    }


def _received(one: Inbound) -> Data:
    """What they wrote, as it came; it is kept as long as notes are."""
    return {
        "kind": one.get_kind_display(),
        "at": one.received_at,
        "words": bytes(one.raw).decode("utf-8", "replace"),
    }


def _contact(contact: Contact) -> Data:
    return {
        "at": contact.at,
        "who": contact.get_direction_display(),
        "how": contact.get_channel_display(),
        "kind": contact.get_kind_display(),
    }


def _commission(record: Record) -> Data:
    """Where they asked for the initiative: what is noted of it."""
    one = record.commission
    if one is None:
        return {}
    return {"who": one.asked_by, "problem": one.problem, "will_give": one.will_give}


def _said(record: Record) -> Data:
    return {
        "quotes": [
            {
                "words": q.words,
                "said_on": q.said_on,
                "seen_by": q.get_passed_on_display(),
                "in_their_own_hand": q.own_hand,
                "corrected_at": q.corrected_at,
                "parts_of_the_plan_built_on_it": ", ".join(q.parts_used),
            }
            for q in record.quotes
        ],
        "words_taken_back": [{"at": at} for at in record.struck],
        "needs": [_need(n) for n in record.needs],
        "needs_of_earlier_initiatives": [
            {"words": n.in_their_words, "at": n.at} for n in record.brought
        ],
        "ideas": [{"words": i.words, "on": i.on} for i in record.ideas],
        "questions": [
            {"words": q.words, "asked_on": q.asked_on, "answer": q.answer} for q in record.questions
        ],
        "named_others": [{"name": r.name, "why": r.why, "at": r.at} for r in record.named_others],
        "named_by_others": [
            {"by": str(r.named_by.person if r.named_by else ""), "why": r.why, "at": r.at}
            for r in record.named_by
        ],
        "noted_with_colleagues": [{"words": m.words, "on": m.on} for m in record.mentions],
        "waits_to_be_asked": [
            {"about": turn.ask.about, "why_you": turn.why_you, "by": turn.ask.by.name}
            for turn in record.turns
        ],
        "known_before_asking": [
            {
                "question": known.topic.label,
                "words": known.answer.words,
                "source": known.answer.get_source_display(),
                "who_or_which": known.answer.where,
                "on": known.answer.on,
                "of_the_team": known.team,
                "of_the_role": known.job,
            }
            for known in record.brief.answers
            if known.answer
        ],
        "facts_seen": [{"words": s.words, "on": s.on} for s in record.seen],
        **_talks(record),
        "being_written": [
            {"with": w.who, "notes": w.words, "at": w.at} for w in record.being_written
        ],
        "found_in_notes": _findings(record),
    }


def _need(named: NeedNamed) -> Data:
    return {
        "words": named.in_their_words,
        "at": named.at,
        "later_initiatives_may_know_since": named.may_carry_at,
        "brought_along_on": named.brought_at,
    }


def _talks(record: Record) -> Data:
    """Conversations, with what of their notes is theirs, and how they were told back."""
    return {
        "conversations": [
            {
                "held_on": t.conversation.held_on,
                "with": str(t.conversation.by),
                "form": t.conversation.get_form_display(),
                "notes": t.own_notes,
                "is_this_the_problem": t.conversation.get_problem_display(),
                "what_it_is": t.conversation.problem_words,
                "read_at": t.conversation.read_at,
            }
            for t in record.talks
        ],
        "told_back": [
            {
                "at": r.sent_at,
                "by": str(r.by or ""),
                "words": r.words,
                "said_to_be_right_at": r.right_at,
                "corrected_at": r.corrected_at,
                "correction": r.correction,
                "read_at": r.correction_read_at,
            }
            for r in record.recaps
        ],
    }


def _findings(record: Record) -> list[Data]:
    """What the rules found in notes of theirs alone, spoken or written: what erasure takes whole."""
    shared = Conversation.Form.SMALL_GROUP
    alone = [t.conversation.pk for t in record.talks if t.conversation.form != shared]
    found = Finding.objects.filter(conversation__in=alone)
    return [
        {"kind": f.get_kind_display(), "words": f.words, "state": f.get_state_display()}
        for f in found
    ]


def _promise(promise: Promise) -> Data:
    return {
        "who": promise.get_direction_display(),
        "words": promise.words,
        "by": promise.due,
        "when": promise.condition,
        "state": promise.get_state_display(),
        "made_at": promise.made_at,
        "confirmed_at": promise.confirmed_at,
        "what_happened": [
            {
                "what": event.get_kind_display(),
                "at": event.at,
                "by": str(event.by or ""),
                "by_the_person": event.by_person,
                "why": event.why,
            }
            for event in promise.events.all()
        ],
    }


def _asked(one: Invitation) -> Data:
    return {
        "by": str(one.ask.by),
        "kind": one.ask.get_kind_display(),
        "about": one.ask.about,
        "why_you": one.why_you,
        "you_get": one.ask.gets,
        "answer_by": one.answer_by,
        "state": one.get_state_display(),
        "agreed_time": one.starts_at,
        "wanted_time": one.wanted_at,
        "wanted": one.wanted,
        "reason": one.reason,
        "what_happened": [
            {
                "what": event.get_kind_display(),
                "at": event.at,
                "by": str(event.by or ""),
                "by_the_person": event.by_person,
                "why": event.words,
            }
            for event in one.so_far
        ],
    }


def _check_in(one: NamedAnswer) -> Data:
    """By name. Answers without a name are nobody's: they cannot be found, so they are not here."""
    taps = {f"tap_{condition.value}": getattr(one, condition.value) for condition in Condition}
    return {"at": one.at, **taps, "words": one.line, "under_a_minute": one.under_a_minute}


def _done(record: Record) -> Data:
    rung, rows = record.rung, standing.record_of(record.participation.pk)
    return {
        "ladder": {
            "step": rung.in_words if rung else "",
            "since": rung.since if rung else None,
            "heard_at": rung.heard_at if rung else None,
            "reason": rung.reason if rung else "",
            "no_chance_since": rung.no_chance_since if rung else None,
        },
        "said_and_done": [
            {
                "at": row.at,
                "kind": row.get_kind_display(),
                "about": labels.deed(row.item),
                "value": labels.said_so(row.value),
                "source": labels.came_from(row.source),
                "reason": row.reason,
            }
            for row in rows
        ],
        "steps_put_off": [
            {"kind": c.get_kind_display(), "why": c.reason, "by": str(c.user), "at": c.at}
            for c in record.chosen
        ],
        "page_opened_with_a_reason": [
            {"by": str(g.user), "why": g.reason, "at": g.at, "until": g.until}
            for g in record.glass_breaks
        ],
        "taken_out_as_files": [{"by": one.who, "at": one.at} for one in record.taken_out],
    }


def as_zip(data: Data) -> bytes:
    """One file to take along: for people as a page, for programs as JSON."""
    packed = io.BytesIO()
    page = render_to_string("pages/everything_file.html", {"nodes": readable(data)})
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("everything.html", page)
        archive.writestr(
            "everything.json", json.dumps(data, default=_plain, indent=2, ensure_ascii=False)
        )
    return packed.getvalue()


def _plain(value: object) -> str:
    return value.isoformat() if isinstance(value, date) else str(value)
