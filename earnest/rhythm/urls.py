from __future__ import annotations

from django.urls import path

from earnest.rhythm.views import choosing, digest, introducing, plan, progress

app_name = "rhythm"
OF = "initiatives/<int:initiative_pk>/"
urlpatterns = [
    path("steps/later/", choosing.later, name="later"),
    path("steps/not-this/", choosing.dismiss, name="dismiss"),
    path("account/digest/", digest.digest, name="digest"),
    path("account/digest/declined/", digest.declined, name="digest_declined"),
    path(f"{OF}rhythm/", plan.rhythm, name="rhythm"),
    path(f"{OF}rhythm/due/<slug:how>/", plan.due, name="due"),
    path(f"{OF}rhythm/everyone/", plan.everyone, name="everyone"),
    path(f"{OF}rhythm/audiences/new/", plan.new_audience, name="new_audience"),
    path(f"{OF}rhythm/audiences/<int:pk>/", plan.audience, name="audience"),
    path(f"{OF}introductions/", introducing.introductions, name="introductions"),
    path(
        f"{OF}introductions/offered/", introducing.introduction_offered, name="introduction_offered"
    ),
    path(f"{OF}introductions/left/", introducing.introduction_left, name="introduction_left"),
    path(f"{OF}progress/", progress.progress, name="progress"),
    path(f"{OF}progress/<int:number>/", progress.progress_sent, name="progress_sent"),
    path(f"{OF}rhythm/audiences/<int:pk>/removed/", plan.audience_removed, name="audience_removed"),
]
