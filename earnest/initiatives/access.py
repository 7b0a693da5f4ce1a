"""The doors to initiatives and to the people on them: absent and forbidden look the same.

Leads and co-leads see people; contributors the target, plan and ideas; sponsors groups; members
what is open to the workspace; owner and admin no person pages, unless the glass was broken.
"""

from __future__ import annotations

import hashlib
from datetime import datetime

from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.shortcuts import get_object_or_404

from earnest.accounts.models import User, Workspace
from earnest.initiatives.models import (
    LEADING,
    Backing,
    GlassBreak,
    Initiative,
    OutsideEvidence,
    Participation,
    ParticipationQuerySet,
    PersonLink,
    Role,
    RunUpStep,
    Stage,
)

type Anyone = User | AnonymousUser


def initiatives_led_by(user: Anyone) -> QuerySet[Initiative]:
    """Initiatives whose people this user may see: as lead or co-lead, and still a member."""
    if not isinstance(user, User):
        return Initiative.objects.none()
    return Initiative.objects.filter(
        roles__user=user, roles__kind__in=LEADING, workspace__memberships__user=user
    )


def leaders_of(initiative: Initiative) -> QuerySet[Role]:
    """Who leads it now, each still a member: those of whom initiatives_led_by is true."""
    return initiative.roles.filter(
        kind__in=LEADING, user__memberships__workspace=initiative.workspace_id
    )


def roles_beside(user: Anyone) -> QuerySet[Role]:
    """Where this user is on an initiative that goes on, and others lead it."""
    if not isinstance(user, User):
        return Role.objects.none()
    rows = Role.objects.filter(user=user, initiative__workspace__memberships__user=user)
    return rows.exclude(kind__in=LEADING).filter(initiative__closed_at=None).order_by("pk")


def leads_there(user: str, initiative: str) -> Exists:
    """Beside rows that name a user and an initiative: whether this one leads it, as above."""
    return Exists(
        Role.objects.filter(
            initiative=OuterRef(initiative),
            user=OuterRef(user),
            kind__in=LEADING,
            user__memberships__workspace=F("initiative__workspace"),
        )
    )


def initiatives_for(user: Anyone) -> QuerySet[Initiative]:
    """Initiatives this user may read at all, in whatever role."""
    if not isinstance(user, User):
        return Initiative.objects.none()
    here = Initiative.objects.filter(workspace__memberships__user=user)
    return here.filter(Q(roles__user=user) | Q(open_to_workspace=True)).distinct()


def get_initiative(user: Anyone, pk: int) -> Initiative:
    return get_object_or_404(initiatives_for(user).select_related("workspace"), pk=pk)


def get_led(user: Anyone, pk: int) -> Initiative:
    return get_object_or_404(initiatives_led_by(user).select_related("workspace"), pk=pk)


def get_seen_in_groups(user: Anyone, pk: int) -> Initiative:
    """For its sponsors, and for its leads, who see what these see."""
    kinds = (*LEADING, Role.Kind.SPONSOR)
    mine = Initiative.objects.filter(
        roles__user=user.pk or 0, roles__kind__in=kinds, workspace__memberships__user=user.pk or 0
    )
    joined = mine.select_related(
        "workspace", "group_look", "inputs_shown"
    )  # the last two lie above
    return get_object_or_404(joined, pk=pk)


def get_part[P: (Stage, RunUpStep, Backing, OutsideEvidence)](
    model: type[P], user: Anyone, *, initiative_pk: int, pk: int
) -> P:
    """A stage, a step of the run-up, a backing, or what was found elsewhere: of what they lead."""
    parts = model.objects.filter(initiative__in=initiatives_led_by(user))
    return get_object_or_404(
        parts.select_related("initiative__workspace"), initiative=initiative_pk, pk=pk
    )


def get_role(user: Anyone, *, initiative_pk: int, pk: int) -> Role:
    """A role this user may change: who leads is for leads to say, and for oneself to give up."""
    led = Role.objects.filter(
        initiative=OuterRef("initiative"), user=user.pk or 0, kind=Role.Kind.LEAD
    )
    theirs = Q(Exists(led)) | Q(user=user.pk or 0) | ~Q(kind__in=LEADING)
    parts = Role.objects.filter(theirs, initiative__in=initiatives_led_by(user))
    return get_object_or_404(
        parts.select_related("initiative__workspace"), initiative=initiative_pk, pk=pk
    )


