"""Erasing a person, everywhere or from one initiative: every context erases its own, in one transaction (privacy.md 13).

A file of its own beside ``actions.py``: erasing is the one write that overrides every append-only
rule and touches every context; everything that does so should be readable in one place.
"""

from __future__ import annotations

from datetime import datetime
from functools import partial

from django.db import transaction

from earnest.accounts.models import User
from earnest.checkins import erasure as checkins
from earnest.core import events
from earnest.ideas import erasure as ideas
from earnest.initiatives import actions as initiatives
from earnest.initiatives.models import Initiative, Participation
from earnest.intake import erasure as intake
from earnest.listening import erasure as listening
from earnest.listening import queries as listened
from earnest.listening.models import Conversation
from earnest.listening.naming import Names
from earnest.messaging import erasure as messaging
from earnest.pages import ledger, traces
from earnest.pages.models import ProofCode
from earnest.pages.search import index
from earnest.people import actions as people
from earnest.people.models import Person
from earnest.pilots import erasure as pilots
from earnest.plans import erasure as plans
from earnest.practice import erasure as practice
from earnest.promises import erasure as promises
from earnest.rhythm import erasure as rhythm
from earnest.rhythm import queries as steps_of
from earnest.standing import actions as standing


@transaction.atomic
def erase_person(person: Person, *, by: User | None, at: datetime) -> bool:
    """Erase everything of this person, on every initiative; counts stay. False if done before.

    ``by`` is None where the person asked for it themselves, by their own page.
    """
    done = _erase_person(person, by=by, at=at)
    index.purge()
    return done


def _erase_person(person: Person, *, by: User | None, at: datetime) -> bool:
    there = Person.objects.select_for_update().get(pk=person.pk)
    if there.erased_at:
        return False
    for participation in _participations_of(there):
        _erase_on(participation, at=at)
    if there.user:
        events.cut_pointers(
            {"spreadrequest": pilots.erase_asked_by(there.user, there.workspace_id)}
        )
    _erase_traces_in_workspace(there)
    messaging.remember_not_to_write(there, at=at)
    people.erase_from_directory(there, at=at)
    events.record("person_erased", by=by, at=at, workspace_id=there.workspace_id)
    transaction.on_commit(ledger.catch_up)
    return True


@transaction.atomic
def erase_from_initiative(participation: Participation, *, by: User | None, at: datetime) -> bool:
    """Erase everything of this person on one initiative; the directory and others stay.

    ``by`` is the lead, or None where the person asked for it themselves. False if done before.
    Raises ObjectionStands to a lead: erased, an objection would be forgotten.
    """
    done = _erase_from_initiative(participation, by=by, at=at)
    index.purge()
    return done


def _erase_from_initiative(participation: Participation, *, by: User | None, at: datetime) -> bool:
    there = _there(participation)
    if there is None:
        return False
    if by is not None:
        initiatives.respect_objection(there)
    _erase_on(there, at=at)
    events.record("records_erased", by=by, at=at, about=there.initiative)
    transaction.on_commit(ledger.catch_up)
    return True


@transaction.atomic
def let_go_of_records(participation: Participation, *, at: datetime) -> None:
    """The time of these records is over; where they were the last, the directory's row goes too.

    Many may be let go of one after the other: whoever calls this purges the index, once.
    """
    person = Person.objects.select_for_update().get(pk=participation.person_id)
    if person.participations.exclude(pk=participation.pk).exists():
        _erase_from_initiative(participation, by=None, at=at)
    else:
        _erase_person(person, by=None, at=at)


@transaction.atomic
def take_off(participation: Participation, *, by: User, at: datetime) -> bool:
    """Take a person off an initiative: no word about them stays here. False if done before.

    Raises ObjectionStands.
    """
    there = _there(participation)
    if there is None:
        return False
    initiatives.respect_objection(there)
    names, workspace = listened.names_of(there), there.initiative.workspace
    _erase_words(there, names, at=at)
    initiatives.take_off(there, by=by, at=at)
    traces.redact_initiatives([there.initiative_id], names)
    index.purge()
    transaction.on_commit(partial(ledger.note_taken_off, participation.pk, workspace, at=at))
    return True


@transaction.atomic
def erase_old_notes(conversations: list[int], *, at: datetime) -> None:
    """The time of these notes is over; what was taken from them stays, pointing nowhere."""
    listening.erase_old_notes(conversations, at=at)
    promises.forget_places(conversations)
    ideas.forget_places(conversations)
    events.record("notes_let_go", at=at, detail={"count": len(conversations)})


@transaction.atomic
def erase_old_received(mails: list[int], *, at: datetime) -> None:
    """The time of these mails, as they came, is over; what was taken from them stays."""
    intake.erase_old_raw(mails)
    events.record("received_mails_let_go", at=at, detail={"count": len(mails)})


@transaction.atomic
def erase_old_seen(seen: list[int], *, at: datetime) -> None:
    """The time of these facts is over."""
    listening.delete_old_seen(seen)
    events.cut_pointers({"seen": seen})
    events.record("seen_let_go", at=at, detail={"count": len(seen)})


@transaction.atomic
def erase_old_mails(messages: list[int], *, at: datetime) -> None:
    """The time of these texts is over."""
    messaging.erase_old_words(messages, at=at)
    events.record("mails_let_go", at=at, detail={"count": len(messages)})


