"""Mail that leaves after the page has answered. Jobs carry ids; the digits are made here."""

from __future__ import annotations

import secrets

from django.tasks import task

from earnest.pages import emails
from earnest.pages.models import ProofCode


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
