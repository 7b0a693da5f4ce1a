from __future__ import annotations

from django.urls import path

from earnest.standing import views

app_name = "standing"
urlpatterns = [
    path("workspaces/<int:pk>/estimates/", views.estimates, name="estimates"),
    path("workspaces/<int:pk>/estimates/off/", views.estimates_off, name="estimates_off"),
    path("the-estimate/", views.about, name="about"),
]
