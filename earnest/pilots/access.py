"""The doors to pilots: leads to all of it, others to what is published; absent and forbidden look the same."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.shortcuts import get_object_or_404

from earnest.initiatives import access as initiatives
from earnest.initiatives.access import Anyone
from earnest.initiatives.models import Participation, Role
from earnest.pilots.models import (
    CardVersion,
    CardVoice,
    EvidenceCard,
    Pilot,
    SpreadRequest,
)


def get_pilot(user: Anyone, pk: int) -> Pilot:
    """A pilot of an initiative this user leads."""
    found = Pilot.objects.filter(initiative__in=initiatives.initiatives_led_by(user))
    return get_object_or_404(found.select_related("initiative__workspace", "team"), pk=pk)


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
        "version__card",
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
    return get_object_or_404(_whole(participation.asked_for_it.all()), pk=pk)
