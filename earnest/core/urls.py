from __future__ import annotations

from django.urls import path

from earnest.core import views

app_name = "core"
urlpatterns = [path("wording/", views.wording, name="wording")]
