"""Ideas of a space: as they are read, as a tree, one by one, and a person's own.

No list ranks by popularity: what few have answered yet comes first, then what is new, then by lot.
So every idea is read, and an early one has no head start.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime

from django.db.models import F, Q, QuerySet

from earnest.core.paging import read_number
from earnest.ideas.models import BuildsOn, Idea, Merge, Space, Support, Voice
from earnest.ideas.queries.shown import KEPT_BACK_OF, Reader, Shown, alone, readable, shown

PAGE = 50
TREE = 400  # ideas of one page of trees; what lies beyond is read from the idea itself
DEEP = 6  # further down the list is indented no more


@dataclass(frozen=True, slots=True)
class IdeasPage:
    """Some of the ideas, and the key of those that follow."""

    ideas: list[Shown]
    more: str = ""


def standing(space: Space) -> QuerySet[Idea]:
    """Ideas one can answer: neither taken back nor standing within another."""
    return Idea.objects.filter(space=space, gone="", merged_into=None)


def to_answer(space: Space, reader: Reader, *, most: int) -> list[Shown]:
    """A few that this reader can answer: others' ideas, those that few have answered first."""
    rows = readable(standing(space), reader).order_by("responses", "-on", "lot", "pk")
    if reader.voice:
        rows = rows.exclude(voice=reader.voice)
    return shown(rows[:most], reader)


def ideas_page(space: Space, reader: Reader, *, after: str = "", most: int = PAGE) -> IdeasPage:
    """What few have answered comes first, so that no idea is left unread."""
    rows = readable(standing(space), reader).order_by("responses", "-on", "lot", "pk")
    if key := _read_key(after):
        rows = rows.filter(_beyond(*key))
    found = list(rows[: most + 1])
    more = _write_key(found[most - 1]) if len(found) > most else ""
    return IdeasPage(shown(found[:most], reader), more)


def _beyond(responses: int, on: date, lot: int, pk: int) -> Q:
    here = Q(responses=responses)
    there = here & Q(on=on)
    return (
        Q(responses__gt=responses)
        | here & Q(on__lt=on)
        | there & Q(lot__gt=lot)
        | there & Q(lot=lot, pk__gt=pk)
    )


def _write_key(idea: Idea) -> str:
    return f"{idea.responses}~{idea.on.isoformat()}~{idea.lot}~{idea.pk}"


def _read_key(text: str) -> tuple[int, date, int, int] | None:
    parts = text.split("~")
    if len(parts) != 4:
        return None
    responses, lot, pk = (read_number(one) for one in (parts[0], parts[2], parts[3]))
    try:
        on = date.fromisoformat(parts[1])
    except ValueError:
        return None
    if responses is None or lot is None or pk is None or max(responses, lot) >= 2**31:
        return None
    return responses, on, lot, pk


# ── the tree ────────────────────────────────────────────────────────────────────────────────────


@dataclass(slots=True)
class Node:
    """An idea with those that grew from it."""

    shown: Shown
    children: list[Node] = field(default_factory=list)
    depth: int = 0


@dataclass(frozen=True, slots=True)
class Trees:
    nodes: list[Node]
    more: str = ""


def trees_page(space: Space, reader: Reader, *, after: str = "", most: int = PAGE) -> Trees:
    """Lineage (4.5): first ideas, the latest first, each with all that grew from it."""
    first = Q(root=None, merged_into=None) & (Q(gone="") | Q(builders__gt=0))
    rows = Idea.objects.filter(first, space=space).order_by("-on", "lot", "pk")
    if key := _read_key(after):
        _responses, on, lot, pk = key
        rows = rows.filter(Q(on__lt=on) | Q(on=on, lot__gt=lot) | Q(on=on, lot=lot, pk__gt=pk))
    found = list(rows.select_related(*_WHOLE)[: most + 1])
    more = _write_key(found[most - 1]) if len(found) > most else ""
    roots = found[:most]
    grown = Idea.objects.filter(root__in=roots).select_related(*_WHOLE).order_by("on", "lot", "pk")
    return Trees(_grow(roots, list(grown[:TREE]), reader), more)


_WHOLE = ("participation__person", "by", "space")


def _grow(roots: list[Idea], grown: list[Idea], reader: Reader) -> list[Node]:
    """Each below the first of those it grew from; what stands within another is shown with it."""
    keys = [one.pk for one in grown]
    parent: dict[int, int] = {}
    for idea_pk, of_pk in BuildsOn.objects.filter(idea__in=keys).values_list("idea_id", "of_id"):
        parent.setdefault(idea_pk, of_pk)
    nodes = {one.pk: Node(one) for one in shown([*roots, *grown], reader)}
    below: dict[int, list[Node]] = {}
    for pk in keys:
        if nodes[pk].shown.idea.merged_into_id not in nodes:
            below.setdefault(parent.get(pk, 0), []).append(nodes[pk])
    return [_place(nodes[one.pk], below) for one in roots]


