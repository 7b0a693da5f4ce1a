"""Who votes, by which door, with no more read than one vote needs: beside ``door.py``."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any, Concatenate

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.timezone import now

from earnest.ideas.access.booth import Booth, booth_by_link, booth_by_token
from earnest.ideas.models import Space
from earnest.pages import access
from earnest.pages.views.mine import COOKIE as LINK
from earnest.pages.views.mine import gone
from earnest.pages.views.together.crowd import NEWCOMERS, is_crowded, turned_away
from earnest.pages.views.together.door import COOKIE, Here, remember


@dataclass(slots=True)
class Voting:
    """One vote on its way: the booth, and where to go on afterwards."""

    booth: Booth
    address: tuple[object, ...]  # what the addresses of this space begin with
    key: str = ""  # the browser's secret, without names

    def url(self, name: str) -> str:
        prefix = "mine_" if self.booth.names else ""
        return reverse(f"pages:{prefix}{name}", args=self.address)


type VoteView[**P] = Callable[Concatenate[HttpRequest, Voting, P], HttpResponse]


def with_names[**P](view: VoteView[P]) -> Callable[..., HttpResponse]:
    """The same who ``door.with_names`` lets in."""

    @wraps(view)
    def inner(
        request: HttpRequest, pk: int, space_pk: int, *args: Any, **kwargs: Any
    ) -> HttpResponse:
        link_pk = access.link_in(request.COOKIES.get(LINK, ""), pk)
        if link_pk is None:
            return gone(request)
        booth = booth_by_link(link_pk, pk, space_pk, at=now())
        if booth is None:
            raise Http404
        return view(request, Voting(booth, (pk, space_pk)), *args, **kwargs)

    return inner


def without_names[**P](view: VoteView[P]) -> Callable[..., HttpResponse]:
    """The same who ``door.without_names`` lets in: whoever has the address."""

    @wraps(view)
    def inner(request: HttpRequest, token: str, *args: Any, **kwargs: Any) -> HttpResponse:
        came_with = request.COOKIES.get(COOKIE, "")
        booth = booth_by_token(token, came_with)
        if booth is None:
            raise Http404
        if booth.voice_pk is None and is_crowded(booth.space_pk, NEWCOMERS, at=now()):
            return turned_away(request)
        voting = Voting(booth, (token,), came_with or secrets.token_urlsafe(24))
        response = view(request, voting, *args, **kwargs)
        if voting.key != came_with:
            remember(response, Here(Space(pk=booth.space_pk), key=voting.key), token)
        return response

    return inner
