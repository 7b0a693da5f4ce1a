"""Who comes into a space, by which door: beside the views, for every one of them begins here."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from functools import wraps
from typing import Any, Concatenate

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.timezone import now, override

from earnest.ideas import access, actions
from earnest.ideas.access.spaces import key_hash
from earnest.ideas.models import Space, Voice
from earnest.initiatives.models import Initiative, Participation
from earnest.pages.views.mine import by_link
from earnest.pages.views.together.crowd import WORDS, is_crowded, turned_away

COOKIE = "voice"
KEPT_FOR = 365 * 24 * 3600  # seconds


@dataclass(slots=True)
class Here:
    """A space, and who is in it now: a person by their link, or a browser by its secret."""

    space: Space
    participation: Participation | None = None
    key: str = ""  # the browser's secret, without names; made when they first say something
    _voice: list[Voice | None] = field(default_factory=list)

    @property
    def initiative(self) -> Initiative:
        return self.space.initiative

    @property
    def voice(self) -> Voice | None:
        """Who they are there; None before they said anything."""
        if not self._voice:
            found = access.voice_in(self.space, participation=self.participation, key=self.key)
            self._voice.append(found)
        return self._voice[0]

    def speak(self, *, at: datetime) -> Voice:
        """The same, made where there is none yet. Only on the way to an action."""
        if not self.participation and not self.key:
            self.key = secrets.token_urlsafe(24)
        made = actions.speak(
            self.space, participation=self.participation, key_hash=key_hash(self.key), at=at
        )
        self._voice[:] = [made]
        return made

    def url(self, name: str, *args: object) -> str:
        """The address of one of the pages below, on the side of the door they came by."""
        if self.participation:
            return reverse(f"pages:mine_{name}", args=[self.participation.pk, self.space.pk, *args])
        return reverse(f"pages:{name}", args=[access.token_of(self.space), *args])


type SpaceView[**P] = Callable[Concatenate[HttpRequest, Here, P], HttpResponse]


def with_names[**P](view: SpaceView[P]) -> Callable[..., HttpResponse]:
    """Below their own page: the cookie of their link says who it is."""

    @wraps(view)
    @by_link
    def inner(
        request: HttpRequest, found: Participation, space_pk: int, *args: Any, **kwargs: Any
    ) -> HttpResponse:
        here = Here(access.get_space_of(found, space_pk), participation=found)
        return view(request, here, *args, **kwargs)

    return inner


def without_names[**P](view: SpaceView[P]) -> Callable[..., HttpResponse]:
    """At the one address of the space: nothing is known but a secret of this browser."""

    @wraps(view)
    def inner(request: HttpRequest, token: str, *args: Any, **kwargs: Any) -> HttpResponse:
        here = Here(access.space_by_token(token), key=request.COOKIES.get(COOKIE, ""))
        came_with = here.key
        if request.method == "POST" and is_crowded(here.space.pk, WORDS, at=now()):
            return turned_away(request)
        with override(here.initiative.workspace.time_zone):
            response = view(request, here, *args, **kwargs)
        if here.key != came_with:
            remember(response, here, token)
        return response

    return inner


def remember(response: HttpResponse, here: Here, token: str) -> None:
    """The browser keeps its secret for this space alone; we keep its hash."""
    response.set_cookie(
        COOKIE,
        here.key,
        max_age=KEPT_FOR,
        path=reverse("pages:space", args=[token]),
        httponly=True,
        secure=settings.SESSION_COOKIE_SECURE,
        samesite="Lax",
    )
