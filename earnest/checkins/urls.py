from __future__ import annotations

from django.urls import path

from earnest.checkins.views import rounds, unnamed

app_name = "checkins"
urlpatterns = [
    path("initiatives/<int:initiative_pk>/check-ins/", rounds.rounds, name="rounds"),
    path("initiatives/<int:initiative_pk>/check-ins/new/", rounds.new, name="new"),
    path("check-ins/<int:pk>/", rounds.round_page, name="round"),
    path("check-ins/<int:pk>/draft/", rounds.draft, name="draft"),
    path("check-ins/<int:pk>/opened/", rounds.opened, name="opened"),
    path("check-ins/<int:pk>/reminded/", rounds.reminded, name="reminded"),
    path("check-ins/<int:pk>/dropped/", rounds.dropped, name="dropped"),
    path("c/<int:round_pk>/", unnamed.answer, name="answer"),
    path("c/<int:round_pk>/answered/", unnamed.answered, name="answered"),
    path("c/<str:secret>/", unnamed.open_link, name="open_link"),
]
