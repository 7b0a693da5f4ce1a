"""Workspaces, who belongs to them, and how people get in."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.urls import reverse

from earnest.accounts import jobs, queries
from earnest.accounts.access import role_in
from earnest.accounts.models import Invite, Membership, SignInLink, User, Workspace
from earnest.core import events
from earnest.core.models import Lease

OWNER = Membership.Role.OWNER
LINK_LASTS = timedelta(minutes=15)
INVITE_LASTS = timedelta(days=14)


class LinkIsOver(Exception):
    """The link was used, taken back, or is too old."""


class AlreadySetUp(Exception):
    """Somebody else was first."""


class LastOwner(Exception):
    """A workspace has at least one owner, always."""


class NotInvited(Exception):
    """The invitation went to another address."""


class OnlyOwners(Exception):
    """Only owners make and unmake owners."""


class EmailTaken(Exception):
    """Another user has this address."""


@dataclass(frozen=True, slots=True)
class NewUser:
    """Somebody who begins: how to call them, and their password."""

    name: str
    password: str
    email: str = ""
    time_zone: str = ""


@dataclass(frozen=True, slots=True)
class WorkspaceSettings:
    """What owner and admin set for everybody (privacy.md 2, 10)."""

    name: str
    time_zone: str
    legal_basis: str
    privacy_contact: str
    notes_kept_months: int
    records_kept_months: int


# First run


def setup_link(at: datetime) -> str | None:
    """The path where the first owner begins; None once somebody exists at ``at``."""
    if User.objects.filter(date_joined__lte=at).exists():
        return None
    return reverse("accounts:set_up", args=[queries.setup_token()])


@transaction.atomic
def set_up(new: NewUser, *, workspace: str, at: datetime) -> User:
    """Make the first owner and their workspace. Raises AlreadySetUp."""
    Lease.objects.select_for_update().get_or_create(name="setup")  # two at once: one waits
    if queries.anyone_exists():
        raise AlreadySetUp
    user = _make_user(new, new.email, at)
    start_workspace(workspace, time_zone=user.time_zone, by=user, at=at)
    Lease.objects.filter(name="setup").delete()
    return user


def _make_user(new: NewUser, email: str, at: datetime) -> User:
    zone = {"time_zone": new.time_zone} if new.time_zone else {}
    return User.objects.create_user(
        email, new.password or None, name=new.name, date_joined=at, **zone
    )


# Links that sign in


@transaction.atomic
def make_sign_in_link(user: User, *, at: datetime) -> str:
    """A path that signs this user in, once, within a quarter of an hour."""
    return reverse("accounts:sign_in_link", args=[_mint(user, at).secret])


@transaction.atomic
def ask_sign_in_link(email: str, *, at: datetime) -> None:
    """Mail a sign-in link to whoever is known by this address; nobody learns who is."""
    user = queries.user_known_as(email)
    if user and queries.mail_is_set_up():
        jobs.mail_sign_in_link.enqueue(_mint(user, at).pk)


def _mint(user: User, at: datetime) -> SignInLink:
    SignInLink.objects.filter(user=user, expires_at__lte=at).delete()
    link = SignInLink.objects.create(user=user, made_at=at, expires_at=at + LINK_LASTS)
    events.record("sign_in_link_made", at=at, about=user)
    return link


@transaction.atomic
def use_sign_in_link(link: SignInLink, *, at: datetime) -> User:
    """Use the link up. Raises LinkIsOver when somebody was quicker."""
    if not SignInLink.objects.live(at).filter(pk=link.pk).update(used_at=at):
        raise LinkIsOver
    events.record("sign_in_link_used", by=link.user, at=at, about=link.user)
    return link.user


@transaction.atomic
def ask_password_link(email: str, *, at: datetime) -> None:
    """Mail a link to choose a new password to whoever is known by this address."""
    user = queries.user_known_as(email)
    if user and queries.mail_is_set_up():
        jobs.mail_password_link.enqueue(user.pk)
        events.record("password_link_asked", at=at, about=user)


# One's own account


@transaction.atomic
def change_account(user: User, *, name: str, language: str, time_zone: str, at: datetime) -> None:
    """Keep how this user is called, and in which language and zone."""
    user.name, user.language, user.time_zone = name, language, time_zone
    user.save(update_fields=["name", "language", "time_zone"])
    events.record("account_changed", by=user, at=at, about=user)


@transaction.atomic
def ask_new_email(user: User, email: str, *, at: datetime) -> None:
    """Mail the new address: it counts once its link was opened. Says nothing of who has it."""
    if not User.objects.filter(email__iexact=email).exists():
        jobs.mail_new_email.enqueue(user.pk, email.lower())
    events.record("new_email_asked", by=user, at=at, about=user)


@transaction.atomic
def change_email(user: User, email: str, *, at: datetime) -> None:
    """Move the user to the address they proved, and tell the old one. Raises EmailTaken."""
    old = user.email
    if User.objects.filter(email__iexact=email).exclude(pk=user.pk).exists():
        raise EmailTaken
    try:
        with transaction.atomic():
            User.objects.filter(pk=user.pk).update(email=email.lower())
    except IntegrityError as error:  # taken between the question and the answer
        raise EmailTaken from error
    user.email = email.lower()
    SignInLink.objects.filter(user=user).delete()
    events.record("email_changed", by=user, at=at, about=user)
    if queries.mail_is_set_up():
        jobs.mail_email_changed.enqueue(user.pk, old)


# Workspaces


@transaction.atomic
def start_workspace(name: str, *, time_zone: str, by: User, at: datetime) -> Workspace:
    """Begin a workspace; whoever begins it owns it."""
    workspace = Workspace.objects.create(name=name, time_zone=time_zone, created_at=at)
    Membership.objects.create(user=by, workspace=workspace, role=OWNER, since=at)
    events.record("workspace_started", by=by, at=at, about=workspace, workspace_id=workspace.pk)
    return workspace


@transaction.atomic
def change_workspace(
    workspace: Workspace, settings: WorkspaceSettings, *, by: User, at: datetime
) -> None:
    """Keep the workspace's settings; the log says which, and the months as numbers."""
    values = asdict(settings)
    before = Workspace.objects.select_for_update().get(pk=workspace.pk)
    changed = [name for name, value in values.items() if getattr(before, name) != value]
    if not changed:
        return
    Workspace.objects.filter(pk=workspace.pk).update(**values)
    events.record(
        "workspace_changed",
        by=by,
        at=at,
        about=workspace,
        workspace_id=workspace.pk,
        detail={
            "changed": ", ".join(changed),
            "notes_kept_months": settings.notes_kept_months,
            "records_kept_months": settings.records_kept_months,
        },
    )


