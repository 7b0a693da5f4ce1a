from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from earnest.plans.views import chain, measures, parts

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
serving: list[URLPattern | URLResolver] = [
    path("people/<int:participation_pk>/serves/new/", chain.new_chain, name="new_chain"),
    path("serves/<int:pk>/", chain.chain, name="chain"),
    path("serves/<int:pk>/change/", chain.change_chain, name="change_chain"),
    path("serves/<int:pk>/told/", chain.told, name="chain_told"),
    path("serves/<int:pk>/said/", chain.said, name="chain_said"),
    path("serves/<int:pk>/read/", chain.answer_read, name="chain_read"),
    path("serves/<int:pk>/dropped/", chain.dropped, name="chain_dropped"),
]
urlpatterns: list[URLPattern | URLResolver] = [*the_plan, *by_what_one_sees, *serving]
