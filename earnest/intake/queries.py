"""Whom a mail is from, and what of ours it answers."""

from __future__ import annotations

from datetime import datetime

from earnest.accounts.models import Workspace
from earnest.intake import reading
from earnest.intake.models import Inbound
from earnest.intake.reading import Incoming
from earnest.listening.models import Invitation
from earnest.messaging.models import Message

JOINED = ("participation__person", "participation__initiative__workspace")


def received_as(mark: str) -> Inbound | None:
    """The row of a mail that was taken before."""
    return Inbound.objects.filter(mark=mark).first()


def answered_by(mail: Incoming) -> Message | None:
    """The mail of ours it answers: as its head says, else by the address it was sent to."""
    by_id = Message.objects.filter(message_id__in=mail.answers).select_related(*JOINED)
    found = {one.message_id: one for one in by_id}
    for named in mail.answers:
        if named in found:
            return found[named]
    return _by_address(mail)


def _by_address(mail: Incoming) -> Message | None:
    for token in mail.tokens:
        rows = Message.objects.filter(message_id__startswith=f"<{token}@")
        if found := rows.select_related(*JOINED).first():
            return found
    return None


def sent_as(message_id: str) -> Message | None:
    """Our mail of this Message-ID."""
    if not message_id:
        return None
    return Message.objects.filter(message_id=message_id).select_related(*JOINED).first()


def invitation_behind(message: Message) -> Invitation | None:
    """The ask that a mail of ours was about."""
    word, _space, number = message.thread.partition(" ")
    if word != "ask" or not number.isdigit():
        return None
    asked = message.participation.invitations.filter(ask=int(number))
    return asked.select_related(*JOINED).first()


def invitation_of(uid: str) -> Invitation | None:
    """The invitation a calendar file names."""
    token = reading.uuid_in(uid.partition("@")[0])
    if token is None:
        return None
    return Invitation.objects.filter(uid=token).select_related(*JOINED).first()


def old_raw(workspace: Workspace, *, before: datetime, most: int) -> list[int]:
    """Mail as it came, too long ago to be kept."""
    old = Inbound.objects.filter(
        participation__initiative__workspace=workspace, received_at__lt=before
    )
    return list(old.exclude(raw=b"").order_by("pk").values_list("pk", flat=True)[:most])
