from __future__ import annotations

from django.urls import path

from earnest.accounts import views

app_name = "accounts"
urlpatterns = [
    path("setup/<str:token>/", views.set_up, name="set_up"),
    path("account/link/", views.ask_sign_in_link, name="ask_sign_in_link"),
    path("account/link/<str:secret>/", views.sign_in_link, name="sign_in_link"),
    path("account/you/", views.account, name="account"),
    path("account/email/", views.ask_new_email, name="ask_new_email"),
    path("account/email/<str:token>/", views.confirm_email, name="confirm_email"),
    path("join/<str:secret>/", views.join, name="join"),
    path("workspaces/new/", views.new_workspace, name="new_workspace"),
    path("workspaces/<int:pk>/", views.workspace, name="workspace"),
    path("workspaces/<int:pk>/members/", views.members, name="members"),
    path("workspaces/<int:pk>/members/<int:member_pk>/role/", views.change_role, name="role"),
    path("workspaces/<int:pk>/invites/", views.invites, name="invites"),
    path(
        "workspaces/<int:pk>/invites/<int:invite_pk>/revoke/",
        views.revoke_invite,
        name="revoke_invite",
    ),
]
