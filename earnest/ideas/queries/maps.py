"""The stored map of a space, read again: what unites, what divides, what each group holds."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Count
from django.utils.translation import gettext as _

from earnest.engine import published
from earnest.engine.groups import FEWEST
from earnest.engine.opinion.picture import name_of
from earnest.engine.opinion.where import Counted, Where, where_do_i_sit
from earnest.engine.published import FEW, MOST, Era, Figure, Figures, Side
from earnest.ideas.models import OpinionMap, Space, Statement, Voice, Vote, Voter
from earnest.ideas.models.ideas import ERASED

NEARLY = 10  # who voted: then all but two are nearly all of them
LATEST = 20  # words of the leads about what becomes of it
type Row = tuple[int, int, int, int, str, int, str]


def as_rows(figures: Figures) -> list[Row]:
    """Figures as they are stored."""
    return [
        (group, statement, one.voted, *one.agree, *one.disagree)
        for (group, statement), one in sorted(figures.items())
    ]


def from_rows(rows: Iterable[Iterable[Any]]) -> Figures:
    return {
        (group, statement): Figure(voted, Side(agree, how), Side(disagree, how_not))
        for group, statement, voted, agree, how, disagree, how_not in rows
    }


def era_of(stored: OpinionMap | None) -> Era | None:
    """The groups and figures of a version; None before there are any."""
    if stored is None or not stored.result.get("k"):
        return None
    result = stored.result
    whole = {statement: one for (_g, statement), one in from_rows(result["whole"]).items()}
    return Era(result["k"], result["founded_with"], from_rows(result["figures"]), whole)


def due_for_map() -> list[Space]:
    """Spaces in which five or more voted since their last map."""
    changed = Voter.objects.filter(changed=True).order_by().values("space_id")
    keys = changed.annotate(n=Count("pk")).filter(n__gte=FEWEST).values_list("space_id", flat=True)
    return list(Space.objects.filter(pk__in=list(keys)).select_related("initiative__workspace"))


def brought_into(space: Space) -> set[int]:
    """Voters of a conversation brought in from files: voices that no person and no browser has."""
    if space.names:
        return set()
    rows = Voice.objects.filter(space=space, participation=None, key_hash="")
    return set(rows.values_list("pk", flat=True))


@dataclass(frozen=True, slots=True)
class Share:
    """One statement in one group, as it is shown: of so many, how many are on either side."""

    group: int
    figure: Figure

    @property
    def of_hundred(self) -> int:
        """Agreement, for a bar, of a hundred who voted; “at most so many” may be none, and draws none."""
        return _of_hundred(self.figure.agree, self.figure.voted)

    @property
    def against_of_hundred(self) -> int:
        return _of_hundred(self.figure.disagree, self.figure.voted)

    @property
    def against_from(self) -> int:
        """Where its bar begins: from the right."""
        return 100 - self.against_of_hundred

    @property
    def in_words(self) -> str:
        """As one says it: nearly all, hardly any, or how many."""
        said = {"n": self.figure.voted, "agree": self.agree, "disagree": self.disagree}
        nearly = self.figure.voted >= NEARLY
        if self.figure.agree.about == MOST:
            return (_("nearly all of %(n)s agree") if nearly else _("most of %(n)s agree")) % said
        if self.figure.disagree.about == MOST:
            one = _("nearly all of %(n)s disagree") if nearly else _("most of %(n)s disagree")
            return one % said
        return self._both() % said

    def _both(self) -> str:
        few = self.figure.agree.about == FEW, self.figure.disagree.about == FEW
        return {
            (True, True): _("few of %(n)s agree, few disagree"),
            (True, False): _("few of %(n)s agree, %(disagree)s disagree"),
            (False, True): _("%(agree)s of %(n)s agree, few disagree"),
        }.get(few, _("%(agree)s of %(n)s agree, %(disagree)s disagree"))

    @property
    def letter(self) -> str:
        return name_of(self.group)

    @property
    def agree(self) -> str:
        return _about(self.figure.agree)

    @property
    def disagree(self) -> str:
        return _about(self.figure.disagree)


def _of_hundred(side: Side, voted: int) -> int:
    return 0 if side.about == FEW else round(100 * side.count / voted)


def _about(side: Side) -> str:
    """A number; or at least, or at most so many."""
    return {MOST: "≥ ", FEW: "≤ "}.get(side.about, "") + str(side.count)


@dataclass(frozen=True, slots=True)
class Told:
    """One statement with its figures, group by group."""

    statement: Statement
    shares: list[Share]
    agrees: bool = True  # of what a group holds: for it, or against it


@dataclass(frozen=True, slots=True)
class Holding:
    """One group: about how many, how sure, and what it holds more than the others."""

    number: int
    about: int
    sure: float | None
    holds: list[Told]  # with the share of this group alone: the others stand in the table

    @property
    def letter(self) -> str:
        return name_of(self.number)

    @property
    def sure_of_ten(self) -> int | None:
        return None if self.sure is None else round(10 * self.sure)


@dataclass(frozen=True, slots=True)
class MapRead:
    """A version of the map, with its statements."""

    stored: OpinionMap
    united: list[Told]
    united_against: list[Told]
    divided: list[Told]
    groups: list[Holding]
    all: list[Told]
    hidden: list[Statement]

    @property
    def about(self) -> int:
        """How many answered, in fives: between two maps nobody is counted alone."""
        return published.about(self.stored.people)

    @property
    def k(self) -> int:
        return int(self.stored.result.get("k", 0))

    @property
    def sure_of_ten(self) -> int | None:
        sure = self.stored.result.get("sure")
        return None if sure is None else round(10 * sure)


def latest_map(space: Space) -> OpinionMap | None:
    return OpinionMap.objects.filter(space=space).first()


def read_map(stored: OpinionMap) -> MapRead:
    """One query: its statements. One that is not shown any more stands apart with the reason, not with
    its words: these are read by whoever wrote it or voted on it, and by the leads."""
    result, era = stored.result, era_of(stored)
    figures = era.figures if era else {}
    rows = Statement.objects.filter(space=stored.space_id).exclude(state=Statement.State.WAITING)
    known = {one.pk: one for one in rows.select_related("idea").order_by("pk")}
    shown = {pk for pk, one in known.items() if one.state == Statement.State.SHOWN}
    told = _told(figures, {pk: known[pk] for pk in shown})

    def several(name: str) -> list[Told]:
        return [told[pk] for pk in result.get(name, ()) if pk in told]

    return MapRead(
        stored=stored,
        united=several("united"),
        united_against=several("united_against"),
        divided=several("divided"),
        groups=_groups(result, told),
        all=sorted(told.values(), key=lambda one: one.statement.pk),
        hidden=[one for one in known.values() if one.pk not in shown and one.words != ERASED],
    )


def _told(figures: Figures, known: Mapping[int, Statement]) -> dict[int, Told]:
    found: dict[int, Told] = {}
    for (group, statement), figure in sorted(figures.items()):
        if statement in known:
            one = found.setdefault(statement, Told(known[statement], []))
            one.shares.append(Share(group, figure))
    return found


def _groups(result: Mapping[str, Any], told: Mapping[int, Told]) -> list[Holding]:
    if result.get("k", 0) < 2:
        return []
    sure = result["sure_of"] or [None] * result["k"]
    return [
        Holding(
            number,
            about,
            sure[number] if number < len(sure) else None,
            [
                Told(
                    told[pk].statement,
                    [one for one in told[pk].shares if one.group == number],
                    agrees,
                )
                for pk, agrees in result["holds"][number]
                if pk in told
            ],
        )
        for number, about in enumerate(result["sizes"])
    ]


def where(read: MapRead, voice_pk: int) -> Where[int] | None:
    """Where one voter sits, by what is published and by their own votes; None before they voted."""
    voter = Voter.objects.filter(pk=voice_pk).first()
    if voter is None:
        return None
    rows = Vote.objects.filter(voter_id=voice_pk).order_by("turn")
    own = dict(rows.values_list("statement_id", "value"))
    groups: list[dict[int, Counted]] = [{} for _ in range(read.k)]
    for one in read.all:
        for share in one.shares:
            groups[share.group][one.statement.pk] = _counted(share.figure)
    few = "people" if not read.k else (read.stored.too_few or None)
    sizes = list(read.stored.result.get("sizes", ()))
    seat = voter.seat if read.k > 1 and voter.seat is not None and voter.seat < read.k else None
    return where_do_i_sit(own, groups, sizes, group=seat, sure=voter.sure, too_few=few)


def _counted(one: Figure) -> Counted:
    passed = max(one.voted - one.agree.count - one.disagree.count, 0)
    return Counted(one.agree.count, one.disagree.count, passed)


def versions_of(space: Space) -> list[OpinionMap]:
    """The last ones, without what they hold."""
    return list(OpinionMap.objects.filter(space=space).defer("result")[:LATEST])
