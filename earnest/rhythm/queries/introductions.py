"""Whose ideas or needs meet (4.6): who built on whose idea, who supports it, needs named by both,
ideas about the same. Who works together already needs no introduction.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import combinations

from django.db.models import Q

from earnest.ideas.models import BuildsOn, Idea, Support
from earnest.initiatives.models import Initiative, Participation
from earnest.listening.models import Need, NeedNamed
from earnest.people.models import Tie
from earnest.rhythm.models import Introduction, IntroductionSide

READ, SHOWN = 300, 10  # rows of each sort that are looked at, pairs that are shown
MANY = 6  # a need or a word that more than these have says little about two of them
ALIKE = 2  # rare words in common
WORD = re.compile(r"\w{5,}")
Why = Introduction.Why
type Pair = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Match:
    """Two people, why, and what of theirs it is about."""

    low: Participation
    high: Participation
    why: str
    low_idea: Idea | None = None
    high_idea: Idea | None = None
    need: Need | None = None

    @property
    def in_words(self) -> str:
        return str(Why(self.why).label)


@dataclass(frozen=True, slots=True)
class Proposals:
    """Pairs to offer, and how many were left out: because they work together already, or because
    one of them has an offer to think about. Nobody stands there twice at once (0.6)."""

    matches: list[Match]
    together: int
    later: int = 0


@dataclass(frozen=True, slots=True)
class _Met:
    """Two keys that meet, in the order they were found: the lower one's idea first."""

    pair: Pair
    why: str
    ideas: tuple[Idea | None, Idea | None] = (None, None)
    need: Need | None = None


def proposals(initiative: Initiative) -> Proposals:
    """A fixed number of queries; each pair once, for its strongest reason, and each person once:
    what else would fit them comes up when they have answered."""
    fitting, together = _fitting(initiative)
    busy, matches = _thinking(initiative), list[Match]()
    for one in fitting:
        if busy.isdisjoint((one.low.pk, one.high.pk)):
            busy |= {one.low.pk, one.high.pk}
            matches.append(one)
    return Proposals(matches[:SHOWN], together, len(fitting) - len(matches))


def _fitting(initiative: Initiative) -> tuple[list[Match], int]:
    """Every pair that a reason brings together, and how many work together already."""
    ideas = list(_ideas_of(initiative))
    met: dict[Pair, _Met] = {}
    for one in (
        *_built(initiative),
        *_supported(initiative),
        *_needed(initiative),
        *_alike(ideas),
    ):
        met.setdefault(one.pair, one)
    known = _proposed_before(initiative)
    people = _people(initiative, {key for pair in met for key in pair})
    open_ones = [
        one
        for pair, one in met.items()
        if pair not in known and pair[0] in people and pair[1] in people
    ]
    together = _work_together([people[key] for one in open_ones for key in one.pair])
    fresh = [one for one in open_ones if _persons(one.pair, people) not in together]
    return [_match(one, people) for one in fresh], len(open_ones) - len(fresh)


def _thinking(initiative: Initiative) -> set[int]:
    """Who was offered somebody, and has not answered: not pressed with a second one."""
    open_ones = Introduction.objects.filter(initiative=initiative, state=Introduction.State.OFFERED)
    unanswered = IntroductionSide.objects.filter(introduction__in=open_ones, answer="")
    return set(unanswered.values_list("participation", flat=True))


def match_of(initiative: Initiative, low: int, high: int) -> Match | None:
    """The pair as it is proposed now: nobody is offered whom no reason brings together."""
    if not _thinking(initiative).isdisjoint((low, high)):
        return None
    for one in _fitting(initiative)[0]:
        if (one.low.pk, one.high.pk) == (low, high):
            return one
    return None


def _match(one: _Met, people: dict[int, Participation]) -> Match:
    low, high = one.pair
    return Match(people[low], people[high], one.why, *one.ideas, one.need)


def _pair(
    one: tuple[int, Idea | None], other: tuple[int, Idea | None]
) -> tuple[Pair, tuple[Idea | None, Idea | None]]:
    (low, low_idea), (high, high_idea) = sorted((one, other), key=lambda side: side[0])
    return (low, high), (low_idea, high_idea)


def _met(
    one: tuple[int | None, Idea | None], other: tuple[int | None, Idea | None], why: str
) -> Iterator[_Met]:
    """Nothing where one is nobody known, or both are the same person."""
    if one[0] and other[0] and one[0] != other[0]:
        pair, ideas = _pair((one[0], one[1]), (other[0], other[1]))
        yield _Met(pair, why, ideas)


def _ideas_of(initiative: Initiative) -> Iterable[Idea]:
    rows = initiative.ideas.filter(gone="").exclude(participation=None)
    return rows.only("words", "participation").order_by("-pk")[:READ]


def _built(initiative: Initiative) -> Iterator[_Met]:
    rows = BuildsOn.objects.filter(idea__initiative=initiative, idea__gone="", of__gone="")
    sides = [f"{side}__{name}" for side in ("idea", "of") for name in ("words", "participation")]
    for row in rows.select_related("idea", "of").only(*sides).order_by("-pk")[:READ]:
        one, other = row.idea, row.of
        yield from _met((one.participation_id, one), (other.participation_id, other), Why.BUILDS_ON)


