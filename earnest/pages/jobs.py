"""Follow-ups that join contexts. Jobs carry ids; the digits of a code are made as they leave."""

from __future__ import annotations

import secrets

from django.db import transaction
from django.tasks import task
from django.utils import timezone
from django.utils.translation import gettext as _

from earnest.initiatives import access
from earnest.initiatives import actions as initiatives
from earnest.initiatives.models import Initiative
from earnest.pages import emails
from earnest.pages.models import ProofCode
from earnest.people import actions as people
from earnest.people.models import PeopleImport, Person


@task()
def write_import_onto(import_id: int) -> None:
    """Write the people of a checked import, and put them on its initiative: all or nobody.

    Whether its user still leads the initiative is asked last, where everything is written.
    """
    waiting = PeopleImport.objects.filter(pk=import_id, state=PeopleImport.State.WRITING)
    import_ = waiting.defer("file", "problems_csv").select_related("by", "workspace").first()
    if import_ is None:
        return
    with people.kept_outcome(import_):
        read = people.prepare_import(import_)
        at = timezone.now()
        with transaction.atomic():
            initiative = _still_led(import_)
            result = people.finish_import(import_, read, at=at)
            there = (Person(pk=pk) for pk in result.people)
            initiatives.put_many_on(initiative, there, by=import_.by, at=at)
            initiatives.note_own_work(initiative, result.own_work, at=at)


def _still_led(import_: PeopleImport) -> Initiative:
    led = access.initiatives_led_by(import_.by).filter(pk=import_.initiative_id or 0)
    initiative = led.first()
    if initiative is None:
        words = _("You do not lead this initiative any more. Nothing was imported.")
        raise people.NotTheirsAnyMore(words)
    return initiative


@task()
def mail_code(code_pk: int) -> None:
    """Make the digits, keep their hash, send them. Run twice, only the last mail's digits fit."""
    rows = ProofCode.objects.filter(pk=code_pk, used_at=None)
    code = rows.select_related("participation__person", "participation__initiative").first()
    if code is None or not code.participation.person.email:
        return
    digits = f"{secrets.randbelow(1_000_000):06}"
    rows.update(code_hash=code.hashed(digits))
    emails.code(code, digits).send()
