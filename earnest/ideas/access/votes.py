"""The doors to statements and maps: their leads. Whoever votes comes by their own."""

from __future__ import annotations

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404

from earnest.ideas.access.spaces import spaces_led_by
from earnest.ideas.models import Idea, Statement, Voice
from earnest.initiatives.access import Anyone, initiatives_led_by


def statements_for(user: Anyone) -> QuerySet[Statement]:
    """Of the spaces of the initiatives this user leads."""
    rows = Statement.objects.filter(space__in=spaces_led_by(user))
    return rows.select_related(
        "space__initiative__workspace", "voice__participation__person", "idea"
    )


def get_statement(user: Anyone, pk: int) -> Statement:
    return get_object_or_404(statements_for(user), pk=pk)


def own_statement(voice: Voice | None, pk: int | None) -> Statement | None:
    """Theirs alone, if it is there: in a space without names, of the same browser."""
    rows = Statement.objects.filter(voice=voice or 0, pk=pk or 0).exclude(voice=None)
    return rows.select_related("space__initiative__workspace", "voice__participation").first()


def get_idea_led(user: Anyone, pk: int) -> Idea:
    """An idea that this lead may put to the vote."""
    led = Idea.objects.filter(initiative__in=initiatives_led_by(user), space__isnull=False)
    return get_object_or_404(led.select_related("space__initiative__workspace", "voice"), pk=pk)
