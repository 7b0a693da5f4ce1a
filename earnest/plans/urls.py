from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from earnest.plans.views import inputs, replies, threads

app_name = "plans"
answering: list[URLPattern | URLResolver] = [
    path("initiatives/<int:initiative_pk>/replies/", replies.replies, name="replies"),
    path("initiatives/<int:initiative_pk>/inputs/new/", inputs.noted, name="input_new"),
    path("quotes/<int:pk>/input/", inputs.from_quote, name="quote_input"),
    path("inputs/<int:pk>/place/", inputs.placed, name="input_placed"),
    path("inputs/<int:pk>/", replies.answer, {"of": "input"}, name="input"),
    path("inputs/<int:pk>/checked/", replies.checked, {"of": "input"}, name="input_checked"),
    path("inputs/<int:pk>/replied/", replies.sent, {"of": "input"}, name="input_replied"),
    path("needs/<int:pk>/reply/", replies.answer, {"of": "need"}, name="need_reply"),
    path("needs/<int:pk>/reply/checked/", replies.checked, {"of": "need"}, name="need_checked"),
    path("needs/<int:pk>/replied/", replies.sent, {"of": "need"}, name="need_replied"),
    path("replies/<int:pk>/", threads.reply, name="reply"),
    path("replies/<int:pk>/<int:participation_pk>/said/", threads.said, name="thread_said"),
    path("replies/<int:pk>/<int:participation_pk>/read/", threads.read, name="thread_read"),
]
urlpatterns: list[URLPattern | URLResolver] = [*answering]
