from __future__ import annotations

from django.urls import include, path

from earnest.listening.views import answers, asks, briefs, recaps, rounds, sheets, stepping
from earnest.listening.views import talks as views

app_name = "listening"
an_invitation = [
    path("", answers.invitation, name="invitation"),
    path("time/<int:time_pk>/", answers.time, name="invitation_time"),
    path("agreed/", answers.agreed, name="invitation_agreed"),
    path("another-time/", answers.another_time, name="invitation_another_time"),
    path("suits/", answers.suits, name="invitation_suits"),
    path("offered/", answers.offered, name="invitation_offered"),
    path("moved/", answers.moved, name="invitation_moved"),
    path("written/", answers.written, name="invitation_written"),
    path("someone-else/", answers.someone_else, name="invitation_someone_else"),
    path("no/", answers.no, name="invitation_no"),
    path("cancelled/", answers.cancelled, name="invitation_cancelled"),
    path("held/", answers.held, name="invitation_held"),
    path("not-held/", answers.not_held, name="invitation_not_held"),
    path("calendar/", answers.calendar, name="invitation_calendar"),
]
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
    path("invitations/<int:pk>/", include(an_invitation)),
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
    path("initiatives/<int:initiative_pk>/asks/", asks.asks, name="asks"),
    path("people/<int:participation_pk>/ask/", asks.ask, name="ask"),
    path("people/<int:participation_pk>/ask/sent/", asks.sent, name="ask_sent"),
    path("asks/<int:pk>/", asks.asked, name="asked"),
    path("asks/<int:pk>/times/", asks.times, name="ask_times"),
    path("invitations/<int:pk>/withdrawn/", asks.withdrawn, name="withdrawn"),
    path("people/<int:participation_pk>/step-back/", stepping.begin, name="begin_step_back"),
    path("initiatives/<int:initiative_pk>/step-backs/", stepping.listed, name="step_backs"),
    path("step-backs/<int:pk>/", stepping.step_back, name="step_back"),
    path("step-backs/<int:pk>/reason/", stepping.reason, name="step_back_reason"),
    path("step-backs/<int:pk>/outcome/", stepping.outcome, name="step_back_outcome"),
    path("step-backs/<int:pk>/told/", stepping.told, name="step_back_told"),
    path("step-backs/<int:pk>/dropped/", stepping.dropped, name="step_back_dropped"),
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
