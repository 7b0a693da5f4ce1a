from __future__ import annotations

from django.urls import path

from earnest.initiatives import views

app_name = "initiatives"
urlpatterns = [
    path("<int:initiative_pk>/", views.initiative, name="initiative"),
    path("<int:initiative_pk>/people/", views.people, name="people"),
]
