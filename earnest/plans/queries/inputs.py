"""What was asked for or proposed: what is not taken up yet, what waits for an answer, how long."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from django.db.models import CharField, Count, Exists, F, OuterRef, Prefetch, Q, QuerySet, Value
from django.db.models.functions import Coalesce

from earnest.accounts.models import Workspace
from earnest.checkins.models import Line, NamedAnswer, Round
from earnest.core.paging import read_number
from earnest.ideas.models import Idea
from earnest.initiatives.models import Initiative, Participation
from earnest.listening.models import Conversation, Invitation, Need, NeedNamed, Quote
from earnest.plans.models import Input, Post, Reply

ON_A_PAGE = 50
NOON = time(12)
ERASED = "erased"
SINCE = Coalesce("first_named_at", "made_at")  # of a need: its oldest word


def is_before_decision(initiative: Initiative, day: date) -> bool:
    """Whether this day lies before the decision (1.4): by its date, else by what is still open."""
    if initiative.decides_on:
        return day <= initiative.decides_on
    return bool(initiative.still_open) or not initiative.decided


def moment_of(initiative: Initiative, day: date, at: datetime) -> datetime:
    """The middle of a day where only the day is known; of today, now."""
    if day >= initiative.workspace.day(at):
        return at
    return datetime.combine(day, NOON, tzinfo=ZoneInfo(initiative.workspace.time_zone))


def _willing(prefix: str = "participation__", written: str = "") -> Q:
    """Nobody's, or somebody's who did not ask to be left alone; or their own hand since then."""
    nobody = Q(**{f"{prefix[:-2]}": None})
    free = Q(**{f"{prefix}person__erased_at": None})
    for column in (f"{prefix}stopped_at", f"{prefix}person__stopped_at"):
        still = Q(**{column: None})
        free &= still | Q(**{f"{written}__gt": F(column)}) if written else still
    return nobody | free


def ideas_not_taken(initiative: Initiative) -> QuerySet[Idea]:
    """Every idea is an input (3.9); of a space, where hundreds answer, a lead says which (1.14)."""
    here = Idea.objects.filter(_willing(), initiative=initiative, inputs=None, space=None)
    return here.exclude(words__in=("", ERASED)).select_related("participation").order_by("pk")


def own_words_not_taken(initiative: Initiative) -> QuerySet[Quote]:
    """What people wrote on their own page."""
    theirs = _willing(written="conversation__noted_at")
    rows = Quote.objects.filter(theirs, initiative=initiative, own_hand=True, erased_at=None)
    found = rows.filter(inputs=None).exclude(participation=None)
    return found.select_related("participation", "conversation").order_by("pk")


def answers_not_taken(initiative: Initiative) -> QuerySet[Invitation]:
    """What people answered in writing to an ask."""
    rows = Invitation.objects.filter(
        _willing(),
        initiative=initiative,
        conversation__form=Conversation.Form.WRITTEN,
        conversation__notes_erased_at=None,
        conversation__inputs=None,
    ).exclude(conversation__notes="")
    return rows.select_related("participation", "conversation").order_by("pk")


def rounds_not_taken(initiative: Initiative) -> QuerySet[Round]:
    """Check-ins that closed with lines nobody has taken up."""
    closed = Round.objects.filter(initiative=initiative, inputs=None).exclude(closed_at=None)
    published = Line.objects.filter(round=OuterRef("pk"))
    named = NamedAnswer.objects.filter(round=OuterRef("pk")).exclude(line="")
    return closed.filter(Exists(published) | Exists(named)).order_by("pk")


def with_something_to_take() -> Iterator[Initiative]:
    """Initiatives that are not closed, one by one: the clock looks at each."""
    rows = Initiative.objects.filter(closed_at=None).select_related("workspace").order_by("pk")
    return rows.iterator()


def old_nobodys(workspace: Workspace, *, before: datetime, most: int) -> list[int]:
    """Words of nobody known, as lines of anonymous check-ins, of initiatives closed too long ago."""
    over = Input.objects.filter(
        initiative__workspace=workspace, initiative__closed_at__lt=before, participation=None
    )
    return list(over.filter(erased_at=None).order_by("pk").values_list("pk", flat=True)[:most])


# ── what waits ──────────────────────────────────────────────────────────────────────────────────


def open_inputs(initiative: Initiative) -> QuerySet[Input]:
    """Waiting for an answer of their own: neither under a need nor with another that is alike."""
    rows = Input.objects.filter(initiative=initiative, answered_at=None, erased_at=None)
    return rows.filter(need=None, same_as=None)


def open_needs(initiative: Initiative) -> QuerySet[Need]:
    """Needs that people have, and nobody has answered."""
    answered = Reply.objects.filter(need=OuterRef("pk"))
    under = Input.objects.filter(need=OuterRef("pk"), erased_at=None)
    rows = Need.objects.filter(Q(people_count__gt=0) | Exists(under), initiative=initiative)
    return rows.exclude(words=ERASED).filter(~Exists(answered)).annotate(since=SINCE)


def more_people_under(needs: Iterable[int]) -> dict[int, int]:
    """Who has an input under a need, and neither named it nor is quoted under it."""
    named = NeedNamed.objects.filter(need=OuterRef("need"), participation=OuterRef("participation"))
    quoted = Quote.needs.through._default_manager.filter(
        need=OuterRef("need"), quote__participation=OuterRef("participation")
    )
    rows = Input.objects.filter(need__in=list(needs), erased_at=None).exclude(participation=None)
    alone = rows.filter(~Exists(named), ~Exists(quoted)).order_by()
    counted = alone.values("need").annotate(n=Count("participation", distinct=True))
    return {need: n for need, n in counted.values_list("need", "n") if need}


def under_answered_needs(initiative: Initiative) -> QuerySet[Input]:
    """Inputs under a need that has its answer, as when two needs were merged: they have it too."""
    given = Reply.objects.filter(need=OuterRef("need"))
    rows = Input.objects.filter(initiative=initiative, answered_at=None, erased_at=None)
    found = rows.exclude(need=None).filter(Exists(given))
    return found.select_related("need", "initiative__workspace").order_by("pk")


def count_open(initiative: Initiative) -> int:
    return open_inputs(initiative).count() + open_needs(initiative).count()


@dataclass(frozen=True, slots=True)
class Waiting:
    """One thing on the queue: an input, or a need with everyone under it."""

    of: Input | Need
    since: datetime
    days: int
    people: int
    before_decision: bool

    @property
    def is_need(self) -> bool:
        return isinstance(self.of, Need)

    @property
    def sort(self) -> str:
        return "need" if self.is_need else "input"


@dataclass(frozen=True, slots=True)
class Queue:
    """A page of what waits, the oldest first; ``after`` is the key of what follows."""

    waiting: list[Waiting]
    after: str


def queue(initiative: Initiative, *, after: str = "", at: datetime) -> Queue:
    """What waits for an answer by age; five queries, however much it is."""
    found = _by_age(initiative, _read_key(after), ON_A_PAGE + 1)
    page = found[:ON_A_PAGE]
    more = _write_key(page[-1]) if len(found) > ON_A_PAGE else ""
    return Queue(_whole(initiative, page, at=at), more)


def _by_age(initiative: Initiative, key: Key | None, most: int) -> list[Key]:
    """Keys of inputs and needs together, the oldest first."""
    inputs = open_inputs(initiative).annotate(
        sort=Value("input", output_field=CharField()), since=F("at")
    )
    needs = open_needs(initiative).annotate(sort=Value("need", output_field=CharField()))
    columns = ("since", "sort", "pk")
    parts = [_later(rows, sort, key) for rows, sort in ((inputs, "input"), (needs, "need"))]
    rows = parts[0].order_by().values_list(*columns)
    both = rows.union(parts[1].order_by().values_list(*columns), all=True)
    return list(both.order_by(*columns)[:most])


type Key = tuple[datetime, str, int]


def _later[Rows: QuerySet](rows: Rows, sort: str, key: Key | None) -> Rows:  # type: ignore[type-arg]
    if key is None:
        return rows
    since, was, pk = key
    same = Q(pk__gt=pk) if sort == was else Q(pk__gt=0) if sort > was else Q(pk=None)
    later: Rows = rows.filter(Q(since__gt=since) | Q(since=since) & same)
    return later


def _write_key(row: Key) -> str:
    since, sort, pk = row
    return f"{since.isoformat()}~{sort}~{pk}"


def _read_key(text: str) -> Key | None:
    """The row a key names; None for none, or for one that makes no sense."""
    since, _sep, rest = text.partition("~")
    sort, _sep, number = rest.partition("~")
    pk = read_number(number)
    try:
        found = datetime.fromisoformat(since)
    except ValueError:
        return None
    return (found, sort, pk) if pk is not None and found.tzinfo else None


def _whole(initiative: Initiative, page: list[Key], *, at: datetime) -> list[Waiting]:
    keys = {sort: [pk for _at, one, pk in page if one == sort] for sort in ("input", "need")}
    alike = Prefetch("also", Input.objects.filter(erased_at=None).select_related(None))
    whole = Input.objects.select_related("participation__person", "round", "idea__by")
    inputs = whole.prefetch_related(alike)
    rows: dict[str, dict[int, Input] | dict[int, Need]] = {
        "input": inputs.in_bulk(keys["input"]),
        "need": Need.objects.in_bulk(keys["need"]),
    }
    more = more_people_under(keys["need"])
    return [
        waiting(initiative, rows[sort][pk], since, at=at, more=more)
        for since, sort, pk in page
        if pk in rows[sort]
    ]


def waiting(
    initiative: Initiative,
    one: Input | Need,
    since: datetime,
    *,
    at: datetime,
    more: dict[int, int] | None = None,
) -> Waiting:
    """How it stands on the queue; ``more`` are people under needs by their inputs alone."""
    day = initiative.workspace.day
    if isinstance(one, Need):
        added = more_people_under([one.pk]) if more is None else more
        people = one.people_count + added.get(one.pk, 0)
        before = is_before_decision(initiative, day(since))
    else:
        people, before = _people_behind(one, one.also.all()), one.before_decision
    return Waiting(one, since, (day(at) - day(since)).days, people, before)


def _people_behind(one: Input, also: Iterable[Input]) -> int:
    """Whoever gave more of them than one is one person; each that is nobody's stands for itself."""
    rows = (one, *also)
    known = {row.participation_id for row in rows if row.participation_id}
    return len(known) + sum(row.participation_id is None for row in rows)


