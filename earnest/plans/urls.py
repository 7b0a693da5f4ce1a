from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from earnest.plans.views import chain

app_name = "plans"
serving: list[URLPattern | URLResolver] = [
    path("people/<int:participation_pk>/serves/new/", chain.new_chain, name="new_chain"),
    path("serves/<int:pk>/", chain.chain, name="chain"),
    path("serves/<int:pk>/change/", chain.change_chain, name="change_chain"),
    path("serves/<int:pk>/told/", chain.told, name="chain_told"),
    path("serves/<int:pk>/said/", chain.said, name="chain_said"),
    path("serves/<int:pk>/read/", chain.answer_read, name="chain_read"),
    path("serves/<int:pk>/dropped/", chain.dropped, name="chain_dropped"),
]
urlpatterns: list[URLPattern | URLResolver] = [*serving]
