from __future__ import annotations

from django.urls import path

from earnest.accounts import views

app_name = "accounts"
urlpatterns = [
    path("account/you/", views.account, name="account"),
    path("workspaces/<int:pk>/", views.workspace, name="workspace"),
]