def oldest_moment(one: Input | Need) -> datetime:
    """The oldest words an answer to it answers."""
    if isinstance(one, Need):
        return one.first_named_at or one.made_at
    return one.at


# ── how well it goes ────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class Answered:
    """How many have their answer, how long that took, how many came before the decision (1.4)."""

    answered: int
    waiting: int
    median_days: int | None
    oldest_days: int | None
    before: int
    inputs: int

    @property
    def all(self) -> int:
        return self.answered + self.waiting

    @property
    def share_before(self) -> int | None:
        return round(100 * self.before / self.inputs) if self.inputs else None


def answered_line(initiative: Initiative, *, at: datetime) -> Answered:
    """Inputs and needs answered, days to an answer; three queries, whatever there is."""
    inputs = Input.objects.filter(initiative=initiative, erased_at=None)
    before = Count("pk", filter=Q(before_decision=True))
    counts = inputs.aggregate(all=Count("pk"), before=before)
    days = days_of_answers(initiative)
    oldest = _by_age(initiative, None, 1)
    day = initiative.workspace.day
    return Answered(
        answered=sum(many for _days, many in days),
        waiting=initiative.inputs_open,
        median_days=middle_of(days),
        oldest_days=(day(at) - day(oldest[0][0])).days if oldest else None,
        before=counts["before"],
        inputs=counts["all"],
    )


