"""The doors to pilots: leads to all of it, others to what is told of them in groups, the person to
what is theirs; absent and forbidden look the same."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.shortcuts import get_object_or_404

from earnest.initiatives import access as initiatives
from earnest.initiatives.access import Anyone
from earnest.initiatives.models import Participation, Role
from earnest.pilots.models import (
    Call,
    CardVersion,
    CardVoice,
    EvidenceCard,
    Pilot,
    PilotMeasure,
    PilotPerson,
    PilotReading,
    ReadingCame,
    ReadingDoor,
    SpreadRequest,
    Volunteer,
)
from earnest.pilots.queries.cards import asked_by


def pilots_for(user: Anyone) -> QuerySet[Pilot]:
    """Pilots of the initiatives this user leads."""
    led = initiatives.initiatives_led_by(user)
    return Pilot.objects.filter(initiative__in=led).select_related("initiative__workspace")


def get_pilot(user: Anyone, pk: int) -> Pilot:
    """To read, for whoever may read the initiative: the page leaves out what is of people."""
    found = Pilot.objects.filter(initiative__in=initiatives.initiatives_for(user))
    joined = found.select_related("initiative__workspace", "team", "by", "volunteer")
    return get_object_or_404(joined, pk=pk)


def get_pilot_to_lead(user: Anyone, pk: int) -> Pilot:
    return get_object_or_404(pilots_for(user), pk=pk)


def figures_are_shown(pilot: Pilot, *, leads: bool) -> bool:
    """To everyone but the leads figures are about five people and more (privacy.md 7)."""
    return leads or pilot.is_for_all


def get_measure(user: Anyone, pk: int) -> PilotMeasure:
    """A measure of a pilot this user leads."""
    rows = PilotMeasure.objects.filter(pilot__in=pilots_for(user))
    return get_object_or_404(rows.select_related("pilot__initiative__workspace"), pk=pk)


def get_measure_to_read(user: Anyone, pk: int) -> PilotMeasure:
    """Its figures, for leads; for others who read the initiative where five people are in it."""
    led = Q(pilot__in=pilots_for(user))
    here = Q(pilot__initiative__in=initiatives.initiatives_for(user))
    many = here & Q(pilot__in=Pilot.objects.for_all())
    rows = PilotMeasure.objects.filter(led | many)
    return get_object_or_404(rows.select_related("pilot__initiative__workspace"), pk=pk)


def get_reading(user: Anyone, pk: int) -> PilotReading:
    rows = PilotReading.objects.filter(measure__pilot__in=pilots_for(user))
    return get_object_or_404(rows.select_related("measure__pilot__initiative__workspace"), pk=pk)


def get_call(user: Anyone, pk: int) -> Call:
    rows = Call.objects.filter(initiative__in=initiatives.initiatives_led_by(user))
    return get_object_or_404(rows.select_related("initiative__workspace", "by"), pk=pk)


def get_volunteer(user: Anyone, pk: int) -> Volunteer:
    """A yes that still stands, on an initiative this user leads."""
    led = initiatives.initiatives_led_by(user)
    rows = Volunteer.objects.filter(
        call__initiative__in=led, taken_back_at=None, participation__person__erased_at=None
    )
    joined = rows.select_related(
        "call__initiative__workspace", "participation__person", "participation__initiative", "team"
    )
    return get_object_or_404(joined, pk=pk)


def get_person_in(user: Anyone, pk: int) -> PilotPerson:
    rows = PilotPerson.objects.filter(pilot__in=pilots_for(user), left_at=None)
    return get_object_or_404(rows.select_related("pilot__initiative__workspace"), pk=pk)


def own_call(participation: Participation) -> Call | None:
    """The question that is open where they are, for their own page: its mail may be older."""
    rows = Call.objects.filter(
        initiative=participation.initiative_id, closed_at=None, initiative__closed_at=None
    )
    return rows.select_related("initiative__workspace", "by").first()


def get_own_volunteer(participation: Participation, pk: int) -> Volunteer:
    """Their own yes; taken back, it is found and taken back once."""
    rows = participation.volunteered.select_related("call__initiative", "participation__person")
    return get_object_or_404(rows, pk=pk)


def get_own_pilot(participation: Participation, pk: int) -> Pilot:
    """A pilot in their part of the organisation."""
    rows = Pilot.objects.filter(people__participation=participation, people__left_at=None)
    return get_object_or_404(rows.select_related("initiative__workspace", "by"), pk=pk)


def door_of(measure: PilotMeasure) -> ReadingDoor | None:
    """The door of a measure that was got through its own."""
    return ReadingDoor.objects.filter(measure=measure).select_related("measure__pilot").first()


def get_open_door(address: str) -> ReadingDoor:
    """For whoever brings something: what is closed, or of an initiative that is, is not there."""
    rows = ReadingDoor.objects.filter(closed_at=None, measure__pilot__initiative__closed_at=None)
    return get_object_or_404(rows.select_related("measure__pilot__initiative"), address=address)


def get_came(user: Anyone, pk: int) -> ReadingCame:
    rows = ReadingCame.objects.filter(door__measure__pilot__in=pilots_for(user))
    return get_object_or_404(rows.select_related("door__measure__pilot"), pk=pk)


# Evidence cards, and asking for it.


def card_versions_for(user: Anyone) -> QuerySet[CardVersion]:
    """Cards as they are published for this user: members what is for the whole workspace, whoever
    is on the initiative what is told of it. The one door, for lists and for search."""
    here = CardVersion.objects.filter(
        shown=True, card__initiative__workspace__memberships__user=user.pk or 0
    )
    on_it = Role.objects.filter(initiative=OuterRef("card__initiative"), user=user.pk or 0)
    return here.filter(Q(readers=EvidenceCard.Readers.WORKSPACE) | Q(Exists(on_it)))


def get_card_version(user: Anyone, card_pk: int) -> CardVersion:
    """The version of a card that is shown, for whoever may read it."""
    joined = card_versions_for(user).select_related(
        "card__pilot", "card__initiative__workspace", "whom"
    )
    return get_object_or_404(joined, card=card_pk)


def version_seen(version: CardVersion, number: int | None, *, on_it: bool) -> CardVersion:
    """The one they had before them as they asked, where it is of this card and was theirs to read;
    else the one that is shown."""
    rows = CardVersion.objects.filter(card=version.card_id, number=number or 0)
    if not on_it:
        rows = rows.filter(readers=EvidenceCard.Readers.WORKSPACE)
    return rows.select_related("card__initiative").first() or version


def get_card(user: Anyone, pk: int) -> EvidenceCard:
    """To write: of an initiative this user leads."""
    found = EvidenceCard.objects.filter(initiative__in=initiatives.initiatives_led_by(user))
    joined = found.select_related("initiative__workspace", "pilot", "whom")
    return get_object_or_404(joined, pk=pk)


def get_card_voice(user: Anyone, pk: int) -> CardVoice:
    """Whose words were chosen for a card of an initiative this user leads."""
    found = CardVoice.objects.filter(card__initiative__in=initiatives.initiatives_led_by(user))
    joined = found.select_related(
        "card__initiative",
        "quote",
        "word__input",
        "participation__person__workspace",
        "participation__initiative__workspace",
    )
    return get_object_or_404(joined, pk=pk)


def get_request(user: Anyone, pk: int) -> SpreadRequest:
    """Somebody asked for it, on an initiative this user leads."""
    found = SpreadRequest.objects.filter(initiative__in=initiatives.initiatives_led_by(user))
    return get_object_or_404(_whole(found), pk=pk)


def get_request_by(user: Anyone, pk: int) -> SpreadRequest:
    """What this user asked for by their account."""
    return get_object_or_404(_whole(SpreadRequest.objects.filter(user=user.pk or 0)), pk=pk)


def _whole(rows: QuerySet[SpreadRequest]) -> QuerySet[SpreadRequest]:
    return rows.select_related(
        "initiative__workspace",
        "version__card__pilot",
        "team",
        "user",
        "became",
        "participation__person__workspace",
        "participation__initiative__workspace",
    )


# For the person themselves, by their own page.


def own_cards(participation: Participation) -> QuerySet[CardVersion]:
    """What is published on their initiative, for them to read."""
    return CardVersion.objects.filter(shown=True, card__initiative=participation.initiative_id)


def get_own_card(participation: Participation, card_pk: int) -> CardVersion:
    joined = own_cards(participation).select_related(
        "card__pilot", "card__initiative__workspace", "whom"
    )
    return get_object_or_404(joined, card=card_pk)


def get_own_card_voice(participation: Participation, pk: int) -> CardVoice:
    """Words of theirs they were asked about for a card; taken back, they are not there."""
    found = participation.card_voices.exclude(state=CardVoice.State.CHOSEN)
    there = found.exclude(quote__erased_at__isnull=False).exclude(
        word__input__erased_at__isnull=False
    )
    joined = there.select_related("card__pilot", "card__initiative", "quote", "word__input")
    voice = get_object_or_404(joined, pk=pk)
    voice.participation = participation
    return voice


def get_own_request(participation: Participation, pk: int) -> SpreadRequest:
    rows = SpreadRequest.objects.filter(asked_by(participation))
    return get_object_or_404(_whole(rows), pk=pk)
