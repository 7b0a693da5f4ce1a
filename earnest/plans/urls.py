from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from earnest.plans.views import connect, needs

app_name = "plans"
a_need: list[URLPattern | URLResolver] = [
    path("initiatives/<int:initiative_pk>/needs/", needs.needs, name="needs"),
    path("initiatives/<int:initiative_pk>/needs/gathered/", needs.gathered, name="gathered"),
    path("initiatives/<int:initiative_pk>/needs/merged/", needs.merged, name="merged"),
    path("needs/<int:pk>/", needs.need, name="need"),
    path("needs/<int:pk>/named/", needs.named, name="need_named"),
    path("needs/<int:pk>/split/", needs.split, name="need_split"),
    path("needs/<int:pk>/quotes/<int:quote_pk>/out/", needs.out, name="quote_out"),
    path("needs/<int:pk>/looked-at/", connect.looked_at, name="looked_at"),
    path("initiatives/<int:initiative_pk>/plan/connect/", connect.connect, name="connect"),
]
urlpatterns: list[URLPattern | URLResolver] = [*a_need]
