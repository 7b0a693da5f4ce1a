from __future__ import annotations

from django.urls import path

from earnest.people.views import directory, imports, teams

app_name = "people"
urlpatterns = [
    path("workspaces/<int:pk>/people/", directory.directory, name="directory"),
    path("workspaces/<int:pk>/people/add/", directory.add, name="add"),
    path("workspaces/<int:pk>/people/import/", imports.begin, name="import_begin"),
    path("people/<int:pk>/edit/", directory.edit, name="edit"),
    path("workspaces/<int:pk>/teams/", teams.teams, name="teams"),
    path("teams/<int:pk>/", teams.team, name="team"),
    path("teams/<int:pk>/rename/", teams.rename, name="team_rename"),
    path("teams/<int:pk>/move/", teams.move, name="team_move"),
    path("teams/<int:pk>/remove/", teams.remove, name="team_remove"),
    path("imports/<int:pk>/", imports.show, name="import"),
    path("imports/<int:pk>/columns/", imports.columns, name="import_columns"),
    path("imports/<int:pk>/confirm/", imports.confirm, name="import_confirm"),
    path("imports/<int:pk>/drop/", imports.drop, name="import_drop"),
    path("imports/<int:pk>/problems.csv", imports.problems, name="import_problems"),
]
