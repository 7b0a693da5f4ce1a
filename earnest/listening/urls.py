from __future__ import annotations

from django.urls import include, path

from earnest.listening.views import answers, briefs
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
    path("read/", answers.read, name="invitation_read"),
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
    path("questions/<int:pk>/", views.question, name="question"),
    path("invitations/<int:pk>/", include(an_invitation)),
    path("referrals/<int:pk>/left/", views.leave_referral, name="leave_referral"),
    path("people/<int:participation_pk>/brief/", briefs.brief, name="brief"),
    path("initiatives/<int:initiative_pk>/briefs/", briefs.briefs, name="briefs"),
    path("initiatives/<int:initiative_pk>/briefs/new/", briefs.new_brief, name="new_brief"),
    path("briefs/<int:pk>/", briefs.group_brief, name="group_brief"),
]