@transaction.atomic
def add_member(
    workspace: Workspace, user: User, *, role: str, by: User | None, at: datetime
) -> Membership:
    """Add a user to the workspace; who is in already keeps the role they have."""
    member, added = Membership.objects.get_or_create(
        user=user, workspace=workspace, defaults={"role": role, "since": at}
    )
    if added:
        events.record(
            "member_added", by=by, at=at, about=member, detail={"user": user.pk, "role": role}
        )
    return member


@transaction.atomic
def change_role(member: Membership, role: str, *, by: User, at: datetime) -> None:
    """Give a member another role. Raises OnlyOwners, LastOwner."""
    _hold(member.workspace)
    member.refresh_from_db(fields=["role"])
    if member.role == role:
        return
    if OWNER in {role, member.role}:
        _need_owner(by, member.workspace)
    _keep_an_owner(member)
    _take_back_invites(member, at)
    Membership.objects.filter(pk=member.pk).update(role=role)
    member.role = role
    detail: events.Detail = {"user": member.user_id, "role": role}
    events.record("role_changed", by=by, at=at, about=member, detail=detail)


@transaction.atomic
def remove_member(member: Membership, *, by: User, at: datetime) -> None:
    """End a membership, one's own or another's: every door asks for it, so access ends at once.

    Raises OnlyOwners, LastOwner. Whoever leads something alone is asked about above this context,
    before this is called.
    """
    _hold(member.workspace)
    member.refresh_from_db(fields=["role"])
    if member.role == OWNER:
        _need_owner(by, member.workspace)
    _keep_an_owner(member)
    _take_back_invites(member, at)
    events.record("member_removed", by=by, at=at, about=member, detail={"user": member.user_id})
    member.delete()


def _hold(workspace: Workspace) -> None:
    """Two changes of owners at once: one waits for the other."""
    Workspace.objects.select_for_update().get(pk=workspace.pk)


