"""The doors to a person's own page, by a link and a cookie (privacy.md 11), and to one's mirror."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.core import signing
from django.shortcuts import get_object_or_404

from earnest.accounts.models import User
from earnest.initiatives import access as initiatives
from earnest.initiatives.models import Participation, PersonLink
from earnest.pages.models import LASTS, LeaderQuestion, ProofCode, WeeklyLine
from earnest.people.models import Away

SALT = "earnest.pages.mine"
PROOF_SALT = "earnest.pages.proof"
OPEN_FOR = timedelta(days=30)
ON_IT = ("held_by", "rung", "initiative__commission", "initiative__workspace__parameters")


def token_for(link: PersonLink) -> str:
    """What the cookie holds: which link opened which page, signed."""
    return signing.dumps([link.pk, link.participation_id], salt=SALT)


def own_page(token: str, pk: int, *, at: datetime) -> Participation | None:
    """The page this cookie opens, while its link is neither over nor revoked; else None."""
    link_pk = link_in(token, pk)
    if link_pk is None:
        return None
    links = initiatives.open_links(at=at).filter(pk=link_pk, participation=pk)
    link = links.select_related(*(f"participation__{name}" for name in ON_IT)).first()
    return link.participation if link else None


def page_as_they_see_it(user: initiatives.Anyone, pk: int) -> Participation:
    """The same page, for a lead to look at."""
    led = initiatives.participations_for(user).select_related("person__team", *ON_IT)
    return get_object_or_404(led, pk=pk)


def link_in(token: str, pk: int) -> int | None:
    """Which link the cookie of this page was made for; None where it is of another, or over."""
    try:
        link_pk, participation_pk = signing.loads(token, salt=SALT, max_age=OPEN_FOR)
    except (signing.BadSignature, ValueError):
        return None
    return int(link_pk) if participation_pk == pk else None


def whose_tap(token: str, pk: int, *, at: datetime) -> Participation | None:
    """The same for one tap: whose it is, and no more; else None."""
    link_pk = link_in(token, pk)
    return initiatives.whose_tap(link_pk, pk, at=at) if link_pk else None


def proof_for(code: ProofCode) -> str:
    """What the second cookie holds, once the mailed digits were entered."""
    return signing.dumps(code.pk, salt=PROOF_SALT)


def has_proved(token: str, participation: Participation, *, at: datetime) -> bool:
    """True for a quarter of an hour after the digits were entered."""
    try:
        pk = signing.loads(token, salt=PROOF_SALT, max_age=LASTS)
    except signing.BadSignature:
        return False
    return participation.codes.filter(pk=pk, used_at__gt=at - LASTS).exists()


def get_away(participation: Participation, pk: int) -> Away:
    """Days away of this very person."""
    return get_object_or_404(Away.objects.filter(person=participation.person_id), pk=pk)


def get_own_line(user: User, pk: int) -> WeeklyLine:
    """A line about oneself, for its writer alone, also where they lead no more."""
    return get_object_or_404(WeeklyLine.objects.filter(user=user), pk=pk)


def get_leader_question(user: User, pk: int) -> LeaderQuestion:
    """The question to one's own leader, for who plans to ask it alone."""
    return get_object_or_404(LeaderQuestion.objects.filter(user=user), pk=pk)
