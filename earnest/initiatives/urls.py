from __future__ import annotations

from django.urls import include, path

from earnest.initiatives.views import evidence, glass, initiative, members, people, roles, workspace
from earnest.initiatives.views import path as paths

app_name = "initiatives"

one = [
    path("", initiative.initiative, name="initiative"),
    path("about/", initiative.edit, {"block": "about"}, name="about"),
    path("decided/", initiative.edit, {"block": "decided"}, name="decided"),
    path("value/", initiative.edit, {"block": "value"}, name="value"),
    path("dates/", initiative.edit, {"block": "dates"}, name="dates"),
    path("commission/", initiative.commission, name="commission"),
    path("closed/", initiative.closed, name="closed"),
    path("reopened/", initiative.reopened, name="reopened"),
    path("example/removed/", initiative.example_removed, name="example_removed"),
    path("stages/", paths.stages, name="stages"),
    path("stages/<int:pk>/", paths.stage, name="stage"),
    path("stages/<int:pk>/earlier/", paths.stage_moved, {"to": "earlier"}, name="stage_earlier"),
    path("stages/<int:pk>/later/", paths.stage_moved, {"to": "later"}, name="stage_later"),
    path("stages/<int:pk>/reached/", paths.stage_marked, {"reached": True}, name="stage_reached"),
    path(
        "stages/<int:pk>/not-reached/",
        paths.stage_marked,
        {"reached": False},
        name="stage_not_reached",
    ),
    path("stages/<int:pk>/left-out/", paths.stage_left_out, {"out": True}, name="stage_left_out"),
    path(
        "stages/<int:pk>/not-left-out/",
        paths.stage_left_out,
        {"out": False},
        name="stage_not_left_out",
    ),
    path("stages/taken/", paths.path_taken, name="path_taken"),
    path("stages/<int:pk>/removed/", paths.stage_removed, name="stage_removed"),
    path("run-up/", paths.run_up, name="run_up"),
    path("run-up/<int:pk>/", paths.run_up_step, name="run_up_step"),
    path("run-up/<int:pk>/done/", paths.run_up_marked, {"done": True}, name="run_up_done"),
    path("run-up/<int:pk>/not-done/", paths.run_up_marked, {"done": False}, name="run_up_not_done"),
    path("run-up/<int:pk>/removed/", paths.run_up_removed, name="run_up_removed"),
    path("backing/", paths.backings, name="backings"),
    path("backing/<int:pk>/", paths.backing, name="backing"),
    path(
        "backing/<int:pk>/removed/",
        paths.backing_removed,
        name="backing_removed",
    ),
    path("evidence/", evidence.evidence, name="evidence"),
    path("evidence/new/", evidence.new_evidence, name="new_evidence"),
    path("evidence/<int:pk>/", evidence.evidence_one, name="evidence_one"),
    path("evidence/<int:pk>/removed/", evidence.evidence_removed, name="evidence_removed"),
    path("roles/", roles.roles, name="roles"),
    path("roles/<int:pk>/", roles.role, name="role"),
    path("roles/<int:pk>/removed/", roles.role_removed, name="role_removed"),
    path("people/", people.people, name="people"),
    path("people/add/", people.add, name="people_add"),
    path("people/<int:pk>/why/", people.why, name="why"),
]
urlpatterns = [
    path("initiatives/", initiative.initiatives, name="initiatives"),
    path("initiatives/new/", initiative.new, name="new"),
    path("initiatives/<int:initiative_pk>/", include(one)),
    path("workspaces/<int:pk>/leave/", members.leave, name="leave"),
    path(
        "workspaces/<int:pk>/members/<int:member_pk>/remove/",
        members.remove_member,
        name="remove_member",
    ),
    path("workspaces/<int:pk>/glass/", glass.glass, name="glass"),
    path("workspaces/<int:pk>/initiatives/", workspace.of_workspace, name="of_workspace"),
    path(
        "workspaces/<int:pk>/initiatives/<int:initiative_pk>/lead/",
        workspace.appoint,
        name="appoint",
    ),
]
