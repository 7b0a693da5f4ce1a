from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from earnest.plans.views import parts

app_name = "plans"
the_plan: list[URLPattern | URLResolver] = [
    path("initiatives/<int:initiative_pk>/plan/", parts.plan, name="plan"),
    path("initiatives/<int:initiative_pk>/parts/new/", parts.new_part, name="new_part"),
    path("parts/<int:pk>/", parts.part, name="part"),
    path("parts/<int:pk>/earlier/", parts.part_moved, {"to": "earlier"}, name="part_earlier"),
    path("parts/<int:pk>/later/", parts.part_moved, {"to": "later"}, name="part_later"),
    path("parts/<int:pk>/dropped/", parts.part_dropped, name="part_dropped"),
    path("parts/<int:pk>/back/", parts.part_back, name="part_back"),
]
urlpatterns: list[URLPattern | URLResolver] = [*the_plan]
