"""Evidence cards as each may read them: our words, figures that tell of no single person, and
beside them only voices that said yes for these readers (1.12, 3.18)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import (
    Case,
    CharField,
    DateTimeField,
    Exists,
    F,
    OuterRef,
    Q,
    QuerySet,
    Value,
    When,
)

from earnest.initiatives.models import Initiative, Participation
from earnest.listening import queries as listening
from earnest.listening.models import Quote
from earnest.pilots.models import (
    CardFigure,
    CardVersion,
    CardVoice,
    EvidenceCard,
    Pilot,
    PilotMeasure,
    PilotPerson,
    PilotReading,
    PilotWord,
    SpreadRequest,
)
from earnest.pilots.queries.comparing import large_comparisons
from earnest.pilots.queries.cutting import for_others
from earnest.pilots.queries.measured import Measured, began_on, last_day, measured
from earnest.plans.models import Input
from earnest.plans.queries.kept import copied_in, without_kept_words
from earnest.plans.queries.stories import copied_words

PAGE = 50
ANSWERS_OF = timedelta(days=7)  # older ones were read, or are no news
GONE = "erased"
OF_FIGURES = ("name", "unit", "comparison", "sentence")
TEXTS = ("title", "tried", "told", "cost", "look_out", "stopped_why")
PASSED_ON = (Quote.PassedOn.NAMED, Quote.PassedOn.UNNAMED)
Outcome = CardVersion.Outcome


@dataclass(frozen=True, slots=True)
class VoiceShown:
    """Words somebody lets stand there; with their name where they wish so."""

    words: str
    name: str = ""
    said_on: date | None = None


@dataclass(frozen=True, slots=True)
class CardShown:
    """A version for its readers. What a lead copied of people's words is left out of the text."""

    version: CardVersion
    texts: dict[str, str]
    figures: list[CardFigure]
    voices: list[VoiceShown]


def read_card(version: CardVersion, figures: Sequence[CardFigure] | None = None) -> CardShown:
    """At most seven queries. A voice stands there with its yes for this card, as far as its words may be
    passed on at all: the narrower of the two holds, and both are read afresh."""
    initiative = version.card.initiative
    texts = {name: getattr(version, name) for name in TEXTS}
    shown = list(version.figures.all()) if figures is None else list(figures)
    if is_of_few(version.card.pilot):
        hide_few(version)
        shown = [_without_figures(one) for one in shown]
    if figures is None:
        shown = _beside_enough(version.card, shown)
    beside = [version.where, *(getattr(one, name) for one in shown for name in OF_FIGURES)]
    copied = copied_words(initiative, [*texts.values(), *beside])
    cut = {name: without_kept_words(text, copied) for name, text in texts.items()}
    _cut_beside(version, shown, copied)
    return CardShown(version, cut, shown, _voices(version))


def _cut_beside(version: CardVersion, figures: list[CardFigure], copied: list[str]) -> None:
    """Where it ran, and what its figures are called: on the rows, to be shown and not saved."""
    version.where = without_kept_words(version.where, copied)
    for one in figures:
        for name in OF_FIGURES:
            setattr(one, name, without_kept_words(getattr(one, name), copied))


def is_of_few(pilot: Pilot) -> bool:
    """Now: also where more were in it when something was published."""
    return not pilot.is_for_all


def hide_few(version: CardVersion) -> None:
    """To be shown, and not saved: of so few nothing stands there but that it was stopped."""
    if version.outcome != Outcome.STOPPED and is_of_few(version.card.pilot):
        version.outcome = Outcome.EARLY


def _without_figures(one: CardFigure) -> CardFigure:
    return CardFigure(
        position=one.position, name=one.name, unit=one.unit, comparison=one.comparison, too_few=True
    )


def _beside_enough(card: EvidenceCard, figures: list[CardFigure]) -> list[CardFigure]:
    """Without the comparison where fewer than five are in it by now, and then without the answer made
    of it. What is no team of the directory stays as it was published."""
    pilot = card.pilot
    pilot.initiative = card.initiative
    compared = [
        PilotMeasure(
            pk=one.position, pilot=pilot, comparison=one.comparison, comparison_of_five=True
        )
        for one in figures
        if one.comparison
    ]
    few = {one.pk for one in compared} - large_comparisons(compared)
    return [_alone(one) if one.position in few else one for one in figures]


def _alone(one: CardFigure) -> CardFigure:
    return CardFigure(
        position=one.position,
        name=one.name,
        unit=one.unit,
        points=[point for point in one.points if point[0]],
        left_out=one.left_out,
        too_few=one.too_few,
        compared_few=not one.too_few,
    )


