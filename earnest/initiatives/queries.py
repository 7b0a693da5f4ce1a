"""Reads that join. Each page costs a fixed number of queries, however many people there are."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db.models import Count, Exists, OuterRef, Prefetch, Q, QuerySet
from django.utils.translation import gettext

from earnest.accounts.models import Membership, User, Workspace
from earnest.core.paging import read_number
from earnest.engine.groups import FEWEST
from earnest.initiatives.models import (
    LEADING,
    Backing,
    Commission,
    GlassBreak,
    Initiative,
    OutsideEvidence,
    Participation,
    ParticipationQuerySet,
    Role,
    RunUpStep,
    ScheduleChange,
    Stage,
)
from earnest.people.models import Team

PAGE = 50
LEAD, CO_LEAD = Role.Kind.LEAD, Role.Kind.CO_LEAD
UNHEARD = "unheard"  # a rung of the ladder, and that of whoever has none yet
SHOWN_FROM = FEWEST  # groups smaller than this are shown to nobody but the leads (privacy.md 7)


@dataclass(frozen=True, slots=True)
class Page[T]:
    """Some rows in order, and the key of the last one where more follow."""

    rows: list[T]
    next_key: int | None


def _page[T: (Role, Initiative, GlassBreak, Participation)](
    rows: QuerySet[T], size: int = PAGE
) -> Page[T]:
    found = list(rows[: size + 1])
    more = len(found) > size
    return Page(found[:size], found[size - 1].pk if more else None)


def roles_of(user: User, *, before: int | None = None) -> Page[Role]:
    """The user's initiatives, each with their role there; the latest role first."""
    mine = Role.objects.filter(user=user, initiative__workspace__memberships__user=user)
    if before is not None:
        mine = mine.filter(pk__lt=before)
    return _page(mine.select_related("initiative__workspace").order_by("-pk"))


def open_to(user: User, *, before: int | None = None) -> Page[Initiative]:
    """What the user may read as a member of a workspace, and has no role in."""
    shown = Initiative.objects.filter(open_to_workspace=True, workspace__memberships__user=user)
    if before is not None:
        shown = shown.filter(pk__lt=before)
    return _page(shown.exclude(roles__user=user).select_related("workspace").order_by("-pk"))


@dataclass(frozen=True, slots=True)
class RunUp:
    """One step of the run-up, and whether it comes too late to be one (1.5)."""

    step: RunUpStep
    after_launch: bool


@dataclass(frozen=True, slots=True)
class InitiativePage:
    """What the page of an initiative shows beside the initiative itself."""

    stages: list[Stage]
    backings: list[Backing]
    run_up: list[RunUp]
    roles: list[Role]
    commission: Commission | None = None
    commissioner: Participation | None = None
    evidence: list[Elsewhere] = field(default_factory=list)
    schedule: list[Rescheduled] = field(default_factory=list)


def commission_of(initiative: Initiative) -> Commission | None:
    return Commission.objects.filter(initiative=initiative).select_related("person").first()


def commission_by(participation: Participation) -> Commission | None:
    """What this person asked for and will give, where it is they who asked."""
    asked: Commission | None = getattr(participation.initiative, "commission", None)
    return asked if asked and asked.person_id == participation.person_id else None


def _on_it(initiative: Initiative, commission: Commission | None) -> Participation | None:
    """Who asked for it, where they are on it: the first conversation is with them."""
    if commission is None or commission.person_id is None:
        return None
    there = Participation.objects.present().filter(initiative=initiative)
    return there.filter(person=commission.person_id).select_related("person").first()


def run_up_of(initiative: Initiative) -> list[RunUp]:
    """Who hears what in order of their days; what comes after the launch is marked."""
    launch = initiative.launches_on
    return [RunUp(step, bool(launch and step.on > launch)) for step in initiative.run_up.all()]


def page_for_lead(initiative: Initiative, *, today: date) -> InitiativePage:
    commission, run_up = commission_of(initiative), run_up_of(initiative)
    return InitiativePage(
        stages=list(initiative.stages.all()),
        backings=list(initiative.backings.all()),
        run_up=run_up,
        roles=roles_on(initiative),
        evidence=evidence_of(initiative, today=today),
        schedule=schedule_of(initiative, steps=[one.step for one in run_up], most=3),
        commission=commission,
        commissioner=_on_it(initiative, commission),
    )


def page_for_sponsor(initiative: Initiative, *, today: date) -> InitiativePage:
    """Stages, backing, what was found elsewhere, days that moved; nothing of any person."""
    return InitiativePage(
        stages=list(initiative.stages.all()),
        backings=list(initiative.backings.all()),
        run_up=[],
        roles=[],
        evidence=evidence_of(initiative, today=today),
        schedule=schedule_of(initiative, steps=(), most=3),
    )


