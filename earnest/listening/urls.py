from __future__ import annotations

from django.urls import path

from earnest.listening.views import asks, briefs, recaps, rounds
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
    path("initiatives/<int:initiative_pk>/asks/", asks.asks, name="asks"),
    path("people/<int:participation_pk>/ask/", asks.ask, name="ask"),
    path("people/<int:participation_pk>/ask/sent/", asks.sent, name="ask_sent"),
    path("asks/<int:pk>/", asks.asked, name="asked"),
    path("invitations/<int:pk>/withdrawn/", asks.withdrawn, name="withdrawn"),
    path("initiatives/<int:initiative_pk>/large-ask/", asks.large_ask, name="large_ask"),
    path("large-asks/<int:pk>/smaller/", asks.smaller, name="smaller"),
    path("initiatives/<int:initiative_pk>/rounds/new/", rounds.new_round, name="new_round"),
    path("rounds/<int:pk>/", rounds.round_page, name="round"),
    path("rounds/<int:pk>/draft/", rounds.change_round, name="round_draft"),
    path("rounds/<int:pk>/people/", rounds.people, name="round_people"),
    path("rounds/<int:pk>/not-heard/", rounds.not_heard, name="round_not_heard"),
    path("rounds/<int:pk>/why/", rounds.why, name="round_why"),
    path("rounds/<int:pk>/paused/", rounds.paused, name="round_paused"),
    path("rounds/<int:pk>/going/", rounds.going, name="round_going"),
    path("rounds/<int:pk>/ended/", rounds.ended, name="round_ended"),
]
