"""The doors to plans: leads to all of it, the person to what is theirs; absent and forbidden look the same."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.shortcuts import get_object_or_404

from earnest.initiatives import access as initiatives
from earnest.initiatives.access import Anyone
from earnest.initiatives.models import (
    LEADING,
    Initiative,
    Measure,
    Participation,
    Reading,
    Role,
)
from earnest.listening.models import Need, Quote
from earnest.plans import queries
from earnest.plans.models import (
    AfterStepBack,
    Chain,
    Input,
    Part,
    Reply,
    Story,
    StoryVoice,
    Version,
)


def parts_for(user: Anyone) -> QuerySet[Part]:
    """Parts of the plans this user leads."""
    led = initiatives.initiatives_led_by(user)
    return Part.objects.filter(initiative__in=led).select_related("initiative__workspace")


def get_after_step_back(user: Anyone, pk: int) -> AfterStepBack:
    """What was said to have changed by a step back, on what this user leads."""
    led = initiatives.initiatives_led_by(user)
    rows = AfterStepBack.objects.filter(initiative__in=led)
    return get_object_or_404(rows.select_related("step_back__participation"), pk=pk)


def get_part(user: Anyone, pk: int) -> Part:
    return get_object_or_404(parts_for(user), pk=pk)


def get_measure(user: Anyone, pk: int) -> Measure:
    """To read, for whoever may read the initiative at all."""
    found = Measure.objects.filter(initiative__in=initiatives.initiatives_for(user))
    return get_object_or_404(found.select_related("initiative__workspace"), pk=pk)


def get_measure_to_change(user: Anyone, pk: int) -> Measure:
    found = Measure.objects.filter(initiative__in=initiatives.initiatives_led_by(user))
    return get_object_or_404(found.select_related("initiative__workspace"), pk=pk)


def get_reading(user: Anyone, pk: int) -> Reading:
    """A reading of an initiative this user leads."""
    found = Reading.objects.filter(measure__initiative__in=initiatives.initiatives_led_by(user))
    return get_object_or_404(found.select_related("measure__initiative__workspace"), pk=pk)


def get_need(user: Anyone, pk: int) -> Need:
    """A need of an initiative this user leads."""
    needs = Need.objects.filter(initiative__in=initiatives.initiatives_led_by(user))
    return get_object_or_404(needs.select_related("initiative__workspace"), pk=pk)


def get_input(user: Anyone, pk: int) -> Input:
    found = Input.objects.filter(initiative__in=initiatives.initiatives_led_by(user))
    whole = found.select_related("initiative__workspace", "participation__person")
    return get_object_or_404(whole, pk=pk)


def get_reply(user: Anyone, pk: int) -> Reply:
    found = Reply.objects.filter(initiative__in=initiatives.initiatives_led_by(user))
    return get_object_or_404(found.select_related("initiative__workspace", "input", "need"), pk=pk)


def get_quote(user: Anyone, pk: int) -> Quote:
    """Words of somebody on an initiative this user leads; what was taken back is gone."""
    found = Quote.objects.filter(
        initiative__in=initiatives.initiatives_led_by(user), erased_at=None
    )
    whole = found.select_related("initiative__workspace", "participation__person")
    return get_object_or_404(whole, pk=pk)


def get_talker(reply: Reply, pk: int) -> Participation:
    """Somebody whom this answer is for, as far as they are still there."""
    to = reply.input or reply.need
    people = queries.reached_by(to) if to else Participation.objects.none()
    return get_object_or_404(people, pk=pk)


def get_own_reply(participation: Participation, pk: int) -> Reply:
    """For the person themselves: an answer that is for them."""
    mine = queries.heard_of(participation).select_related("input", "need", "part", "by")
    return get_object_or_404(mine.distinct(), pk=pk)


def get_own_input(participation: Participation, pk: int) -> Input:
    """For the person themselves: what they gave; taken back, it is found and taken back once."""
    return get_object_or_404(participation.inputs, pk=pk)


def get_version(user: Anyone, *, initiative_pk: int, number: int) -> Version:
    """A published version, for whoever may read the initiative at all."""
    found = Version.objects.filter(initiative__in=initiatives.initiatives_for(user))
    whole = found.select_related("initiative__workspace")
    return get_object_or_404(whole, initiative=initiative_pk, number=number)


def get_chain(user: Anyone, pk: int) -> Chain:
    found = Chain.objects.filter(participation__in=initiatives.participations_for(user))
    about = ("participation__person", "participation__initiative__workspace")
    return get_object_or_404(found.select_related(*about, "quote", "part", "by"), pk=pk)


def get_own_chain(participation: Participation, pk: int) -> Chain:
    """For the person themselves: they can read it and put it right before it is told, too."""
    found = participation.chains.select_related("quote", "part", "by")
    chain = get_object_or_404(found, pk=pk)
    chain.participation = participation
    return chain


def get_quote_beside(need: Need, pk: int) -> Quote:
    """A quote of the same initiative, under this need or not any more."""
    return get_object_or_404(Quote, initiative=need.initiative_id, pk=pk)


def get_on_it(user: Anyone, initiative_pk: int) -> Initiative:
    """For whoever has a role on it: what is open to the whole workspace is less."""
    mine = initiatives.initiatives_for(user).filter(roles__user=user.pk or 0)
    return get_object_or_404(mine.select_related("workspace"), pk=initiative_pk)


def get_quote_of_part(part: Part, pk: int) -> Quote:
    """A quote of the same initiative, used in this part or not any more."""
    return get_object_or_404(Quote, initiative=part.initiative_id, pk=pk)


def published_stories(user: Anyone) -> QuerySet[Story]:
    """What this user may read in whichever initiative: members what is for the whole workspace,
    leads and sponsors what is told of theirs. The one door, for lists and for search."""
    here = Story.objects.exclude(published_at=None).filter(
        initiative__workspace__memberships__user=user.pk or 0
    )
    theirs = Role.objects.filter(
        initiative=OuterRef("initiative"), user=user.pk or 0, kind__in=(*LEADING, Role.Kind.SPONSOR)
    )
    return here.filter(Q(readers=Story.Readers.WORKSPACE) | Q(Exists(theirs)))


def get_story(user: Anyone, pk: int) -> Story:
    """To read: published for them, or a draft of an initiative they lead."""
    led = initiatives.initiatives_led_by(user)
    readable = Q(pk__in=published_stories(user).values("pk")) | Q(initiative__in=led)
    joined = Story.objects.select_related("initiative__workspace", "stage", "by")
    return get_object_or_404(joined.filter(readable), pk=pk)


def get_story_to_write(user: Anyone, pk: int) -> Story:
    found = Story.objects.filter(initiative__in=initiatives.initiatives_led_by(user))
    return get_object_or_404(found.select_related("initiative__workspace", "stage", "by"), pk=pk)


def get_voice(user: Anyone, pk: int) -> StoryVoice:
    """Whose words were chosen for a story of an initiative this user leads."""
    found = StoryVoice.objects.filter(story__initiative__in=initiatives.initiatives_led_by(user))
    whose = "quote__participation__"
    joined = found.select_related(
        "story__initiative", f"{whose}person__workspace", f"{whose}initiative__workspace"
    )
    return get_object_or_404(joined, pk=pk)


def get_own_voice(participation: Participation, pk: int) -> StoryVoice:
    """For the person themselves: words of theirs they were asked about for a story."""
    found = StoryVoice.objects.filter(quote__participation=participation, quote__erased_at=None)
    asked = found.exclude(state=StoryVoice.State.CHOSEN)
    return get_object_or_404(asked.select_related("quote", "story__initiative"), pk=pk)