def _supported(initiative: Initiative) -> Iterator[_Met]:
    rows = Support.objects.filter(idea__initiative=initiative, idea__gone="")
    seen = ("idea__words", "idea__participation", "voice__participation")
    for row in rows.select_related("idea", "voice").only(*seen).order_by("-pk")[:READ]:
        whose = (row.idea.participation_id, row.idea)
        yield from _met(whose, (row.voice.participation_id, None), Why.SUPPORTS)


def _needed(initiative: Initiative) -> Iterator[_Met]:
    rows = NeedNamed.objects.filter(need__initiative=initiative, need__people_count__lte=MANY)
    rows = rows.exclude(participation=None).select_related("need").order_by("-pk")[:READ]
    by_need: dict[Need, set[int]] = defaultdict(set)
    for row in rows:
        by_need[row.need].add(row.participation_id or 0)
    for need, whose in by_need.items():
        for low, high in combinations(sorted(whose)[:MANY], 2):
            yield _Met((low, high), Why.SAME_NEED, need=need)


def _alike(ideas: list[Idea]) -> Iterator[_Met]:
    """Two rare words in common: plain, and shown as no more than that."""
    having: dict[str, dict[int, Idea]] = defaultdict(dict)
    for idea in ideas:
        for word in set(WORD.findall(idea.words.casefold())):
            having[word].setdefault(idea.participation_id or 0, idea)
    shared: dict[Pair, list[tuple[Idea, Idea]]] = defaultdict(list)
    for whose in having.values():
        if 1 < len(whose) <= MANY:
            for low, high in combinations(sorted(whose), 2):
                shared[low, high].append((whose[low], whose[high]))
    for pair, both in shared.items():
        if len(both) >= ALIKE:
            yield _Met(pair, Why.SAME_WORDS, both[0])


def _proposed_before(initiative: Initiative) -> set[Pair]:
    return set(initiative.introductions.values_list("low_id", "high_id"))


def _people(initiative: Initiative, keys: set[int]) -> dict[int, Participation]:
    """Of them, who may be asked something: nobody who wants to be left alone, or for less."""
    rows = initiative.participations.may_be_asked().filter(person__wants_less_at=None)
    named = rows.select_related("person").only("initiative", "person__name", "person__manager")
    return {one.pk: one for one in named.filter(pk__in=keys)}


def _persons(pair: Pair, people: dict[int, Participation]) -> frozenset[int]:
    return frozenset(people[key].person_id for key in pair)


def _work_together(people: list[Participation]) -> set[frozenset[int]]:
    """Pairs of persons whose work connects them already: a tie, or one leads the other."""
    keys = {one.person_id for one in people}
    ties = Tie.objects.filter(
        Q(person__in=keys), Q(other__in=keys), kind__in=("works_with", "reports_to")
    )
    known = {frozenset(pair) for pair in ties.values_list("person_id", "other_id")}
    for one in people:
        if one.person.manager_id in keys:
            known.add(frozenset((one.person_id, one.person.manager_id)))
    return known


@dataclass(frozen=True, slots=True)
class Meeting:
    """An introduction as one of the two sees it: of the other only what they allowed, and only
    once both said yes."""

    side: IntroductionSide
    about: str  # their own idea, or their own words for the need
    reason: str
    who: str = ""
    address: str = ""
    idea: str = ""
    line: str = ""

    @property
    def is_known(self) -> bool:
        return bool(self.who)


def meeting_of(side: IntroductionSide) -> Meeting:
    row = side.introduction
    mine, other_idea = (
        (row.low_idea, row.high_idea)
        if side.participation_id == row.low_id
        else (row.high_idea, row.low_idea)
    )
    about = mine.words if mine and not mine.gone else _own_need(side, row)
    seen = Meeting(side, about, _reason(row, mine, other_idea))
    if row.state != Introduction.State.TAKEN:
        return seen
    other = row.sides.select_related("participation__person").exclude(pk=side.pk).first()
    if other is None or other.participation.person.erased_at or other.participation.asked_to_stop:
        return seen
    person = other.participation.person
    idea = other_idea.words if other.shows_idea and other_idea and not other_idea.gone else ""
    return Meeting(
        side,
        about,
        seen.reason,
        who=person.name,
        address=person.email if other.shows_address else "",
        idea=idea,
        line=other.line,
    )


def _own_need(side: IntroductionSide, row: Introduction) -> str:
    """As they put it themselves."""
    named = NeedNamed.objects.filter(need=row.need_id, participation=side.participation_id)
    said = named.select_related("need").first() if row.need_id else None
    return said.in_their_words if said else ""


REASONS = {
    (Why.SUPPORTS, True): "is_supported",
    (Why.SUPPORTS, False): "supports",
    (Why.SAME_NEED, False): "need",
    (Why.SAME_WORDS, True): "words",
}


def _reason(row: Introduction, mine: Idea | None, theirs: Idea | None) -> str:
    """Which sentence says it: of the other it tells no more than that there is somebody."""
    if row.why == Why.BUILDS_ON and mine and theirs:
        built = BuildsOn.objects.filter(idea=mine.pk, of=theirs.pk).exists()
        return "built" if built else "is_built_on"
    has_idea = mine is not None
    return REASONS.get((Why(row.why), has_idea), "need" if row.need_id else "words")