def _voices(version: CardVersion) -> list[VoiceShown]:
    granted = version.card.voices.filter(state__in=CardVoice.GRANTED)
    if version.pk and version.is_for_all:
        granted = granted.exclude(for_readers=EvidenceCard.Readers.INITIATIVE)  # a yes for few
    rows = list(granted.values_list("quote", "word__input", "state"))
    found = [
        *_from_quotes(version.card.initiative, {q: state for q, _i, state in rows if q}),
        *_from_words(version.card.initiative, {i: state for _q, i, state in rows if i}),
    ]
    return sorted(found, key=lambda one: one.words)  # no order of days tells who spoke when


def _from_quotes(initiative: Initiative, granted: dict[int, str]) -> list[VoiceShown]:
    allowed = listening.quotes_passed_on(initiative, among=granted) if granted else []
    return [
        VoiceShown(one.words, one.name, one.said_on)
        if granted[one.pk] == CardVoice.State.NAMED
        else VoiceShown(one.words)
        for one in allowed
    ]


def _from_words(initiative: Initiative, granted: dict[int, str]) -> list[VoiceShown]:
    """What somebody said about the pilot itself, by their own choice of who reads it."""
    if not granted:
        return []
    named = When(passed_on=Quote.PassedOn.NAMED, then=F("participation__person__name"))
    day = When(passed_on=Quote.PassedOn.NAMED, then=F("at"))
    rows = Input.objects.filter(
        pk__in=list(granted),
        passed_on__in=PASSED_ON,
        erased_at=None,
        participation__person__erased_at=None,
    ).values_list(
        "pk",
        "words",
        Case(named, default=Value(""), output_field=CharField()),
        Case(day, default=Value(None), output_field=DateTimeField()),
    )
    return [
        VoiceShown(words, name, initiative.workspace.day(at) if at else None)
        if granted[pk] == CardVoice.State.NAMED
        else VoiceShown(words)
        for pk, words, name, at in rows
    ]


# What would be published now.


def version_now(card: EvidenceCard) -> tuple[CardVersion, list[CardFigure]]:
    """The card as it would be published, not stored: its words, and what the measures say. Two
    queries."""
    pilot = card.pilot
    pilot.initiative = card.initiative
    every = measured(pilot)
    told = [for_others(one) for one in every]
    return (
        CardVersion(
            card=card,
            outcome=outcome_of(pilot, [] if is_of_few(pilot) else told),
            **{name: getattr(card, name) for name in ("title", "tried", "told", "cost")},
            look_out=card.look_out,
            whom=card.whom,
            where=pilot.part,
            began_on=began_on(pilot),
            ended_on=last_day(pilot),
            stopped_why=pilot.why if pilot.stopped_at else "",
        ),
        figures_of(pilot, every),
    )


def figures_of(pilot: Pilot, told: Iterable[Measured]) -> list[CardFigure]:
    return [_figure(pilot, one, at) for at, one in enumerate(told)]


def _figure(pilot: Pilot, told: Measured, position: int) -> CardFigure:
    """Where fewer than five took part no figure of theirs stands there; of a share, no point that
    counts fewer than five: it would be about single people; nor what is found of all of them."""
    few = is_of_few(pilot)
    large = for_others(told)
    points = [] if few else large.readings
    sentence = large.found.sentence if large.found and points else ""
    return CardFigure(
        position=position,
        name=told.measure.called,
        unit=told.measure.sign,
        sentence=sentence,
        comparison="" if large.compared_few else told.measure.comparison,
        enough=bool(sentence and large.found and large.found.enough),
        points=[
            [int(one.group == PilotReading.Group.PILOT), one.on.isoformat(), float(one.value or 0)]
            for one in points
        ],
        left_out=0 if few else _left_out(told, large),
        too_few=few,
        compared_few=large.compared_few and not few,
    )


def _left_out(told: Measured, large: Measured) -> int:
    """How many readings count fewer than five, of what is shown of it at all."""
    whole = [
        one
        for one in told.readings
        if not large.compared_few or one.group == PilotReading.Group.PILOT
    ]
    return len(whole) - len(large.readings)


def outcome_of(pilot: Pilot, told: Iterable[Measured]) -> str:
    """What became of it, by the measures alone: stopped, helped, did not, in part, or too early to say."""
    if pilot.stopped_at:
        return Outcome.STOPPED
    sure = {one.helped for one in told} - {None}
    if len(sure) == 2:
        return Outcome.MIXED
    if not sure:
        return Outcome.EARLY
    return Outcome.HELPED if True in sure else Outcome.NOT


# Lists, and whom to ask for their words.


@dataclass(frozen=True, slots=True)
class CardPage:
    rows: list[CardVersion]
    next_key: int | None


def cards_page(readable: QuerySet[CardVersion], *, before: int | None) -> CardPage:
    """The latest published first; older ones by key."""
    rows = readable.select_related("card__initiative", "card__pilot").order_by("-pk")
    if before is not None:
        rows = rows.filter(pk__lt=before)
    found = list(rows[: PAGE + 1])
    _cut_titles(found)
    for one in found:
        hide_few(one)
    return CardPage(found[:PAGE], found[PAGE - 1].pk if len(found) > PAGE else None)


