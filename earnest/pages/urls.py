from __future__ import annotations

from django.urls import path

from earnest.pages import views

app_name = "pages"
urlpatterns = [
    path("", views.today, name="today"),
    path("first/", views.first, name="first"),
]
