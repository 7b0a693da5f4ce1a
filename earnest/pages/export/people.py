"""What leads see of people, as CSV: without whoever stopped or was erased, and without any notes."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from earnest.initiatives.models import Initiative, Participation
from earnest.listening.models import NeedNamed, Quote
from earnest.messaging.models import Message
from earnest.pages.export.writing import File, Rows, table
from earnest.pilots.models import Volunteer
from earnest.plans.models import Reply
from earnest.promises.models import Promise

AT_ONCE = 500
STOPPED = Q(participation__stopped_at__isnull=False) | Q(
    participation__person__stopped_at__isnull=False
)


def quotes_of_stopped(initiative: Initiative) -> set[int]:
    """Words of whoever asked to be left out: nothing of theirs leaves any more."""
    return set(Quote.objects.filter(STOPPED, initiative=initiative).values_list("pk", flat=True))


def files_of(initiative: Initiative) -> Iterator[File]:
    yield File("people.csv", _("who is on it, and where they stand"), _table(PEOPLE, initiative))
    yield File("quotes.csv", _("what they said, and how far it is passed on"), _quotes(initiative))
    yield File("needs.csv", _("what they need, and who named it"), _needs(initiative))
    yield File(
        "inputs_and_replies.csv",
        _("what they asked for, and what became of it"),
        _replies(initiative),
    )
    yield File("promises_of_each.csv", _("promises both ways"), _promises(initiative))
    yield File("going_first.csv", _("who would like to go first"), _first(initiative))
    yield File("messages.csv", _("what we wrote to whom, without the text"), _mails(initiative))


PEOPLE = ("name", "why", "since", "speaks_with", "rung", "rung_since", "last_contact")


def there(initiative: Initiative) -> QuerySet[Participation]:
    """Those who neither stopped nor were erased."""
    return Participation.objects.may_be_asked().filter(initiative=initiative)


def with_those_there(path: str = "participation") -> Q:
    """The same, of rows about them: by their keys, so that no plan of a database reads all people."""
    return Q(
        **{
            f"{path}__isnull": False,
            f"{path}__stopped_at": None,
            f"{path}__person__stopped_at": None,
            f"{path}__person__erased_at": None,
        }
    )


def _table(columns: tuple[str, ...], initiative: Initiative) -> Iterator[str]:
    return table(columns, _people(initiative))


def _people(initiative: Initiative) -> Rows:
    rows = there(initiative).select_related("person", "held_by", "rung")
    day = initiative.workspace.day
    for one in rows.order_by("person__name", "pk").iterator(AT_ONCE):
        rung = getattr(one, "rung", None)
        yield (
            one.person.name,
            _why(one),
            day(one.since),
            str(one.held_by),
            rung.in_words if rung else "",
            day(rung.since) if rung and rung.since else None,
            day(one.last_contact_at) if one.last_contact_at else None,
        )


def _why(one: Participation) -> str:
    reasons = {
        _("it changes their work"): one.is_affected,
        _("they have data we need"): one.has_data,
        _("we need their help"): one.can_help,
    }
    return ", ".join(name for name, so in reasons.items() if so)


def _quotes(initiative: Initiative) -> Iterator[str]:
    rows = Quote.objects.filter(with_those_there(), initiative=initiative, erased_at=None)
    rows = rows.select_related("participation__person")
    return table(
        ("name", "day", "words", "passed_on"),
        (
            (str(one.participation.person), one.said_on, one.words, one.get_passed_on_display())
            for one in rows.order_by("said_on", "pk").iterator(AT_ONCE)
            if one.participation
        ),
    )


def _needs(initiative: Initiative) -> Iterator[str]:
    rows = NeedNamed.objects.filter(with_those_there(), need__initiative=initiative).select_related(
        "need", "participation__person"
    )
    return table(
        ("need", "people", "name", "in_their_words", "day"),
        (
            (
                one.need.words,
                one.need.people_count,
                str(one.participation.person),
                one.in_their_words,
                initiative.workspace.day(one.at),
            )
            for one in rows.order_by("need", "pk").iterator(AT_ONCE)
            if one.participation
        ),
    )


def _replies(initiative: Initiative) -> Iterator[str]:
    rows = Reply.objects.filter(initiative=initiative, input__isnull=False, input__erased_at=None)
    rows = rows.filter(
        Q(input__participation=None) | with_those_there("input__participation")
    ).select_related("input__participation__person")
    return table(
        ("name", "asked_for", "on", "outcome", "reply", "replied_on", "days"),
        (
            (
                str(one.input.participation.person) if one.input.participation else "",
                one.input.words,
                initiative.workspace.day(one.input.at),
                one.get_outcome_display(),
                one.words,
                initiative.workspace.day(one.at),
                one.days,
            )
            for one in rows.order_by("at", "pk").iterator(AT_ONCE)
            if one.input
        ),
    )


def _promises(initiative: Initiative) -> Iterator[str]:
    rows = Promise.objects.filter(with_those_there(), initiative=initiative)
    return table(
        ("side", "name", "promise", "by", "when", "state", "since"),
        (
            (
                _("we") if one.direction == Promise.Direction.OURS else _("they"),
                str(one.participation.person),
                one.words,
                one.due,
                one.condition,
                one.get_state_display(),
                initiative.workspace.day(one.state_at),
            )
            for one in rows.select_related("participation__person")
            .order_by("made_at", "pk")
            .iterator(AT_ONCE)
        ),
    )


def _first(initiative: Initiative) -> Iterator[str]:
    rows = Volunteer.objects.filter(
        with_those_there(), call__initiative=initiative, taken_back_at=None
    )
    return table(
        ("name", "part", "words", "seen_by", "day", "answer"),
        (
            (
                str(one.participation.person),
                one.part,
                one.words,
                one.get_passed_on_display(),
                initiative.workspace.day(one.said_at),
                one.answer,
            )
            for one in rows.select_related("participation__person").order_by("said_at", "pk")
        ),
    )


def _mails(initiative: Initiative) -> Iterator[str]:
    """Subjects and days: neither address nor text, and nothing of check-ins without a name."""
    rows = Message.objects.filter(with_those_there(), initiative=initiative, sealed=False)
    return table(
        ("name", "kind", "subject", "state", "day"),
        (
            (
                str(one.participation.person),
                one.get_kind_display(),
                one.subject,
                one.get_state_display(),
                initiative.workspace.day(one.sent_at or one.leaves_at),
            )
            for one in rows.select_related("participation__person").order_by("pk").iterator(AT_ONCE)
        ),
    )