def page_for_contributor(initiative: Initiative, *, today: date) -> InitiativePage:
    return InitiativePage(
        stages=list(initiative.stages.all()),
        backings=[],
        run_up=[],
        roles=[],
        evidence=evidence_of(initiative, today=today),
        schedule=schedule_of(initiative, steps=(), most=3),
    )


def people_shown(initiative: Initiative) -> int | None:
    """How many people are on it, for those who see groups: from five on, else not at all."""
    return initiative.people_count if initiative.people_count >= SHOWN_FROM else None


def roles_on(initiative: Initiative) -> list[Role]:
    return list(initiative.roles.select_related("user").order_by("since", "pk"))


def leads_of(initiative: Initiative) -> QuerySet[User]:
    """Who can hold people: leads and co-leads who are members."""
    leading = User.objects.filter(
        initiative_roles__initiative=initiative, initiative_roles__kind__in=LEADING
    )
    return leading.filter(memberships__workspace=initiative.workspace_id).order_by("name", "pk")


def held_count(role: Role) -> int:
    """How many people this user holds on the initiative."""
    held = Participation.objects.present().filter(initiative=role.initiative_id)
    return held.filter(held_by=role.user_id).count()


def initiatives_touched_by(member: Membership) -> list[Initiative]:
    """Those of the workspace on which this member has a role or holds people."""
    theirs = Q(Exists(Role.objects.filter(initiative=OuterRef("pk"), user=member.user_id)))
    held = Participation.objects.filter(initiative=OuterRef("pk"), held_by=member.user_id)
    here = Initiative.objects.filter(theirs | Q(Exists(held)), workspace=member.workspace_id)
    return list(here.order_by("pk"))


def led_alone(member: Membership, *, by: User) -> list[Initiative]:
    """What nobody would lead without this member: no other lead, no co-lead to become it.

    A co-lead who sends the lead away (``by``) does not become lead by doing so.
    """
    own = Role.objects.filter(initiative=OuterRef("pk"), user=member.user_id, kind=LEAD)
    others = _members_leading(member).filter(initiative=OuterRef("pk"))
    ready = others.exclude(kind=CO_LEAD, user=by)
    here = Initiative.objects.filter(Exists(own), ~Exists(ready), workspace=member.workspace_id)
    return list(here.order_by("pk"))


def leads_without(initiative: Initiative, member: Membership, *, by: User) -> list[Role]:
    """Who leads on when this member is gone: leads first, the longest there first, ``by`` last."""
    roles = _members_leading(member).filter(initiative=initiative).select_related("user")
    return sorted(roles, key=lambda r: (r.kind != LEAD, r.user_id == by.pk, r.since, r.pk))


def _members_leading(but: Membership) -> QuerySet[Role]:
    members = Membership.objects.filter(workspace=but.workspace_id).exclude(pk=but.pk)
    return Role.objects.filter(kind__in=LEADING, user__in=members.values("user"))


def somebody_to_name(member: Membership, *, by: User) -> bool:
    """Whether there is any member beside the two."""
    others = Membership.objects.filter(workspace=member.workspace_id)
    return others.exclude(user__in=(member.user_id, by.pk)).exists()


def teams_of(workspace: Workspace) -> QuerySet[Team]:
    return Team.objects.filter(workspace=workspace)


@dataclass(frozen=True, slots=True)
class Sought:
    """What the list of people is narrowed to."""

    q: str = ""
    team: Team | None = None
    held_by: User | None = None
    stands: str = ""  # a rung of the ladder
    after: int | None = None


def people_on(initiative: Initiative, sought: Sought) -> Page[Participation]:
    """People by name, fifty at a time, keyed by name and id, each with team, holder and rung.

    The rung lies in a context above; it is joined by its name, never imported.
    """
    people = (
        Participation.objects.present()
        .filter(initiative=initiative, person__workspace=initiative.workspace_id)
        .select_related("person__team", "held_by", "rung")
        .order_by("person__name", "person_id")
    )
    return _people_page(_narrowed(people, sought), initiative, sought.after)


def _narrowed(people: ParticipationQuerySet, sought: Sought) -> ParticipationQuerySet:
    if sought.q:  # the beginning of any of their names
        begins = Q(person__name__istartswith=sought.q)
        people = people.filter(begins | Q(person__name__icontains=f" {sought.q}"))
    if sought.team:
        people = people.filter(person__team=sought.team)
    if sought.held_by:
        people = people.filter(held_by=sought.held_by)
    if sought.stands == UNHEARD:
        people = people.filter(Q(rung=None) | Q(rung__step=UNHEARD))
    elif sought.stands:
        people = people.filter(rung__step=sought.stands)
    return people


def _people_page(
    people: ParticipationQuerySet, initiative: Initiative, after: int | None
) -> Page[Participation]:
    """The page after one participation. When that one is gone, the list begins anew."""
    last = initiative.participations.filter(pk=after) if after is not None else None
    key = last.values_list("person__name", "person_id").first() if last is not None else None
    if key:
        same_name = Q(person__name=key[0], person_id__gt=key[1])
        people = people.filter(
            Q(person__name__gte=key[0]) & (Q(person__name__gt=key[0]) | same_name)
        )
    return _page(people)


