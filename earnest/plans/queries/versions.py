"""What changed since the plan was last published, and how a version reads for whom (3.10, 1.14)."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Iterable
from copy import copy
from dataclasses import dataclass, field, replace
from typing import Any

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from earnest.accounts.models import User
from earnest.initiatives.models import Initiative, Participation, ParticipationQuerySet
from earnest.listening.models import Need, NeedNamed, Quote
from earnest.plans.models import Answers, Change, Input, NewsStop, Part, Post, Reply, Version
from earnest.plans.queries.differences import told
from earnest.plans.queries.kept import cut_kept
from earnest.plans.queries.stepped import After, after_step_backs

PAGE = 50
WHOSE = ("participation__person", "quote", "idea__by")

type Snapshot = dict[str, Any]  # {"part", "title", "what", "why", "owner"}


def snapshot_of(part: Part) -> Snapshot:
    """Our words alone, and who sees to it by key: a name is read when it is shown."""
    return {
        "part": part.pk,
        "title": part.title,
        "what": part.what,
        "why": part.why,
        "owner": owner_key(part),
    }


def owner_key(part: Part) -> str:
    if part.owner_user_id:
        return f"user {part.owner_user_id}"
    return f"participation {part.owner_person_id}" if part.owner_person_id else ""


@dataclass(frozen=True, slots=True)
class Changed:
    """One thing that changed, in words, and what it may have come from."""

    kind: str
    part: Part
    title: str
    words: str
    inputs: list[Input] = field(default_factory=list)
    needs: list[Need] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class NextVersion:
    """The plan as it would be published now."""

    number: int
    parts: list[Snapshot]
    changes: list[Changed]

    @property
    def mark(self) -> str:
        """The same as long as nobody changes the plan: what was looked at is what is published."""
        return hashlib.sha256(json.dumps(self.parts).encode()).hexdigest()[:16]


def next_version(initiative: Initiative) -> NextVersion:
    last = initiative.versions.first()
    rows = list(initiative.parts.all())
    now = {part.pk: snapshot_of(part) for part in rows if part.dropped_at is None}
    before: dict[int, Snapshot] = {one["part"]: one for one in last.parts} if last else {}
    found = [one for part in rows if (one := _changed(part, before.get(part.pk), now))]
    _note_sources(found)
    return NextVersion((last.number if last else 0) + 1, list(now.values()), found)


def _changed(part: Part, was: Snapshot | None, now: dict[int, Snapshot]) -> Changed | None:
    here = now.get(part.pk)
    if here and was is None:
        return Changed(Change.Kind.NEW, part, part.title, "")
    if here and was and (words := _difference(was, here)):
        return Changed(Change.Kind.CHANGED, part, part.title, words)
    if was and not here:
        return Changed(Change.Kind.DROPPED, part, part.title, part.dropped_why)
    return None


def _difference(was: Snapshot, now: Snapshot) -> str:
    """Everything that is different about one part, told in words."""
    said = []
    if was["title"] != now["title"]:
        said.append(_("It was called “%s”") % was["title"])
    if what := told(was["what"], now["what"]):
        said.append(_("What it is: %s") % what)
    if why := told(was["why"], now["why"]):
        said.append(_("Why: %s") % why)
    if was["owner"] != now["owner"]:
        nobody, some = _("Nobody sees to it now"), _("Somebody else sees to it")
        said.append(
            (some if was["owner"] else _("Somebody sees to it")) if now["owner"] else nobody
        )
    return Truncator(". ".join(said)).chars(500)


def _note_sources(changes: list[Changed]) -> None:
    """Inputs and needs behind each part: those answered with it, and those it answers."""
    by_part = {one.part.pk: one for one in changes}
    replies = Reply.objects.filter(part__in=by_part).select_related(
        *(f"input__{name}" for name in WHOSE), "need"
    )
    whole = Input.objects.select_related(*WHOSE).order_by("at", "pk")
    for reply in replies.prefetch_related(Prefetch("input__also", whole)):
        change = by_part[reply.part_id or 0]
        # With whoever proposed the same, or whose idea it grew from (1.14).
        for given in (reply.input, *reply.input.also.all()) if reply.input else ():
            if _may_be_named(given) and given not in change.inputs:
                change.inputs.append(given)
        if reply.need and reply.need not in change.needs:
            change.needs.append(reply.need)
    answers = Answers.objects.filter(part__in=by_part).exclude(how=Answers.How.NOT)
    for answer in answers.select_related("need"):
        if answer.need not in by_part[answer.part_id].needs:
            by_part[answer.part_id].needs.append(answer.need)


def _may_be_named(given: Input) -> bool:
    """After a stop nothing new points to them; what was published before stays (privacy.md 6)."""
    there = given.participation
    return given.erased_at is None and not (there and there.asked_to_stop)


def passed_on_as(given: Input) -> str:
    """How far whoever gave it lets it be passed on now: what they said of the quote, else of it."""
    if given.erased_at:
        return Quote.PassedOn.LEADS_ONLY
    if given.source != Input.Source.QUOTE:
        return given.passed_on
    quote = given.quote
    return quote.passed_on if quote and not quote.erased_at else Quote.PassedOn.LEADS_ONLY


def shown_as(given: Input) -> str:
    """Through whom, as they allow it: their name, “a colleague”, or nothing at all."""
    if given.participation is None:
        a_line = given.source == Input.Source.CHECK_IN
        kept = passed_on_as(given) == Quote.PassedOn.LEADS_ONLY and not a_line
        return "" if kept else given.nobodys
    if given.participation.person.erased_at:
        return ""
    how = passed_on_as(given)
    if how == Quote.PassedOn.NAMED:
        return given.participation.person.name
    return _("a colleague") if how == Quote.PassedOn.UNNAMED else ""


def through(inputs: Iterable[Input]) -> list[str]:
    """Each person once, those with a name first; those without one are counted."""
    by_person: dict[int | None, set[str]] = {}
    for given in inputs:
        if said := shown_as(given):
            by_person.setdefault(given.participation_id, set()).add(said)
    without = _("a colleague")
    names = sorted({one for said in by_person.values() for one in said if one != without})
    unnamed = sum(said == {without} for said in by_person.values())
    if unnamed:
        names.append(ngettext("a colleague", "%d colleagues", unnamed).replace("%d", str(unnamed)))
    return names


@dataclass(frozen=True, slots=True)
class ChangeShown:
    """A change as it reads: what, and through whom as far as each allows."""

    kind: str
    called: str
    title: str
    words: str
    through: list[str]
    needs: list[str]
    through_you: bool = False
    after: After | None = None  # people stepped back, and it changed by that


@dataclass(frozen=True, slots=True)
class PublishedPart:
    title: str
    what: str
    why: str
    owner: str
    is_yours: bool = False


@dataclass(frozen=True, slots=True)
class VersionShown:
    """A published version for one reader."""

    version: Version
    parts: list[PublishedPart]
    changes: list[ChangeShown]


def read_version(
    version: Version, *, leads: bool = False, you: Participation | None = None
) -> VersionShown:
    """A fixed number of queries. Whoever erased themselves, or lets nothing be passed on, is not
    there: only pointers are kept, so that it is obeyed at once."""
    changes = list(version.changes.prefetch_related(*_sources()))
    yours = _through_person(version, you) if you else set()
    stepped = after_step_backs(version.initiative, leads=leads)
    found = VersionShown(
        version,
        published_parts(version.parts, leads=leads, you=you),
        [
            replace(
                _change_shown(one, leads=leads, yours=one.pk in yours),
                after=stepped.get(("change", one.pk)),
            )
            for one in changes
        ],
    )
    return found if leads else _as_allowed(found, version.initiative, you=you)


def _as_allowed(
    shown: VersionShown, initiative: Initiative, *, you: Participation | None = None
) -> VersionShown:
    """Without words for the leads alone, wherever they were copied (privacy.md 4)."""
    texts = [shown.version.summary]
    texts += [words for one in shown.parts for words in (one.title, one.what, one.why)]
    texts += [words for one in shown.changes for words in (one.title, one.words)]
    cut = cut_kept(initiative, texts, you=you)
    version = copy(shown.version)
    version.summary = cut(version.summary)
    return VersionShown(
        version,
        [
            replace(one, title=cut(one.title), what=cut(one.what), why=cut(one.why))
            for one in shown.parts
        ],
        [replace(one, title=cut(one.title), words=cut(one.words)) for one in shown.changes],
    )


def _sources() -> tuple[Prefetch[str, Any, Any], Prefetch[str, Any, Any]]:
    inputs = Input.objects.select_related(*WHOSE)
    return Prefetch("inputs", inputs), Prefetch("needs", Need.objects.all())


def _change_shown(change: Change, *, leads: bool, yours: bool) -> ChangeShown:
    return ChangeShown(
        kind=change.kind,
        called=change.get_kind_display(),
        title=change.title,
        words=change.words,
        through=through(change.inputs.all()),
        needs=[one.words for one in change.needs.all() if leads or one.is_for_others],
        through_you=yours,
    )


def as_told(version: Version, changes: Iterable[Change]) -> tuple[Version, list[Change]]:
    """For a mail: copies, as everyone but the leads may read them."""
    told, rows = copy(version), [copy(one) for one in changes]
    stepped = after_step_backs(version.initiative, leads=False)
    texts = [told.summary, *(words for one in rows for words in (one.title, one.words))]
    cut = cut_kept(version.initiative, texts)
    told.summary = cut(told.summary)
    for one in rows:
        one.title, one.words = cut(one.title), cut(one.words)
        one.after = ("change", one.pk) in stepped
    return told, rows


def as_it_would_read(
    initiative: Initiative, coming: NextVersion, chosen: dict[int, Chosen]
) -> VersionShown:
    """The next version as everyone but the leads will read it, before it is one."""
    kinds = dict(Change.Kind.choices)
    shown = VersionShown(
        Version(number=coming.number),
        published_parts(coming.parts, leads=False),
        [
            ChangeShown(
                kind=one.kind,
                called=str(kinds[one.kind]),
                title=one.title,
                words=one.words,
                through=through(x for x in one.inputs if x.pk in chosen[one.part.pk].inputs),
                needs=[
                    need.words
                    for need in one.needs
                    if need.pk in chosen[one.part.pk].needs and need.is_for_others
                ],
            )
            for one in coming.changes
        ],
    )
    return _as_allowed(shown, initiative)


@dataclass(frozen=True, slots=True)
class Chosen:
    """Which inputs and needs a change came from, by their keys."""

    inputs: frozenset[int] = frozenset()
    needs: frozenset[int] = frozenset()


def published_parts(
    parts: list[Snapshot], *, leads: bool, you: Participation | None = None
) -> list[PublishedPart]:
    names = _owners({one["owner"] for one in parts}, leads=leads)
    own = f"participation {you.pk}" if you else None
    return [
        PublishedPart(
            one["title"],
            one["what"],
            one["why"],
            names.get(one["owner"], ""),
            is_yours=one["owner"] == own,
        )
        for one in parts
    ]


def _owners(keys: set[str], *, leads: bool) -> dict[str, str]:
    """Names behind the keys, as they are today."""
    by_sort: dict[str, list[int]] = {"user": [], "participation": []}
    for key in keys - {""}:
        sort, _space, pk = key.partition(" ")
        by_sort[sort].append(int(pk))
    users = User.objects.in_bulk(by_sort["user"])
    there = Participation.objects.present().filter(pk__in=by_sort["participation"])
    people = there.select_related("person")
    return {f"user {pk}": str(one) for pk, one in users.items()} | {
        f"participation {one.pk}": one.person.name if leads else _("a colleague") for one in people
    }


def _through_person(version: Version, you: Participation) -> set[int]:
    return set(people_behind(version, among=[you.pk]))


def people_behind(version: Version, *, among: Collection[int]) -> dict[int, set[int]]:
    """Through which of these participations each change came: by its inputs, and its needs."""
    inputs = Input.objects.filter(participation__in=among, erased_at=None)
    named = NeedNamed.objects.filter(participation__in=among)
    quotes = Quote.objects.filter(participation__in=among, erased_at=None)
    rows: list[tuple[int, int]] = [
        *inputs.filter(changes__version=version).values_list("changes", "participation"),
        *named.filter(need__changes__version=version).values_list("need__changes", "participation"),
        *quotes.filter(needs__changes__version=version).values_list(
            "needs__changes", "participation"
        ),
    ]
    behind: dict[int, set[int]] = {}
    for change, participation in rows:
        behind.setdefault(change, set()).add(participation)
    return behind


def who_gave_input(initiative: Initiative) -> ParticipationQuerySet:
    """Whose words it is made of, who may be written to and want news of the plan (3.10)."""
    here = OuterRef("pk")
    gave = (
        Q(Exists(Input.objects.filter(participation=here, erased_at=None)))
        | Q(Exists(Quote.objects.filter(participation=here, erased_at=None)))
        | Q(Exists(NeedNamed.objects.filter(participation=here)))
        | Q(Exists(Post.objects.filter(participation=here, from_person=True)))
    )
    there = Participation.objects.may_be_asked().filter(initiative=initiative)
    return there.filter(gave, ~Exists(NewsStop.objects.filter(participation=here)))


def versions_of(initiative: Initiative, *, leads: bool, before: int | None = None) -> list[Version]:
    """The latest first, one more than a page holds; cut for whoever does not lead (privacy.md 4)."""
    rows: QuerySet[Version] = initiative.versions.select_related("by").defer("parts")
    if before is not None:
        rows = rows.filter(number__lt=before)
    found = list(rows[: PAGE + 1])
    cut = str if leads else cut_kept(initiative, [one.summary for one in found])
    for one in found:
        one.summary = cut(one.summary)
    return found
