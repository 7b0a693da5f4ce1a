from __future__ import annotations

from django.urls import path

from earnest.pilots.models import PilotStep
from earnest.pilots.views import cards, doors, first, measures, running, spreading

app_name = "pilots"
initiative = "initiatives/<int:initiative_pk>/pilots/"
Kind = PilotStep.Kind

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
    path("requests/<int:pk>/pilot/", spreading.begin, name="request_pilot"),
    path("requests/<int:pk>/back/", spreading.taken_back, name="request_back"),
    path("initiatives/<int:initiative_pk>/spread/", spreading.spread, name="spread"),
]
urlpatterns = [
    *a_card,
    path(initiative, running.pilots, name="pilots"),
    path(f"{initiative}first/", first.ask, name="ask_first"),
    path("calls/<int:pk>/", first.call, name="call"),
    path("calls/<int:pk>/closed/", first.closed, name="call_closed"),
    path("calls/<int:pk>/mail/", first.mail, name="call_mail"),
    path("calls/<int:pk>/noted/", first.noted, name="call_noted"),
    path("volunteers/<int:pk>/not-now/", first.not_now, name="volunteer_not_now"),
    path("volunteers/<int:pk>/pilot/", running.plan, name="plan_pilot"),
    path("pilots/<int:pk>/", running.pilot, name="pilot"),
    path("pilots/<int:pk>/about/", running.about, name="pilot_about"),
    path("pilots/<int:pk>/started/", running.started, name="pilot_started"),
    path("pilots/<int:pk>/extended/", running.extended, name="pilot_extended"),
    path("pilots/<int:pk>/went-on/", running.decided, {"kind": Kind.WENT_ON}, name="pilot_went_on"),
    path("pilots/<int:pk>/stopped/", running.decided, {"kind": Kind.STOPPED}, name="pilot_stopped"),
    path("pilots/<int:pk>/ended/", running.decided, {"kind": Kind.ENDED}, name="pilot_ended"),
    path("pilots/<int:pk>/people/", running.person_added, name="pilot_person_added"),
    path("pilot-people/<int:pk>/removed/", running.person_removed, name="pilot_person_removed"),
    path("pilots/<int:pk>/measures/new/", measures.new, name="new_measure"),
    path("pilot-measures/<int:pk>/about/", measures.about, name="measure_about"),
    path("pilot-measures/<int:pk>/readings/", measures.reading_added, name="reading_added"),
    path("pilot-measures/<int:pk>/sheet/", measures.sheet, name="readings_sheet"),
    path("pilot-measures/<int:pk>/readings.csv", measures.file, name="readings_file"),
    path("pilot-readings/<int:pk>/corrected/", measures.corrected, name="reading_corrected"),
    path("pilot-measures/<int:pk>/door/", doors.door, name="door"),
    path("pilot-measures/<int:pk>/door/opened/", doors.opened, name="door_opened"),
    path("pilot-measures/<int:pk>/door/closed/", doors.closed, name="door_closed"),
    path("readings-came/<int:pk>/again/", doors.again, name="came_again"),
    path("hooks/readings/<str:address>/", doors.hook, name="hook"),
]
