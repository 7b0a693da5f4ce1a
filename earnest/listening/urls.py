from __future__ import annotations

from django.urls import path

from earnest.listening.views import briefs, sheets
from earnest.listening.views import talks as views

app_name = "listening"
urlpatterns = [
    path(
        "initiatives/<int:initiative_pk>/conversations/",
        views.conversations,
        name="conversations",
    ),
    path("conversations/<int:pk>/", views.conversation, name="conversation"),
    path("conversations/<int:pk>/balance/", views.balance, name="balance"),
    path("questions/<int:pk>/", views.question, name="question"),
    path("referrals/<int:pk>/left/", views.leave_referral, name="leave_referral"),
    # Below /listen/ alone, so that the worker which opens them offline sees no other page.
    path("listen/sw.js", sheets.worker, name="worker"),
    path("listen/shell/", sheets.shell, name="listen_shell"),
    path("listen/<int:initiative_pk>/", sheets.listen, name="listen"),
    path("listen/<int:initiative_pk>/written/", sheets.written, name="written"),
    path("listen/<int:initiative_pk>/ended/", sheets.ended, name="ended"),
    path("people/<int:participation_pk>/brief/", briefs.brief, name="brief"),
    path("initiatives/<int:initiative_pk>/briefs/", briefs.briefs, name="briefs"),
    path("initiatives/<int:initiative_pk>/briefs/new/", briefs.new_brief, name="new_brief"),
    path("briefs/<int:pk>/", briefs.group_brief, name="group_brief"),
]
