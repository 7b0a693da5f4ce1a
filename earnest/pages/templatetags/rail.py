"""What every signed-in page shows beside its content: where one can go."""

from __future__ import annotations

from dataclasses import dataclass, field

from django import template
from django.template import Context
from django.urls import reverse
from django.utils.translation import gettext as _

from earnest.accounts import access as accounts
from earnest.accounts.models import User
from earnest.initiatives import access as initiatives
from earnest.initiatives.models import Initiative, Role

register = template.Library()
MOST = 12  # initiatives in the rail; the others stand among all of them


@dataclass(frozen=True, slots=True)
class Link:
    """One entry of the rail."""

    name: str
    title: str
    url: str
    count: int = 0
    is_rare: bool = False  # not in the narrow bar of a phone


@dataclass(frozen=True, slots=True)
class Rail:
    """The rail beside every page."""

    links: list[Link] = field(default_factory=list)
    others: list[Link] = field(default_factory=list)
    workspaces: list[Link] = field(default_factory=list)
    captures: bool = False  # leads something, so that what they hear has a place


@register.simple_tag(takes_context=True)
def rail(context: Context) -> Rail:
    """Two queries, whatever the page: the user's initiatives, and the workspaces they run. A third
    one for who leads nothing, or looks at what others lead.

    A tag and no context processor: it sees the initiative the page is about.
    """
    user = getattr(context.get("request"), "user", None)
    if not isinstance(user, User):
        return Rail()
    mine = list(initiatives.initiatives_led_by(user).filter(closed_at=None)[:MOST])
    about = _about(context)
    current = next((one for one in mine if one.pk == about), None)
    beside = [] if current or (mine and not about) else _beside(user, about)
    if beside:
        own, rest = _links_beside(beside[0]), [one.initiative for one in beside[1:]]
        own = [*(_today() if mine else []), *own]  # Today is for who leads
    else:
        current = current or next(iter(mine), None)
        own, rest = [*_today(), *_links_of(current)], []
    run = accounts.workspaces_run_by(user)[:6]
    return Rail(
        links=own,
        others=[
            *(Link("", one.title, _url(one)) for one in (*mine, *rest) if one != current),
            Link("", _("All initiatives"), reverse("initiatives:initiatives")),
            Link("", _("All stories"), reverse("plans:all_stories")),
            Link("", _("Evidence cards"), reverse("pilots:all_cards")),
            Link("", _("Playbook"), reverse("ideas:playbook")),
        ],
        captures=bool(mine),
        workspaces=[Link("", w.name, reverse("accounts:workspace", args=[w.pk])) for w in run],
    )


def _about(context: Context) -> int | None:
    """The initiative the page is about, by its key."""
    if initiative := context.get("initiative"):
        return getattr(initiative, "pk", None)
    return getattr(context.get("participation"), "initiative_id", None)


def _today() -> list[Link]:
    return [Link("today", _("Today"), reverse("pages:today"))]


def _beside(user: User, about: int | None) -> list[Role]:
    """Where this user stands beside those who lead, what the page is about first."""
    rows = list(initiatives.roles_beside(user).select_related("initiative")[:MOST])
    if about and all(one.initiative_id != about for one in rows):
        return []
    return sorted(rows, key=lambda one: one.initiative_id != about)


def _links_beside(role: Role) -> list[Link]:
    """What a sponsor or somebody who contributes may read, and no more."""
    there = [role.initiative_id]
    links = [Link("initiative", _("Initiative"), _url(role.initiative))]
    if role.kind == Role.Kind.SPONSOR:
        links.append(Link("sponsor", _("In groups"), reverse("pages:sponsor", args=there)))
    if role.kind == Role.Kind.CONTRIBUTOR:
        links.append(Link("ideas", _("Ideas"), reverse("ideas:spaces", args=there)))
    return [
        *links,
        Link("plan", _("Plan"), reverse("plans:plan", args=there)),
        Link("measures", _("Measures"), reverse("plans:measures", args=there), is_rare=True),
        Link("pilots", _("Pilots"), reverse("pilots:pilots", args=there), is_rare=True),
        Link("check-ins", _("Check-ins"), reverse("checkins:rounds", args=there), is_rare=True),
        Link("stories", _("Stories"), reverse("plans:stories", args=there)),
    ]


def _url(initiative: Initiative) -> str:
    return reverse("initiatives:initiative", args=[initiative.pk])


def _links_of(initiative: Initiative | None) -> list[Link]:
    if initiative is None:
        return [Link("first", _("Begin"), reverse("pages:first"))]
    people = reverse("initiatives:people", args=[initiative.pk])
    mail = reverse("messaging:outbox", args=[initiative.pk])
    return [
        Link("initiative", _("Initiative"), _url(initiative)),
        Link("overview", _("Overview"), reverse("pages:overview", args=[initiative.pk])),
        Link("people", _("People"), people, initiative.people_count),
        Link(
            "promises",
            _("Promises"),
            reverse("promises:promises", args=[initiative.pk]),
            is_rare=True,
        ),
        Link(
            "replies",
            _("Replies"),
            reverse("plans:replies", args=[initiative.pk]),
            initiative.inputs_open,
        ),
        Link("ideas", _("Ideas"), reverse("ideas:spaces", args=[initiative.pk]), is_rare=True),
        Link("plan", _("Plan"), reverse("plans:plan", args=[initiative.pk]), is_rare=True),
        Link("pilots", _("Pilots"), reverse("pilots:pilots", args=[initiative.pk]), is_rare=True),
        Link("needs", _("Needs"), reverse("plans:needs", args=[initiative.pk]), is_rare=True),
        Link(
            "check-ins",
            _("Check-ins"),
            reverse("checkins:rounds", args=[initiative.pk]),
            is_rare=True,
        ),
        Link(
            "topics",
            _("Open questions"),
            reverse("ideas:topics", args=[initiative.pk]),
            is_rare=True,
        ),
        Link(
            "lessons",
            _("Lessons"),
            reverse("practice:lessons", args=[initiative.pk]),
            is_rare=True,
        ),
        Link("rhythm", _("Rhythm"), reverse("rhythm:rhythm", args=[initiative.pk]), is_rare=True),
        Link("messages", _("Messages"), mail, is_rare=True),
        Link("mirror", _("Mirror"), reverse("pages:mirror_on", args=[initiative.pk]), is_rare=True),
        Link(
            "stories",
            _("Stories"),
            reverse("plans:stories", args=[initiative.pk]),
            is_rare=True,
        ),
    ]
