from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from earnest.plans.views import connect, measures, needs, parts

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
by_what_one_sees: list[URLPattern | URLResolver] = [
    path("initiatives/<int:initiative_pk>/measures/", measures.measures, name="measures"),
    path("initiatives/<int:initiative_pk>/measures/new/", measures.new_measure, name="new_measure"),
    path("measures/<int:pk>/", measures.measure, name="measure"),
    path("measures/<int:pk>/about/", measures.measure_about, name="measure_about"),
    path("measures/<int:pk>/left/", measures.measure_followed, {"on": False}, name="measure_left"),
    path(
        "measures/<int:pk>/followed/",
        measures.measure_followed,
        {"on": True},
        name="measure_followed",
    ),
    path("measures/<int:pk>/readings/", measures.reading_added, name="reading_added"),
    path("measures/<int:pk>/readings/sheet/", measures.readings_imported, name="readings_imported"),
    path("measures/<int:pk>/readings/file/", measures.readings_file, name="readings_file"),
    path("readings/<int:pk>/corrected/", measures.reading_corrected, name="reading_corrected"),
]
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
urlpatterns: list[URLPattern | URLResolver] = [*the_plan, *by_what_one_sees, *a_need]