def find_person(initiative: Initiative, who: str) -> Participation | None:
    """The one person of this address or exact name; nobody and several look the same."""
    there = Participation.objects.present().filter(initiative=initiative)
    by_mail = Q(person__email__iexact=who) & ~Q(person__email="")
    found = list(there.filter(by_mail | Q(person__name__iexact=who))[:2])
    return found[0] if len(found) == 1 else None


def initiatives_in(workspace: Workspace) -> QuerySet[Initiative]:
    return Initiative.objects.filter(workspace=workspace).order_by("title", "pk")


def glass_breaks_in(workspace: Workspace, *, before: int | None = None) -> Page[GlassBreak]:
    """Every time the glass was broken in this workspace, the latest first."""
    broken = GlassBreak.objects.filter(participation__initiative__workspace=workspace)
    if before is not None:
        broken = broken.filter(pk__lt=before)
    joined = broken.select_related("user", "participation__initiative", "participation__person")
    return _page(joined.order_by("-pk"))


def open_breaks(user: User, workspace: Workspace, *, at: datetime) -> list[GlassBreak]:
    """The pages this user may read now, with whose they are."""
    mine = GlassBreak.objects.filter(user=user, until__gt=at)
    here = mine.filter(participation__initiative__workspace=workspace)
    return list(here.select_related("participation__person", "participation__initiative"))


def initiatives_with_leads(workspace: Workspace, *, before: str) -> Page[Initiative]:
    """Every initiative of a workspace with the leads who are still in it, as ``leading``."""
    leads = Role.objects.filter(
        kind__in=LEADING, user__in=workspace.memberships.values("user")
    ).select_related("user")
    rows = Initiative.objects.filter(workspace=workspace).order_by("-pk")
    rows = rows.annotate(has_lead=Exists(leads.filter(initiative=OuterRef("pk"), kind=LEAD)))
    if (last := read_number(before)) is not None:
        rows = rows.filter(pk__lt=last)
    return _page(rows.prefetch_related(Prefetch("roles", leads, to_attr="leading")))


@dataclass(frozen=True, slots=True)
class Moved:
    """One day that moved: which, from when, to when."""

    what: str
    was: date | None
    now: date


@dataclass(frozen=True, slots=True)
class Rescheduled:
    """More time taken, with each day that moved by it (3.17)."""

    change: ScheduleChange
    moved: list[Moved]


MOVABLE = ("starts_on", "launches_on", "decides_on")
RUN_UP = "run_up "


def schedule_of(
    initiative: Initiative, *, steps: Iterable[RunUpStep] | None = None, most: int = 10
) -> list[Rescheduled]:
    """When more time was taken, the latest first; ``steps`` where the run-up was read already."""
    rows = list(initiative.schedule_changes.select_related("by")[:most])
    if steps is None:
        in_run_up = any(key.startswith(RUN_UP) for row in rows for key in row.moved)
        steps = initiative.run_up.all() if in_run_up else ()
    names = {f"{RUN_UP}{one.pk}": str(one) for one in steps}
    return [Rescheduled(row, days_moved(row, names)) for row in rows]


def days_moved(change: ScheduleChange, names: dict[str, str]) -> list[Moved]:
    """The days of one change; ``names`` are those of the run-up, by key."""
    found = []
    for key, (was, now) in change.moved.items():
        if key in MOVABLE:
            name = str(Initiative._meta.get_field(key).verbose_name)  # type: ignore[union-attr]
        else:
            name = names.get(key, gettext("a step of the run-up"))
        before = date.fromisoformat(was) if was else None
        found.append(Moved(name, before, date.fromisoformat(now)))
    return found


def heard_of(initiative: Initiative) -> tuple[int, int]:
    """How many were heard, and how many are on it; the rung lies above and is joined by name."""
    there = Participation.objects.present().filter(initiative=initiative)
    found = there.aggregate(all=Count("pk"), heard=Count("rung__heard_at"))
    return found["heard"], found["all"]


OLD_AFTER = 5  # years


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """Something found elsewhere, and how many years ago where that is long (1.15)."""

    row: OutsideEvidence
    years: int | None

    @property
    def link(self) -> str:
        """The source, where it is an address; a title is none."""
        return self.row.source if self.row.source.startswith(("http://", "https://")) else ""


def evidence_of(initiative: Initiative, *, today: date) -> list[Elsewhere]:
    """What was found elsewhere, the latest first."""
    return [_elsewhere(row, today) for row in initiative.outside_evidence.all()]


def _elsewhere(row: OutsideEvidence, today: date) -> Elsewhere:
    years = today.year - row.on.year - ((today.month, today.day) < (row.on.month, row.on.day))
    return Elsewhere(row, years if years >= OLD_AFTER else None)
