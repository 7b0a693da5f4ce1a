from __future__ import annotations

from django.urls import path

from earnest.rhythm.views import choosing

app_name = "rhythm"
urlpatterns = [
    path("later/", choosing.later, name="later"),
    path("not-this/", choosing.dismiss, name="dismiss"),
]
