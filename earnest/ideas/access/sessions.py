"""The doors to a working session: its leads; whoever is in its space; and its code, while it runs."""

from __future__ import annotations

from django.core import signing
from django.db.models import QuerySet
from django.shortcuts import get_object_or_404

from earnest.accounts.models import User
from earnest.ideas.models import Idea, Jotting, Knock, Session, Space, Try, Voice
from earnest.ideas.models.sessions import LETTERS
from earnest.ideas.queries.sessions import jottings_of
from earnest.initiatives import access as initiatives
from earnest.initiatives.access import Anyone

SALT = "earnest.ideas.session"


def sessions_led_by(user: Anyone) -> QuerySet[Session]:
    """Sessions of the initiatives this user leads."""
    led = initiatives.initiatives_led_by(user)
    rows = Session.objects.filter(space__initiative__in=led)
    return rows.select_related("space__initiative__workspace", "by")


def get_session(user: Anyone, pk: int) -> Session:
    return get_object_or_404(sessions_led_by(user), pk=pk)


def get_knock(session: Session, pk: int) -> Knock:
    """Somebody at the door of a session that was itself got through its door."""
    return get_object_or_404(session.knocks.filter(seat=None), pk=pk)


def session_in(space: Space, pk: int) -> Session:
    """For whoever came into its space."""
    rows = Session.objects.filter(space=space).select_related("by")
    found: Session = get_object_or_404(rows, pk=pk)
    found.space = space
    return found


def token_of_session(session: Session) -> str:
    """What the address of the room ends in. It opens nobody's words by itself."""
    return signing.Signer(salt=SALT).sign_object(session.pk)


def _pk_in(token: str) -> int:
    try:
        return int(signing.Signer(salt=SALT).unsign_object(token))
    except (signing.BadSignature, ValueError):
        return 0


def session_by_token(token: str) -> Session:
    """The room of a session with names; without names one comes in by the space."""
    rows = Session.objects.filter(space__names=True)
    whole = rows.select_related("space__initiative__workspace", "by")
    return get_object_or_404(whole, pk=_pk_in(token))


def turn_of(token: str) -> int:
    """How often its course has changed: all that a phone asks for every few seconds. One read."""
    return get_object_or_404(Session.objects.only("turn"), pk=_pk_in(token)).turn


def session_by_code(code: str) -> Session | None:
    """The session that has this code on its screen now, however it was typed."""
    meant = "".join(letter for letter in code.upper() if letter in LETTERS)
    rows = Session.objects.filter(code=meant).select_related("space") if meant else None
    return rows.first() if rows is not None else None


def knock_by(session: Session, key_hash: str) -> Knock | None:
    """The phone that came by the code, known by its secret."""
    rows = session.knocks.filter(key_hash=key_hash).select_related("seat__voice__participation")
    return rows.first() if key_hash else None


def get_jotting(
    session: Session, voice: Voice | None, pk: int, *, noted_by: User | None = None
) -> Jotting:
    """An idea of their own that nobody else reads yet."""
    rows = jottings_of(session, voice, noted_by=noted_by)
    return get_object_or_404(rows, pk=pk)


def get_try(session: Session, voice: Voice | None, pk: int) -> Try:
    """What they said they try, where it is no promise."""
    rows = Try.objects.filter(session=session, promise_id=None)
    return get_object_or_404(rows, voice=voice, voice__isnull=False, pk=pk)


def get_idea_of(session: Session, pk: int) -> Idea:
    """An idea of the space the session is in, to build on or to try."""
    return get_object_or_404(Idea, space=session.space_id, pk=pk)