def may_change(user: Anyone, role: Role, *, kind: str) -> bool:
    """Whether a user who is ``kind`` there changes and removes this role."""
    own = role.user_id == user.pk
    return kind == Role.Kind.LEAD or own or (kind in LEADING and role.kind not in LEADING)


def role_on(user: Anyone, initiative: Initiative) -> str:
    """The user's role there; empty for a member who only reads what is open."""
    if not isinstance(user, User):
        return ""
    kind = initiative.roles.filter(user=user).values_list("kind", flat=True).first()
    return kind or ""


def participations_for(user: Anyone) -> ParticipationQuerySet:
    """People on the initiatives this user leads; the erased are gone."""
    return (
        Participation.objects.present()
        .filter(initiative__in=initiatives_led_by(user))
        .select_related("person", "initiative")
    )


def get_participation(user: Anyone, pk: int) -> Participation:
    """One person on an initiative, for a lead of it. Everything about a person goes through here."""
    return get_object_or_404(participations_for(user), pk=pk)


def get_participation_on(user: Anyone, *, initiative_pk: int, pk: int) -> Participation:
    """The same, where the address names the initiative too: both must fit."""
    return get_object_or_404(participations_for(user), initiative=initiative_pk, pk=pk)


def get_participation_through_glass(user: Anyone, pk: int, *, at: datetime) -> Participation:
    """To read alone: for a lead, or for one who broke the glass and whose time is not over."""
    if not isinstance(user, User):
        return get_object_or_404(Participation.objects.none(), pk=pk)
    runs = {"memberships__user": user, "memberships__role__in": ("owner", "admin")}
    broken = GlassBreak.objects.filter(
        participation=OuterRef("pk"),
        user=user,
        until__gt=at,
        participation__initiative__workspace__in=Workspace.objects.filter(**runs),
    )
    led = initiatives_led_by(user).filter(pk=OuterRef("initiative"))
    readable = Participation.objects.present().filter(Exists(led) | Exists(broken))
    whole = readable.select_related(
        "person__team",
        "initiative__workspace__parameters",  # of its estimate: it lies above
        "initiative__commission",
        "held_by",
        "rung",
    )
    whole = whole.prefetch_related("person__away")
    return get_object_or_404(whole.annotate(is_led=Exists(led)), pk=pk)


def secret_hash(secret: str) -> str:
    """What is kept of a secret. It is random and long, so a plain hash gives nothing away."""
    return hashlib.sha256(secret.encode()).hexdigest()


def open_links(*, at: datetime) -> QuerySet[PersonLink]:
    """Links that open something: neither over nor revoked, their person not erased."""
    links = PersonLink.objects.filter(
        revoked_at=None, expires_at__gt=at, participation__person__erased_at=None
    )
    return links.select_related(
        "participation__person__team", "participation__initiative__workspace"
    )


def link_by_secret(secret: str, *, at: datetime) -> PersonLink | None:
    """Looked up by hash, so how long the answer takes says nothing about the secrets there are."""
    return open_links(at=at).filter(secret_hash=secret_hash(secret)).first()


WHOSE_TAP = """SELECT t.id, t.person_id, t.initiative_id, t.stopped_at
    FROM initiatives_personlink l
    JOIN initiatives_participation t ON t.id = l.participation_id
    JOIN people_person p ON p.id = t.person_id
    WHERE l.id = %s AND t.id = %s AND l.revoked_at IS NULL AND l.expires_at > %s
    AND p.erased_at IS NULL"""


def whose_tap(link_pk: int, pk: int, *, at: datetime) -> Participation | None:
    """Whose page this link opens, as ``open_links`` has it, with no more than one tap needs.

    In SQL: where hundreds tap in the same minute, putting a wide query together took longer than
    all the rest (docs/performance.md).
    """
    when = connection.ops.adapt_datetimefield_value(at)
    return next(iter(Participation.objects.raw(WHOSE_TAP, [link_pk, pk, when])), None)


def participation_by_secret(secret: str, *, at: datetime) -> Participation | None:
    """Whose page a link opens, while it is open."""
    link = link_by_secret(secret, at=at)
    return link.participation if link else None
