"""Every address. A verb is a sub-resource: POST /promises/7/kept/."""

from __future__ import annotations

from django.urls import include, path

urlpatterns = [
    # First: votes of hundreds in the same minute, then answers, in the minutes after the mails.
    path("", include("earnest.pages.booth_urls")),
    path("", include("earnest.checkins.urls")),
    path("", include("earnest.ideas.urls")),
    path("", include("earnest.core.urls")),
    # Before pages: a mail program's one click at p/<secret>/stop/ is no page of theirs.
    path("", include("earnest.messaging.urls")),
    path("", include("earnest.pages.urls")),
    path("", include("earnest.accounts.urls")),
    path("account/", include("earnest.accounts.sign_in_urls")),
    path("", include("earnest.people.urls")),
    path("", include("earnest.initiatives.urls")),
    path("", include("earnest.listening.urls")),
    path("", include("earnest.plans.urls")),
    path("", include("earnest.pilots.urls")),
    path("", include("earnest.standing.urls")),
    path("promises/", include("earnest.promises.urls")),
    path("", include("earnest.rhythm.urls")),
]