def _need_owner(by: User, workspace: Workspace) -> None:
    if role_in(by, workspace) != OWNER:
        raise OnlyOwners


def _keep_an_owner(member: Membership) -> None:
    owners = Membership.objects.filter(workspace=member.workspace, role=OWNER)
    if member.role == OWNER and not owners.exclude(pk=member.pk).exists():
        raise LastOwner


def _take_back_invites(member: Membership, at: datetime) -> None:
    """What somebody offered in a role ends with the role."""
    theirs = Invite.objects.live(at).filter(workspace=member.workspace, invited_by=member.user)
    theirs.update(revoked_at=at)


# Invitations


@transaction.atomic
def invite(workspace: Workspace, email: str, *, role: str, by: User, at: datetime) -> Invite:
    """Invite somebody, for a fortnight; an earlier invitation to the same address ends.

    Raises OnlyOwners. The caller shows the link once; it is mailed where mail is set up.
    """
    if role == OWNER:
        _need_owner(by, workspace)
    same = Invite.objects.live(at).filter(workspace=workspace, email__iexact=email)
    same.update(revoked_at=at)
    made = Invite.objects.create(
        workspace=workspace,
        email=email.lower(),
        role=role,
        invited_by=by,
        made_at=at,
        expires_at=at + INVITE_LASTS,
    )
    events.record("invited", by=by, at=at, about=made, detail={"role": role})
    if queries.mail_is_set_up():
        jobs.mail_invitation.enqueue(made.pk)
    return made


@transaction.atomic
def revoke_invite(invite: Invite, *, by: User, at: datetime) -> None:
    """Take an invitation back: its link opens nothing any more."""
    if Invite.objects.live(at).filter(pk=invite.pk).update(revoked_at=at):
        events.record("invite_revoked", by=by, at=at, about=invite)


@transaction.atomic
def join(invite: Invite, *, by: User, at: datetime) -> Membership:
    """Take up an invitation to the address one has. Raises NotInvited, LinkIsOver."""
    if not invite.is_for(by):
        raise NotInvited
    _take_up(invite, at)
    return _join(invite, by, at)


@transaction.atomic
def join_as_new(invite: Invite, new: NewUser, *, at: datetime) -> User:
    """Take an invitation up with a new account. Raises LinkIsOver, EmailTaken."""
    _take_up(invite, at)
    if User.objects.filter(email__iexact=invite.email).exists():
        raise EmailTaken
    user = _make_user(new, invite.email, at)
    _join(invite, user, at)
    return user


def _take_up(invite: Invite, at: datetime) -> None:
    """First of all: of two at once, one waits here and then finds it gone."""
    if not Invite.objects.live(at).filter(pk=invite.pk).update(accepted_at=at):
        raise LinkIsOver


def _join(invite: Invite, user: User, at: datetime) -> Membership:
    events.record("invite_accepted", by=user, at=at, about=invite)
    return add_member(invite.workspace, user, role=invite.role, by=invite.invited_by, at=at)


@transaction.atomic
def join_from_provider(name: str, email: str, *, workspace: Workspace, at: datetime) -> User:
    """Somebody the organisation's own sign-in vouches for becomes a member, without a password."""
    user = User.objects.create_user(email, None, name=name or email, date_joined=at)
    add_member(workspace, user, role=Membership.Role.MEMBER, by=None, at=at)
    return user


# Forgetting

OVER_KEPT = timedelta(days=30)  # over, they are of no use and hold an address


def forget_invites(workspace_id: int, email: str, *, at: datetime) -> int:
    """Who is erased leaves no invitation behind. Inside the transaction that erases them."""
    named = Invite.objects.filter(workspace=workspace_id, email__iexact=email).exclude(email="")
    events.cut_pointers({"invite": list(named.values_list("pk", flat=True))})
    gone = named.delete()[0]
    if gone:
        events.record("invites_forgotten", at=at, workspace_id=workspace_id)
    return gone


@transaction.atomic
def forget_over(*, at: datetime) -> int:
    """Delete invitations and sign-in links that were over a month ago."""
    before = at - OVER_KEPT
    ended = Q(accepted_at__lt=before) | Q(revoked_at__lt=before) | Q(expires_at__lt=before)
    used = Q(used_at__lt=before) | Q(expires_at__lt=before)
    invites = Invite.objects.filter(ended).delete()[0]
    return invites + SignInLink.objects.filter(used).delete()[0]
