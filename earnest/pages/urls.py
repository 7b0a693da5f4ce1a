from __future__ import annotations

from django.urls import path

from earnest.pages.views import example, imports, notes, person, today

app_name = "pages"
urlpatterns = [
    path("", today.today, name="today"),
    path("first/", notes.first, name="first"),
    path("example/", example.example, name="example"),
    path("note/", notes.note_anywhere, name="note_anywhere"),
    path("initiatives/<int:initiative_pk>/conversations/new/", notes.note, name="note"),
    path("initiatives/<int:initiative_pk>/people/import/", imports.people, name="people_import"),
    path("conversations/<int:pk>/found/", notes.found, name="found"),
    path("initiatives/<int:initiative_pk>/people/<int:pk>/", person.person, name="person"),
    path("people/<int:pk>/said-yes/", person.said_yes, name="said_yes"),
    path("people/<int:pk>/said-no/", person.said_no, name="said_no"),
    path("people/<int:pk>/no-chance/", person.no_chance, name="no_chance"),
    path("people/<int:pk>/a-chance/", person.a_chance, name="a_chance"),
]
