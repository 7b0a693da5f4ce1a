"""The address of a vote, behind both doors: beside ``together_urls.py``, and apart from it.

Hundreds vote in the same minute, and looking through all other addresses for this one took longer than
counting the vote, so ``config/urls.py`` asks here first (docs/performance.md).
"""

from __future__ import annotations

from django.urls import path

from earnest.pages.views.together import booth, voting

app_name = "booth"

urlpatterns = [
    path("together/<str:token>/vote/answered/", booth.without_names(voting.voted), name="voted"),
    path(
        "mine/<int:pk>/spaces/<int:space_pk>/vote/answered/",
        booth.with_names(voting.voted),
        name="mine_voted",
    ),
]
