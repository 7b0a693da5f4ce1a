"""The addresses of what people do together in a space: the same pages behind both doors.

Beside ``urls.py``, which includes them twice: with names below one's own page (``mine_…``), and
without names below the one address of the space.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.urls import URLPattern, path

from earnest.pages.views.together import door, home, ideas, room, session, topics, voting

type Door = Callable[[Any], Callable[..., Any]]


def behind(opens: Door, prefix: str) -> list[URLPattern]:
    """All pages of a space, behind one door; its narrow side, for one vote, is ``booth_urls.py``."""
    return [
        path("", opens(home.space), name=f"{prefix}space"),
        *_ideas(opens, prefix),
        path("vote/", opens(voting.vote), name=f"{prefix}vote"),
        path("vote/new/", opens(voting.add), name=f"{prefix}statement_new"),
        path("vote/word/", opens(voting.want_word), name=f"{prefix}want_word"),
        path("vote/taken-back/", opens(voting.taken_back), name=f"{prefix}statement_taken_back"),
        path("votes/", opens(voting.own_votes), name=f"{prefix}votes"),
        path("map/", opens(voting.opinion_map), name=f"{prefix}map"),
        *session_pages(opens, "sessions/<int:session_pk>/", prefix),
        *topic_pages(opens, prefix),
    ]


def topic_pages(opens: Door, prefix: str) -> list[URLPattern]:
    """Open questions of a space: answers, or tips with replies."""
    at, own = "topics/<int:topic_pk>/", "topics/<int:topic_pk>/answers/<int:answer_pk>/"
    return [
        path("topics/", opens(topics.topics), name=f"{prefix}topics"),
        path(at, opens(topics.topic), name=f"{prefix}topic"),
        path(f"{at}answered/", opens(topics.answered), name=f"{prefix}topic_answered"),
        path(f"{own}meant/", opens(topics.reworded), name=f"{prefix}answer_meant"),
        path(f"{own}removed/", opens(topics.taken_back), name=f"{prefix}answer_removed"),
        path(f"{own}passed-on/", opens(topics.passed_on), name=f"{prefix}answer_passed_on"),
        path(f"{at}tip/", opens(topics.tip_named), name=f"{prefix}tip"),
        path(f"{at}tip/removed/", opens(topics.tip_taken_back), name=f"{prefix}tip_removed"),
        path(
            f"{at}tips/<int:tip_pk>/<slug:state>/",
            opens(topics.helped),
            name=f"{prefix}tip_helped",
        ),
        path(f"{at}replied/", opens(topics.replied), name=f"{prefix}topic_replied"),
        path(
            f"{at}replies/<int:reply_pk>/removed/",
            opens(topics.reply_taken_back),
            name=f"{prefix}topic_reply_removed",
        ),
        path(f"{at}follow/<slug:state>/", opens(topics.followed), name=f"{prefix}topic_followed"),
    ]


def session_pages(opens: Door, at: str, prefix: str) -> list[URLPattern]:
    """A working session on a phone: behind both doors, and behind the code on the screen."""
    return [
        path(at, opens(session.session), name=f"{prefix}session"),
        path(f"{at}here/", opens(session.sit), name=f"{prefix}session_sit"),
        path(f"{at}ideas/", opens(session.jot), name=f"{prefix}session_jot"),
        path(
            f"{at}own/<int:jotting_pk>/removed/",
            opens(session.jotting_removed),
            name=f"{prefix}session_jotting_removed",
        ),
        path(
            f"{at}ideas/<int:idea_pk>/built-on/",
            opens(session.build),
            name=f"{prefix}session_build",
        ),
        path(f"{at}tries/", opens(session.take), name=f"{prefix}session_take"),
        path(
            f"{at}tries/<int:try_pk>/removed/",
            opens(session.try_removed),
            name=f"{prefix}session_try_removed",
        ),
    ]


def _ideas(opens: Door, prefix: str) -> list[URLPattern]:
    return [
        path("ideas/", opens(ideas.ideas), name=f"{prefix}ideas"),
        path("ideas/given/", opens(ideas.given), name=f"{prefix}idea_given"),
        path("ideas/own/", opens(ideas.own_ideas), name=f"{prefix}own_ideas"),
        path("ideas/<int:idea_pk>/", opens(ideas.idea), name=f"{prefix}idea"),
        path("ideas/<int:idea_pk>/built/", opens(ideas.built), name=f"{prefix}idea_built"),
        path("ideas/<int:idea_pk>/change/", opens(ideas.change), name=f"{prefix}idea_change"),
        path(
            "ideas/<int:idea_pk>/taken-back/",
            opens(ideas.taken_back),
            name=f"{prefix}idea_taken_back",
        ),
        path(
            "ideas/<int:idea_pk>/supported/", opens(ideas.supported), name=f"{prefix}idea_supported"
        ),
        path(
            "ideas/<int:idea_pk>/support-taken-back/",
            opens(ideas.support_taken_back),
            name=f"{prefix}idea_support_taken_back",
        ),
        path("merges/<int:merge_pk>/not-same/", opens(ideas.not_same), name=f"{prefix}not_same"),
    ]


with_names = behind(door.with_names, "mine_")
without_names = behind(door.without_names, "")
by_code = [
    *session_pages(room.by_code, "", "room_"),
    path("knock/", room.knock, name="room_knock"),
    path("waiting/", room.waiting, name="room_waiting"),
]
