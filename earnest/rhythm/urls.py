from __future__ import annotations

from django.urls import path

from earnest.rhythm import views

app_name = "rhythm"
urlpatterns = [
    path("later/", views.later, name="later"),
    path("not-this/", views.dismiss, name="dismiss"),
]
