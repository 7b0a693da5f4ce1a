"""A few standing characters, built once: who is who in every test that spans contexts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from earnest.accounts import actions as accounts
from earnest.accounts.models import Membership, User, Workspace
from earnest.initiatives import actions as initiatives
from earnest.initiatives.models import Initiative, Participation, Role
from earnest.people import actions as people

NOW = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)  # a Friday
PASSWORD = "a long walk home"


@dataclass(frozen=True)
class World:
    """Amara leads, Bo co-leads; Joan and Sam are asked; the others look on from their places."""

    workspace: Workspace
    other_workspace: Workspace
    owner: User
    admin: User
    member: User
    lead: User
    co_lead: User
    sponsor: User
    contributor: User
    stranger: User  # signed in, member of nothing
    outsider: User  # owns and leads in the other workspace
    initiative: Initiative
    other_initiative: Initiative
    joan: Participation
    sam: Participation


def user(name: str) -> User:
    """A user named so, with the address name@example.org."""
    return User.objects.create_user(
        f"{name.split(maxsplit=1)[0].lower()}@example.org", PASSWORD, name=name
    )


def build(at: datetime = NOW) -> World:
    """The world as it stands at ``at``: two workspaces, one initiative each, two people asked."""
    owner, outsider = user("Olga Owner"), user("Otto Outsider")
    workspace = accounts.start_workspace(
        "Harbour Clinic", time_zone="Europe/Amsterdam", by=owner, at=at
    )
    elsewhere = accounts.start_workspace("Elsewhere", time_zone="UTC", by=outsider, at=at)
    cast = {
        name: user(f"{name.capitalize()} {name.capitalize()}")
        for name in ("admin", "member", "lead", "co_lead", "sponsor", "contributor", "stranger")
    }
    for name, one in cast.items():
        role = Membership.Role.ADMIN if name == "admin" else Membership.Role.MEMBER
        if name != "stranger":
            accounts.add_member(workspace, one, role=role, by=owner, at=at)
    lead = cast["lead"]
    initiative = initiatives.start_initiative(
        workspace,
        title="One intake",
        target="Every request has one owner within a day",
        by=lead,
        at=at,
    )
    for name in ("co_lead", "sponsor", "contributor"):
        Role.objects.create(initiative=initiative, user=cast[name], kind=name, since=at)
    joan, sam = people.add_people(
        workspace,
        [people.Named("Joan Okafor", "joan@example.org"), people.Named("Sam Reyes")],
        by=lead,
        at=at,
    )
    return World(
        workspace=workspace,
        other_workspace=elsewhere,
        owner=owner,
        outsider=outsider,
        initiative=initiative,
        other_initiative=initiatives.start_initiative(
            elsewhere,
            title="Quiet hours",
            target="Nobody is called after eight",
            by=outsider,
            at=at,
        ),
        joan=initiatives.put_on(initiative, joan, held_by=lead, by=lead, at=at),
        sam=initiatives.put_on(initiative, sam, held_by=lead, by=lead, at=at),
        **cast,
    )
