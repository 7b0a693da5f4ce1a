from __future__ import annotations

from django.urls import path

from earnest.pilots.views import cards, spreading

app_name = "pilots"
a_card = [
    path("cards/", cards.all_cards, name="all_cards"),
    path("cards/<int:pk>/", spreading.card, name="card"),
    path("cards/<int:pk>/asked/", spreading.asked, name="card_asked"),
    path("pilots/<int:pk>/card/", cards.new_card, name="new_card"),
    path("cards/<int:pk>/draft/", cards.draft, name="card_draft"),
    path("cards/<int:pk>/edit/", cards.edit_card, name="edit_card"),
    path("cards/<int:pk>/published/", cards.published, name="card_published"),
    path("cards/<int:pk>/withdrawn/", cards.withdrawn, name="card_withdrawn"),
    path("cards/<int:pk>/words/", cards.voices, name="card_words"),
    path("card-words/<int:pk>/asked/", cards.voice_asked, name="card_word_asked"),
    path("card-words/<int:pk>/removed/", cards.voice_removed, name="card_word_removed"),
    path("requests/<int:pk>/", spreading.answer, name="request"),
    path("requests/<int:pk>/back/", spreading.taken_back, name="request_back"),
    path("initiatives/<int:initiative_pk>/spread/", spreading.spread, name="spread"),
]
urlpatterns = [*a_card]
