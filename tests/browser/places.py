"""Every page there is: the table of doors turned into addresses, with who looks at each."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from allauth.mfa.models import Authenticator
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page

from earnest.accounts import actions as accounts
from earnest.accounts import queries
from earnest.accounts.models import User
from earnest.initiatives import actions as initiatives
from earnest.initiatives.models import Initiative, Participation
from earnest.listening.actions import Notes
from earnest.pages.actions import build_example, note_conversation
from earnest.people import actions as people
from earnest.people.models import PeopleImport
from tests import test_doors as doors
from tests import worlds

NOTES = """Joan: "Fridays the tray is full and nobody owns it."
! one list for everybody
I will send Joan the draft of the form by Tuesday.
> Joan asks the night shift for their numbers in two weeks
? Who decides about the printer
+ a bell on the tray
@ Sam Reyes
She was ill last spring."""
PEOPLE = (
    b"Name,E-mail,Team\nAnn Bo,ann@example.org,South\nCy Do,cy@nowhere,South\n,x@example.org,\n"
)
NOBODY = "nobody"
# What a page asks every few seconds: a piece of it, or whether to come anew. No page by itself.
POLLED = {"pages:session_turn", "pages:session_now", "pages:room_waiting"}
# Pages that are another page for other eyes: everybody whose page differs looks too.
OTHER_EYES = {
    "pages:today": ("stranger", "owner", "co_lead"),
    "pages:first": ("stranger", "lead"),
    "pages:person": ("co_lead",),
    "initiatives:initiatives": ("stranger", "sponsor", "contributor", "owner"),
    "initiatives:initiative": ("sponsor", "contributor"),
    "initiatives:leave": ("member",),
    "accounts:account": ("stranger",),
}
VISITORS = ("lead", "owner", "member", doors.LINK)  # the first of these who comes in


@dataclass(frozen=True)
class Visit:
    who: str
    path: str
    status: int = 200


@dataclass(frozen=True)
class Scene:
    """A world with one thing of each, and the example half-way through its life."""

    world: worlds.World
    ids: dict[str, Any]
    example: Initiative
    busy: Participation  # of the example: the one with most promises

    @property
    def their_ids(self) -> dict[str, Any]:
        """The same names for things of the example, where it has them."""
        one = self.example
        talk = one.conversations.filter(people=self.busy).first()
        ours = self.busy.promises.filter(state="open").first() or self.busy.promises.first()
        role = one.roles.first()
        return self.ids | {
            "initiative": one.pk,
            "joan": self.busy.pk,
            "person": self.busy.person_id,
            "talk": talk.pk if talk else self.ids["talk"],
            "promise": ours.pk if ours else self.ids["promise"],
            "role": role.pk if role else self.ids["role"],
            "link": initiatives.make_link(self.busy, by=self.world.lead, at=timezone.now()),
        }


def build() -> Scene:
    """What every page needs to show something."""
    now = timezone.now()
    world = worlds.build(at=now)
    ids = doors.furnish(world).ids
    ids["link"] = initiatives.make_link(world.joan, by=world.lead, at=now)
    people.begin_import(world.workspace, ("people.csv", PEOPLE), by=world.owner, at=now)
    notes = Notes(NOTES, world.workspace.day(now))
    named = [people.Named("Joan Okafor", "joan@example.org")]
    ids["talk"] = note_conversation(world.initiative, notes, named, by=world.lead, at=now).pk
    ids["import"] = an_import(world, PeopleImport.State.MATCHING).pk
    example = build_example(world.workspace, by=world.lead, at=now)
    busy = max(example.participations.all(), key=lambda one: one.promises.count())
    return Scene(world, ids, example, busy)


def an_import(world: worlds.World, state: str) -> PeopleImport:
    """A file of people that has come as far as ``state``."""
    now = timezone.now()
    one = people.begin_import(world.workspace, ("people.csv", PEOPLE), by=world.owner, at=now)
    if state != PeopleImport.State.MATCHING:
        people.match_columns(one, ["name", "email", "team"], has_header=True, at=now)
    if state == PeopleImport.State.DONE:
        people.confirm_import(one, skip_bad=True, at=now)
    elif state not in {PeopleImport.State.MATCHING, PeopleImport.State.READY}:
        PeopleImport.objects.filter(pk=one.pk).update(state=state, reason="The file is not text.")
    return one


def session_of(user: User) -> str:
    """A session of somebody who has just proved to be themselves."""
    client = Client()
    client.force_login(user)
    session = client.session
    session["account_authentication_methods_user"] = str(user.pk)
    session["account_authentication_methods"] = [
        {"method": "password", "at": time.time(), "email": user.email}
    ]
    session.save()
    return client.cookies["sessionid"].value


def become(page: Page, who: str, scene: Scene) -> None:
    """Change who sits before the page, by cookie."""
    page.context.clear_cookies()
    if who in {NOBODY, doors.ANONYMOUS}:
        return
    if who == doors.LINK:
        for ids in (scene.ids, scene.their_ids):
            page.goto(reverse("pages:open_link", args=[ids["link"]]))
        return
    sign_in(page, getattr(scene.world, who))


def sign_in(page: Page, user: User) -> None:
    page.goto("/account/link/over/")  # any page: the cookie needs to know its place
    url = page.url.removesuffix("/account/link/over/")
    page.context.add_cookies([{"name": "sessionid", "value": session_of(user), "url": url}])


def address(name: str, ids: dict[str, Any]) -> str:
    _who, args = doors.DOORS[name]
    return reverse(name, kwargs={key: ids[value] for key, value in args.items()})


def candidates(scene: Scene) -> Iterator[Visit]:
    """Every row of the table of doors, on the bare initiative and on the example."""
    theirs = scene.their_ids
    for name, (comes_in, args) in doors.DOORS.items():
        if name in POLLED:
            continue
        eyes = [next(who for who in VISITORS if who in comes_in)] if comes_in else []
        eyes += [who for who in OTHER_EYES.get(name, ()) if who in comes_in]
        for who in eyes:
            yield Visit(who, address(name, scene.ids))
        leads = doors.LEADS & comes_in or doors.LINK in comes_in
        if leads and any(scene.ids[one] != theirs[one] for one in args.values()):
            yield Visit(eyes[0], address(name, theirs))
    for state in PeopleImport.State:
        yield Visit("owner", reverse("people:import", args=[an_import(scene.world, state).pk]))
    yield Visit("lead", "/?all")
    yield Visit("lead", "/steps/later/?step=promise-late:1")


def answers(client: Client, visit: Visit) -> bool:
    """Whether it is a page one can look at: not a verb, a file, or the way to another page."""
    response = client.get(visit.path)
    return response.status_code == 200 and "text/html" in response.headers["Content-Type"]


def behind_doors(scene: Scene) -> list[Visit]:
    clients: dict[str, Client] = {}
    place = doors.Place(scene.world, scene.ids)
    theirs = doors.Place(scene.world, scene.their_ids)
    seen = []
    for visit in dict.fromkeys(candidates(scene)):
        own_page = f"/mine/{scene.busy.pk}/"
        key = own_page if visit.path.startswith(own_page) else visit.who
        if key not in clients:
            clients[key] = doors.client_of(visit.who, theirs if key == own_page else place)
        if answers(clients[key], visit):
            seen.append(visit)
    return sorted(seen, key=lambda visit: visit.who)


def of_nobody(scene: Scene) -> list[Visit]:
    """Pages of who is not signed in."""
    world, now = scene.world, timezone.now()
    new, known = (
        accounts.invite(world.workspace, email, role="member", by=world.owner, at=now)
        for email in ("nia@example.org", "stranger@example.org")
    )
    good = [
        "/account/login/",
        "/account/signup/",
        "/account/link/",
        accounts.make_sign_in_link(world.member, at=now),
        "/account/password/reset/",
        "/account/password/reset/key/done/",
        queries.password_path(world.member),
        "/account/inactive/",
        "/account/provider/cancelled/",
        f"/join/{new.secret}/",
        f"/join/{known.secret}/",
    ]
    gone = [
        "/account/link/over/",
        "/join/over/",
        "/p/nothing/",
        f"/mine/{scene.busy.pk}/",
        "/nowhere/",
    ]
    refused = [Visit(NOBODY, "/account/provider/error/", 401)]
    return (
        refused
        + [Visit(NOBODY, path) for path in good]
        + [Visit(NOBODY, path, 404) for path in gone]
    )


def of_an_account(scene: Scene) -> list[Visit]:
    """Pages of an owner's own account, with a passkey, codes and an app for signing in."""
    owner = scene.world.owner
    Authenticator.objects.create(user=owner, type="recovery_codes", data={"migrated_codes": ["x1"]})
    key = Authenticator.objects.create(
        user=owner, type="webauthn", data={"name": "Blue key", "credential": {}}
    )
    plain = [
        "/account/password/change/",
        "/account/reauthenticate/",
        "/account/logout/",
        "/account/2fa/",
        "/account/2fa/totp/activate/",
        "/account/2fa/passkeys/",
        "/account/2fa/passkeys/add/",
        f"/account/2fa/passkeys/{key.pk}/edit/",
        f"/account/2fa/passkeys/{key.pk}/remove/",
        "/account/2fa/codes/",
        "/account/2fa/codes/generate/",
        "/account/provider/",
    ]
    gone = ["/nowhere/", "/account/email/over/"]
    return [Visit("owner", path) for path in plain] + [Visit("owner", path, 404) for path in gone]


def every_page(scene: Scene) -> list[Visit]:
    return [*of_nobody(scene), *behind_doors(scene), *of_an_account(scene)]
