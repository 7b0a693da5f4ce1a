"""The doors to ideas: leads to all of their spaces, people to those of the space they are in."""

from __future__ import annotations

from django.db.models import Q, QuerySet
from django.shortcuts import get_object_or_404

from earnest.ideas.models import Idea, Merge, Space, Voice
from earnest.ideas.queries.shown import Reader, readable
from earnest.initiatives import access as initiatives
from earnest.initiatives.access import Anyone
from earnest.initiatives.models import LEADING, Initiative, Role

WHOLE = ("participation__person", "by", "space", "initiative__workspace")


def ideas_led_by(user: Anyone) -> QuerySet[Idea]:
    """Ideas on what this user leads, of spaces and from notes."""
    led = initiatives.initiatives_led_by(user)
    return Idea.objects.filter(initiative__in=led).select_related(*WHOLE)


def get_idea(user: Anyone, pk: int) -> Idea:
    return get_object_or_404(ideas_led_by(user), pk=pk)


def get_idea_in(space: Space, pk: int, reader: Reader) -> Idea:
    """For whoever is in the space: one taken back is there for what grew from it."""
    rows = readable(Idea.objects.filter(space=space), reader)
    return get_object_or_404(rows.select_related(*WHOLE), pk=pk)


def get_own_idea(space: Space, pk: int, voice: Voice | None) -> Idea:
    """Theirs alone: in a space without names, of the same browser."""
    rows = Idea.objects.filter(space=space, voice=voice or 0).exclude(voice=None)
    return get_object_or_404(rows.select_related(*WHOLE), pk=pk)


def get_merge(user: Anyone, pk: int) -> Merge:
    rows = Merge.objects.filter(kept__in=ideas_led_by(user))
    return get_object_or_404(
        rows.select_related("kept__space", "kept__initiative__workspace"), pk=pk
    )


def get_own_merge(space: Space, pk: int, voice: Voice | None) -> Merge:
    """One of the two is theirs."""
    of = voice.pk if voice else 0
    rows = Merge.objects.filter(Q(kept__voice=of) | Q(joined__voice=of), kept__space=space)
    return get_object_or_404(
        rows.select_related("kept__space", "kept__initiative__workspace"), pk=pk
    )


def get_read(user: Anyone, pk: int) -> Initiative:
    """For those who lead and those who contribute: they see target, plan and ideas."""
    return get_object_or_404(_read_by(user).select_related("workspace"), pk=pk)


def _read_by(user: Anyone) -> QuerySet[Initiative]:
    """Sponsors see groups alone (privacy.md 7), so no single idea."""
    of = user.pk or 0
    return Initiative.objects.filter(
        roles__user=of,
        roles__kind__in=(*LEADING, Role.Kind.CONTRIBUTOR),
        workspace__memberships__user=of,
    )


def leads(user: Anyone, initiative: Initiative) -> bool:
    return initiatives.role_on(user, initiative) in LEADING


def get_space_read(user: Anyone, pk: int) -> Space:
    rows = Space.objects.filter(initiative__in=_read_by(user))
    return get_object_or_404(rows.select_related("initiative__workspace"), pk=pk)