def _cut_titles(versions: list[CardVersion]) -> None:
    """As on the cards themselves: to be shown, and not saved. One query."""
    texts: dict[int, list[str]] = {}
    for one in versions:
        texts.setdefault(one.card.initiative_id, []).extend((one.title, one.where))
    copied = copied_in(texts, kept_alone=False) if texts else {}
    for one in versions:
        here = copied.get(one.card.initiative_id, ())
        one.title = without_kept_words(one.title, here)
        one.where = without_kept_words(one.where, here)


def title_of(version: CardVersion) -> str:
    """The title as its readers see it, wherever it is named."""
    copied = copied_words(version.card.initiative, [version.title])
    return without_kept_words(version.title, copied)


def cards_of(initiative: Initiative) -> list[EvidenceCard]:
    """For its leads: drafts too, each with whether others read it."""
    shown = CardVersion.objects.filter(card=OuterRef("pk"), shown=True)
    return list(initiative.cards.annotate(is_shown=Exists(shown))[:100])


def voices_of_card(card: EvidenceCard) -> list[CardVoice]:
    """Whose words are beside it, for its leads: each with what they answered."""
    rows = card.voices.exclude(quote__erased_at__isnull=False)
    rows = rows.exclude(word__input__erased_at__isnull=False)
    return list(rows.select_related("quote", "word__input", "participation__person"))


def quotes_to_choose(card: EvidenceCard) -> list[Quote]:
    """Words of people in the pilot that they let be passed on, not beside this card yet."""
    rows = Quote.objects.filter(
        initiative=card.initiative_id,
        erased_at=None,
        passed_on__in=PASSED_ON,
        participation__stopped_at=None,
        participation__person__stopped_at=None,
        participation__person__erased_at=None,
        participation__in_pilots__in=PilotPerson.objects.filter(pilot=card.pilot_id, left_at=None),
    ).exclude(card_voices__card=card)
    return list(rows.select_related("participation__person").order_by("words", "pk")[:100])


def words_to_choose(card: EvidenceCard) -> list[PilotWord]:
    """The same of what was said about the pilot itself."""
    rows = PilotWord.objects.filter(
        pilot=card.pilot_id,
        input__erased_at=None,
        input__passed_on__in=PASSED_ON,
        input__participation__stopped_at=None,
        input__participation__person__stopped_at=None,
        input__participation__person__erased_at=None,
    ).exclude(card_voices__card=card)
    whole = rows.select_related("input__participation__person")
    return list(whole.order_by("input__words", "pk")[:100])


def requests_of(initiative: Initiative, *, most: int = PAGE) -> list[SpreadRequest]:
    """Who asked for it, the latest first, for its leads."""
    rows = initiative.asked_for_it.select_related(
        "version__card", "participation__person", "user", "answered_by", "became"
    )
    return list(rows.order_by("-at", "-pk")[:most])


def answers_to_mail(*, at: datetime, most: int) -> list[SpreadRequest]:
    """Answers that accounts wait for who are not on the initiative: of members, of this week."""
    rows = SpreadRequest.objects.filter(
        participation=None,
        mailed_at=None,
        state__in=SpreadRequest.ANSWERS,
        answered_at__gt=at - ANSWERS_OF,
        user__is_active=True,
        initiative__workspace__memberships__user=F("user"),
    ).exclude(Q(part=GONE) | Q(user__email=""))
    joined = rows.select_related("user", "answered_by", "initiative", "version__card__initiative")
    return list(joined.order_by("answered_at", "pk")[:most])


def waiting_requests(initiative: Initiative, *, most: int = 5) -> list[SpreadRequest]:
    """Those that wait for an answer, the longest first, for its leads."""
    rows = initiative.asked_for_it.filter(state=SpreadRequest.State.WAITS)
    return list(rows.select_related("participation__person", "user").order_by("at", "pk")[:most])


def asked_by(participation: Participation) -> Q:
    """By their own page, or here by the account that is theirs."""
    theirs = Q(participation=participation.pk)
    if user := participation.person.user_id:
        theirs |= Q(user=user, initiative=participation.initiative_id)
    return theirs


def request_of(version: CardVersion, whose: Q) -> SpreadRequest | None:
    """What this reader asked for by this card last, and what became of it."""
    rows = SpreadRequest.objects.filter(whose, version__card=version.card_id)
    return rows.select_related("answered_by", "became").first()


def old_requests(workspace: int, *, before: datetime, most: int) -> list[int]:
    """Made by an account alone, on initiatives closed before; not let go of yet."""
    rows = SpreadRequest.objects.filter(
        participation=None,
        initiative__workspace=workspace,
        initiative__closed_at__lt=before,
    ).exclude(part=GONE)
    return list(rows.order_by("pk").values_list("pk", flat=True)[:most])
