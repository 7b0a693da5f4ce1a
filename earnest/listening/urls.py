from __future__ import annotations

from django.urls import path

from earnest.listening.views import briefs, recaps
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
    path("conversations/<int:pk>/problem/", recaps.problem, name="problem"),
    path("conversations/<int:pk>/read/", recaps.read, name="read"),
    path("recaps/<int:pk>/", recaps.recap, name="recap"),
    path("recaps/<int:pk>/read/", recaps.recap_read, name="recap_read"),
    path("questions/<int:pk>/", views.question, name="question"),
    path("referrals/<int:pk>/left/", views.leave_referral, name="leave_referral"),
    path("people/<int:participation_pk>/brief/", briefs.brief, name="brief"),
    path("initiatives/<int:initiative_pk>/briefs/", briefs.briefs, name="briefs"),
    path("initiatives/<int:initiative_pk>/briefs/new/", briefs.new_brief, name="new_brief"),
    path("briefs/<int:pk>/", briefs.group_brief, name="group_brief"),
]