def days_of_answers(initiative: Initiative) -> list[tuple[int, int]]:
    """Days to each first answer, and how many took so long; what was fine-tuned is no later one."""
    earlier = Reply.objects.filter(
        Q(input=OuterRef("input")) | Q(need=OuterRef("need")), pk__lt=OuterRef("pk")
    )
    first = Reply.objects.filter(~Exists(earlier), initiative=initiative).order_by("days")
    return list(first.values_list("days").annotate(many=Count("pk")))


def middle_of(days: list[tuple[int, int]]) -> int | None:
    """The median; of two middle ones the longer."""
    middle = sum(many for _days, many in days) // 2
    for took, many in days:
        middle -= many
        if middle < 0:
            return took
    return None


def median_days(initiative: Initiative) -> int | None:
    """Days to an answer, of half of all answers at most."""
    return middle_of(days_of_answers(initiative))


def unread_posts(initiative: Initiative) -> QuerySet[Post]:
    """Who wrote in a thread and waits for a word, the longest waiting first."""
    rows = Post.objects.filter(
        reply__initiative=initiative,
        from_person=True,
        read_at=None,
        participation__person__erased_at=None,
    )
    return rows.select_related("participation__person", "reply").order_by("at", "pk")


# ── lines of a check-in ─────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class LineShown:
    """A line with what became of it; without a key it is not taken up yet."""

    words: str
    whose: Participation | None
    replies: list[Reply]
    pk: int | None = None


def lines_of(round_: Round, *, most: int = 200) -> list[LineShown]:
    """Its lines in the order of their words, taken up or not."""
    answers = Prefetch("replies", Reply.objects.select_related("part", "by").order_by("pk"))
    rows = Input.objects.filter(round=round_, erased_at=None).select_related(
        "participation__person"
    )
    if found := list(rows.prefetch_related(answers).order_by("words", "pk")[:most]):
        return [
            LineShown(one.words, one.participation, list(one.replies.all()), one.pk)
            for one in found
        ]
    if round_.is_anonymous:
        return [LineShown(one.words, None, []) for one in round_.lines.all()[:most]]
    named = round_.named.exclude(line="").select_related("participation__person")
    return [
        LineShown(one.line, one.participation, []) for one in named.order_by("line", "pk")[:most]
    ]


def lines_waiting(round_: Round) -> int:
    """How many lines have no answer yet, taken up or not."""
    if round_.inputs.exists():
        return round_.inputs.filter(answered_at=None, erased_at=None).count()
    return round_.lines.count() + round_.named.exclude(line="").count()


def lines_missed(round_: Round, *, answered: bool) -> bool:
    """Whether the answer would leave lines without one."""
    return not answered and lines_waiting(round_) > 0