@transaction.atomic
def erase_old_lines(lines: list[int], inputs: list[int], *, at: datetime) -> None:
    """The time of these words is over, also where they were taken up; figures stay."""
    checkins.erase_old_lines(lines)
    plans.erase_nobodys(inputs, at=at)
    events.record("check_in_lines_let_go", at=at, detail={"count": len(lines) + len(inputs)})


@transaction.atomic
def erase_old_ideas(keys: list[int], *, at: datetime) -> None:
    """The time of these ideas, which lead to nobody, is over; what grew from what stays."""
    ideas.erase_nobodys(keys)
    events.record("ideas_let_go", at=at, detail={"count": len(keys)})


@transaction.atomic
def erase_old_answers(keys: list[int], *, at: datetime) -> None:
    """The time of these answers to open questions, which lead to nobody, is over."""
    ideas.erase_old_answers(keys)
    events.record("topic_answers_let_go", at=at, detail={"count": len(keys)})


@transaction.atomic
def erase_old_sentences(keys: list[int], *, at: datetime) -> None:
    """The time of these sentences, which lead to nobody, is over; how many voted on them stays."""
    ideas.erase_sentences(keys)
    events.record("sentences_let_go", at=at, detail={"count": len(keys)})


@transaction.atomic
def erase_old_tries(keys: list[int], *, at: datetime) -> None:
    """The time of what was taken on in these sessions, and leads to nobody, is over."""
    ideas.erase_old_tries(keys)
    events.record("tries_let_go", at=at, detail={"count": len(keys)})


@transaction.atomic
def erase_old_requests(keys: list[int], *, at: datetime) -> None:
    """The time of these requests, made by an account alone, is over; that one asked stays."""
    pilots.erase_old_requests(keys)
    events.cut_pointers({"spreadrequest": keys})
    events.record("requests_let_go", at=at, detail={"count": len(keys)})


def _participations_of(person: Person) -> list[Participation]:
    rows = Participation.objects.filter(person=person).select_related("person", "initiative")
    return list(rows.select_for_update(of=("self",)))


def _there(participation: Participation) -> Participation | None:
    """The row as it is now, its person locked; None where it was erased or taken off before."""
    rows = Participation.objects.present().filter(pk=participation.pk)
    there = rows.select_related("person", "initiative").select_for_update(of=("self",)).first()
    if there:
        Person.objects.select_for_update().get(pk=there.person_id)
    return there


def _erase_on(participation: Participation, *, at: datetime) -> None:
    names = listened.names_of(participation)
    _erase_words(participation, names, at=at)
    initiatives.erase_participation(participation, at=at)
    traces.redact_initiatives([participation.initiative_id], names)


def _erase_words(participation: Participation, names: Names, *, at: datetime) -> None:
    """What every context above the initiative keeps of them there."""
    alone = list(
        participation.conversations.exclude(form=Conversation.Form.SMALL_GROUP).values_list(
            "pk", flat=True
        )
    )
    elsewhere = promises.places_of(participation)
    for pk, spans in ideas.places_of(participation).items():
        elsewhere.setdefault(pk, []).extend(spans)
    rows = listening.erase_heard(participation, names, elsewhere, at=at)
    rows["promise"] = promises.erase_promises(participation)
    rows["askedagain"] = promises.erase_asked_again(participation)
    ideas.erase_in_mails(participation, at=at)
    rows["statement"] = ideas.erase_votes(participation)
    rows["idea"] = ideas.erase_ideas(participation, alone)
    rows["merge"] = ideas.merges_of(rows["idea"])
    ideas.erase_asked(participation)
    rows |= ideas.erase_under_topics(participation)
    rows["namedanswer"] = checkins.erase_answers(participation)
    rows |= pilots.erase_pilots(participation, rows, at=at)
    rows |= plans.erase_plans(participation, rows, at=at)
    ideas.erase_sessions(participation)
    rows |= rhythm.erase_introductions(participation)
    rows |= practice.erase_practice(participation)
    rows["message"] = messaging.erase_mail(participation)
    rows["inbound"] = intake.erase_received(participation)
    standing.erase_record(participation.pk)
    _cut_events(participation, {**rows, "conversation": alone})
    ProofCode.objects.filter(participation=participation).delete()


def _cut_events(participation: Participation, rows: dict[str, list[int]]) -> None:
    """Events keep that something happened, not about whom; so do chosen steps."""
    steps = steps_of.steps_about(
        {**rows, "person": [participation.pk], "notes": rows["conversation"]}
    )
    rhythm.erase_reasons(steps)
    events.cut_steps(steps)
    events.cut_pointers(rows)


def _erase_traces_in_workspace(person: Person) -> None:
    """Where others named them: by whole name or address in the whole workspace."""
    names = Names(whole=_names_alone(person))
    rows = Initiative.objects.filter(workspace=person.workspace_id)
    keys = list(rows.values_list("pk", flat=True))
    listening.erase_mentions(keys, names)
    traces.redact_initiatives(keys, names)
    traces.redact_workspace(person.workspace_id, names)
    traces.redact_jobs(names)


def _names_alone(person: Person) -> tuple[str, ...]:
    """The whole name, unless somebody else here has the same one; and the address."""
    same = Person.objects.present().filter(workspace=person.workspace_id, name__iexact=person.name)
    shared = same.exclude(pk=person.pk).exists()
    return tuple(one for one in ("" if shared else person.name, person.email) if one)
