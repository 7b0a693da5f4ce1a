"""Whether a mail leaves for somebody by itself, and when: said before it is sent, and after."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from earnest.accounts.queries import mail_is_set_up
from earnest.messaging import limits
from earnest.messaging import queries as messaging
from earnest.people.models import Person


@dataclass(frozen=True, slots=True)
class Leaving:
    """Whether it goes by mail; when, or why not, in a sentence."""

    by_mail: bool
    sentence: str


def how_it_leaves(person: Person, at: datetime) -> Leaving:
    """As the outbox will do it: in their working hours, or by the hand of whoever asks."""
    says = {"name": person.first_name}
    if not mail_is_set_up():
        return Leaving(False, _("It is for you to send: no mail server is set up."))
    if not person.email:
        words = _("It is for you to send: no address of %(name)s is known.")
        return Leaving(False, words % says)
    if messaging.suppression_of(person):
        words = _("It is for you to send: no mail goes to the address of %(name)s.")
        return Leaving(False, words % says)
    if person.is_example:
        words = _("%(name)s is made up: mail to the example never leaves.")
        return Leaving(True, words % says)
    return Leaving(True, _when(person, at))


def _when(person: Person, at: datetime) -> str:
    opens = limits.working_moment(at, messaging.zone_of(person))
    if opens <= at:
        return _("It leaves at once.")
    when = date_format(localtime(opens), "l j F, H:i")
    words = _("It leaves %(when)s, in the working hours of %(name)s.")
    return words % {"when": when, "name": person.first_name}
