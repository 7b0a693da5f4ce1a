"""The code mailed afresh before everything is shown, taken along or erased (privacy.md 11).

A file of its own beside ``actions.py``: what proves who somebody is should be readable alone.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F

from earnest.accounts.queries import mail_is_set_up
from earnest.core import events
from earnest.initiatives.models import Participation
from earnest.pages import jobs
from earnest.pages.models import TRIES, ProofCode
from earnest.people.models import Person

MOST_CODES = 3
WITHIN = timedelta(minutes=15)
SETTLES_IN = timedelta(days=7)  # an address somebody changed


class TooManyCodes(Exception):
    """Enough codes were asked for: nobody's mailbox is filled by this page."""


def is_needed(participation: Participation) -> bool:
    """A code is asked for wherever one can be sent; elsewhere the link itself is the proof."""
    return bool(participation.person.email) and mail_is_set_up()


def is_settled(person: Person, *, at: datetime) -> bool:
    """False for a week after somebody changed the address: it may not be the person's own."""
    changed = person.email_changed_at
    return changed is None or changed <= at - SETTLES_IN


def erases_everywhere(participation: Participation, *, at: datetime) -> bool:
    """Whether erasing by this page reaches beyond its initiative.

    It takes a code mailed to an address that stood for a week. Where none can be mailed, it
    reaches the directory's row alone, and only while they are on nothing else.
    """
    if is_needed(participation):
        return is_settled(participation.person, at=at)
    others = Participation.objects.filter(person=participation.person_id)
    return not others.exclude(pk=participation.pk).exists()


@transaction.atomic
def ask_for_code(participation: Participation, *, at: datetime) -> ProofCode:
    """Have six digits mailed; earlier ones no longer count. Raises TooManyCodes."""
    Participation.objects.select_for_update().get(pk=participation.pk)
    if participation.codes.filter(made_at__gt=at - WITHIN).count() >= MOST_CODES:
        raise TooManyCodes
    participation.codes.filter(used_at=None).update(code_hash="")
    code = ProofCode.objects.create(participation=participation, made_at=at)
    events.record("code_asked_for", at=at, about=participation)
    jobs.mail_code.enqueue(code.pk)
    return code


@transaction.atomic
def enter_code(participation: Participation, digits: str, *, at: datetime) -> ProofCode | None:
    """The code, now used, when the digits fit; None when they do not, or it is over.

    Each try counts before it is compared, so that two at once cannot share one.
    """
    code = participation.codes.order_by("-made_at", "-pk").first()
    if code is None or not code.is_open(at):
        return None
    tried = ProofCode.objects.filter(pk=code.pk, tries__lt=TRIES, used_at=None)
    if not tried.update(tries=F("tries") + 1) or not code.fits(digits):
        return None
    if not ProofCode.objects.filter(pk=code.pk, used_at=None).update(used_at=at):
        return None
    events.record("code_entered", at=at, about=participation)
    return code