def _place(root: Node, below: dict[int, list[Node]]) -> Node:
    """Without recursion: a chain of a hundred ideas is no trouble, and is indented six times."""
    waiting = [(root, root)]
    while waiting:
        node, holder = waiting.pop()
        for child in below.get(node.shown.pk, ()):
            child.depth = min(holder.depth + 1, DEEP)
            holder.children.append(child)
            waiting.append((child, child if child.depth < DEEP else holder))
    return root


# ── one of them, and one's own ──────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class OneIdea:
    """An idea with everything around it."""

    shown: Shown
    grown: list[Shown]  # those that build on it
    merges: list[Merge]  # that nobody parted
    stands_in: Shown | None  # the idea it stands within


def one_idea(idea: Idea, reader: Reader) -> OneIdea:
    """Seven queries, however much grew from it; the latest fifty of what did."""
    built = BuildsOn.objects.filter(of=idea).values("idea")
    rows = readable(Idea.objects.filter(pk__in=built), reader)
    grown = rows.exclude(gone="back", builders=0).order_by("-on", "lot")[:PAGE]
    around = [idea, *grown]
    into = idea.merged_into_id
    if into:
        around += list(readable(Idea.objects.filter(pk=into), reader))
    found = {one.pk: one for one in shown(around, reader)}
    merges = Merge.objects.filter(Q(kept=idea) | Q(joined=idea), parting=None)
    return OneIdea(
        shown=found[idea.pk],
        grown=[one for one in found.values() if one.pk not in (idea.pk, into)],
        merges=list(merges.select_related("kept", "joined", "by")),
        stands_in=found.get(into or 0),
    )


def own_ideas(voice: Voice | None, *, most: int = PAGE) -> list[Shown]:
    """What they gave here, the latest first; taken back it is there no more."""
    if voice is None:
        return []
    rows = Idea.objects.filter(voice=voice, gone="").select_related(*_WHOLE)
    return shown(rows.order_by("-on", "-pk")[:most], Reader(voice))


def changed_since(voice: Voice | None) -> list[Shown]:
    """Ideas they are for that read differently now, with nothing around them: one query."""
    if voice is None:
        return []
    older = Support.objects.filter(voice=voice, idea__gone="", revision__lt=F("idea__revision"))
    rows = older.exclude(KEPT_BACK_OF).select_related(*(f"idea__{name}" for name in _WHOLE))
    found = [alone(one.idea, Reader(voice)) for one in rows.order_by("idea")[:PAGE]]
    for one in found:
        one.supported = one.changed_since = True
    return found


def merges_of(voice: Voice | None) -> list[Merge]:
    """Where an idea of theirs stands with another's: theirs to say that it is not the same."""
    if voice is None:
        return []
    theirs = Q(kept__voice=voice) | Q(joined__voice=voice)
    rows = Merge.objects.filter(theirs, parting=None)
    for side in ("kept", "joined"):
        rows = rows.exclude(
            **{f"{side}__voice": None, f"{side}__of_lead": False, f"{side}__passed_on": "leads"}
        )
    whole = ("kept__space", "joined__space", "kept__participation__person")
    return list(rows.select_related(*whole, "joined__participation__person", "by")[:PAGE])


def supporters_of(idea: Idea, *, most: int = PAGE) -> list[Support]:
    """By name where there are names, for the leads; the rest is a count."""
    rows = Support.objects.filter(idea=idea).exclude(voice__participation=None)
    named = rows.filter(voice__participation__person__erased_at=None)
    whole = named.select_related("voice__participation__person")
    return list(whole.order_by("voice__participation__person__name")[:most])


def could_be_same(idea: Idea, *, words: str = "", most: int = 30) -> list[Shown]:
    """Others of its space that a lead may put together with it, those with these words in them."""
    if idea.space is None:
        return []
    rows = standing(idea.space).exclude(pk=idea.pk).select_related(*_WHOLE)
    if words:
        rows = rows.filter(words__icontains=words)
    return [alone(one, Reader(leads=True)) for one in rows.order_by("-on", "lot")[:most]]


def credited(idea: Idea, *, most: int = 40) -> list[Idea]:
    """Whose ideas it came from: what stands with it, on either side, and what it grew from, all the
    way up, also through one that was taken back (1.14)."""
    found: dict[int, Idea] = {}
    new: list[int] = [idea.pk]
    while new and len(found) < most:
        rows = Idea.objects.filter(
            Q(merged_into__in=new) | Q(merged__in=new) | Q(built_on__idea__in=new)
        ).select_related("participation", "space")
        fresh = [one for one in rows.distinct() if one.pk != idea.pk and one.pk not in found]
        found |= {one.pk: one for one in fresh}
        new = [one.pk for one in fresh]
    return [one for one in found.values() if not one.is_gone][:most]


def ideas_to_tell(*, at: datetime, most: int) -> list[Idea]:
    """Whose words settled, and whose supporters do not know yet."""
    rows = Idea.objects.filter(tell_after__lte=at, gone="").select_related("space")
    return list(rows.order_by("tell_after", "pk")[:most])
