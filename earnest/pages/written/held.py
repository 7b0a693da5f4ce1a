"""What is held of a person above their talks: inputs, answers, threads, the plan.

Read where everything held is shown or taken along. Keys are plain English and stay the same.
"""

from __future__ import annotations

from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from earnest.core.models import Event
from earnest.initiatives.models import Participation
from earnest.listening.models import StepBack
from earnest.pages import labels
from earnest.pages.written.told import Became, Told
from earnest.plans.models import Chain, Input, PartWords
from earnest.plans.queries.kept import cut_kept
from earnest.plans.queries.stories import voices_asked_of
from earnest.practice.queries.moments import moments_about
from earnest.promises.models import AskedAgain
from earnest.standing import queries as standing

type Data = dict[str, Any]


def held_above(participation: Participation, told: Told) -> Data:
    """Everything of it, each with its day."""
    stop = getattr(participation, "no_plan_news", None)
    return {
        "asked_for_or_proposed": [_input(one) for one in told.inputs],
        "what_became_of_it": [_reply(one) for one in told.replies],
        "answers_to_check_ins": [
            {"at": one.at, "by": str(one.by or ""), "words": one.words, "changes": one.changes}
            for one in told.rounds
        ],
        "how_this_serves": [_chain(one) for one in participation.chains.select_related("part")],
        "their_words_in_the_plan": _words_used(participation),
        "counted_in_a_group": _counted(participation),
        "their_words_in_stories": _in_stories(participation),
        "sees_to_parts": [{"title": part.title} for part in participation.parts_owned.all()],
        "no_mail_about_the_plan_since": stop.at if stop else None,
        "stepped_back": [
            _step_back(one) for one in participation.step_backs.select_related("quote", "by")
        ],
        "asked_how_it_is_now": [
            _again(one) for one in participation.asked_again.select_related("noted_by")
        ],
        **_moments(participation),
    }


def _input(one: Input) -> Data:
    return {
        "words": one.words,
        "at": one.at,
        "source": one.get_source_display(),
        "before_the_decision": one.before_decision,
        "seen_by": one.get_passed_on_display(),
        "answered_at": one.answered_at,
    }


def _reply(one: Became) -> Data:
    reply = one.reply
    return {
        "at": reply.at,
        "by": str(reply.by or ""),
        "what": reply.get_outcome_display(),
        "words": reply.words,
        "in_the_plan": reply.part.title if reply.part else "",
        "talked_about": [
            {
                "at": post.at,
                "by": str(post.by or ""),
                "by_the_person": post.from_person,
                "words": post.words,
                "read_at": post.read_at,
            }
            for post in one.posts
        ],
    }


def _chain(one: Chain) -> Data:
    return {
        "what_you_value": one.value,
        "how_it_serves": one.link,
        "in_the_plan": one.part.title if one.part else "",
        "which_goal": one.serves,
        "whose_reason": one.get_whose_display(),
        "made_at": one.made_at,
        "told_of_this": one.told_at,
        "answer": one.answer,
        "answered_at": one.answered_at,
        "called_theirs_at": one.theirs_at,
        "corrected_at": one.corrected_at,
    }


def _step_back(one: StepBack) -> Data:
    return {
        "opened_at": one.opened_at,
        "by": str(one.by or ""),
        "occasion": one.get_occasion_display(),
        "reason": one.reason,
        "a_no_for_now": one.is_no,
        "outcome": one.get_outcome_display(),
        "what_it_changed": one.words,
        "outcome_at": one.outcome_at,
        "told_of_this": one.told_at,
    }


def _again(one: AskedAgain) -> Data:
    return {
        "done_at": one.deed_at,
        "due": one.due,
        "state": one.get_state_display(),
        "why": one.get_why_display(),
        "asked_at": one.asked_at,
        "answer": one.get_answer_display(),
        "words": one.words,
        "a_no_for_now": one.is_no,
        "answered_at": one.answered_at,
        "noted_by": str(one.noted_by or ""),
    }


def _moments(participation: Participation) -> Data:
    """Written for them beforehand, alone or among others; what came; what is not watched for."""
    written = moments_about(participation).select_related("point", "by").order_by("pk")
    came = participation.moments_seen.select_related("moment", "by").order_by("pk")
    not_watched = participation.not_watched.select_related("moment")
    texts = [text for one in written for text in (one.what, one.link, one.point.words)]
    texts += [text for one in came for text in (one.moment.what, one.words)]
    texts += [one.moment.what for one in not_watched if one.moment]
    cut = cut_kept(participation.initiative, texts, you=participation)
    return {
        "moments_written_for_them": [
            {
                "when_this_happens": cut(one.what),
                "the_moment_for": cut(one.point.words),
                "link_to_their_work": cut(one.link),
                "how_it_is_noticed": one.get_how_display(),
                "words_watched_for": one.words,
                "made_at": one.made_at,
                "by": str(one.by or ""),
                "ended_at": one.stopped_at,
            }
            for one in written
        ],
        "moments_that_came": [
            {
                "when_this_happens": cut(one.moment.what),
                "how_it_is_noticed": one.get_how_display(),
                "at": one.noticed_at,
                "by": str(one.by or ""),
                "by_the_word": one.word,
                "words": cut(one.words),
                "state": one.get_state_display(),
                "ended_at": one.state_at,
            }
            for one in came
        ],
        "moments_not_watched_for": [
            {
                "when_this_happens": (
                    cut(one.moment.what) if one.moment else _("every moment here")
                ),
                "at": one.at,
            }
            for one in not_watched
        ],
    }


def _words_used(participation: Participation) -> list[Data]:
    rows = PartWords.objects.filter(quote__participation=participation)
    return [
        {"words": one.quote.words, "in_the_plan": one.part.title}
        for one in rows.select_related("quote", "part").order_by("pk")
    ]


def _counted(participation: Participation) -> Data:
    """As they were counted last in figures for others than the leads."""
    one = standing.group_of(participation.pk)
    if one is None:
        return {}
    group = standing.name_of_group(one.group)
    return {"group": group, "said_yes": one.said, "did_it": one.did, "since": one.group.made_at}


def _in_stories(participation: Participation) -> list[Data]:
    """Their words beside stories, and what they answered for each."""
    return [
        {
            "words": one.quote.words,
            "title": one.story.title,
            "state": one.get_state_display(),
            "asked_on": one.asked_at,
            "answered_at": one.answered_at,
        }
        for one in voices_asked_of(participation)
    ]


def technical(participation: Participation) -> Data:
    """Links, codes, and what the log says of them."""
    log = Event.objects.filter(
        Q(object_type="participation", object_id=participation.pk)
        | Q(object_type="person", object_id=participation.person_id)
    )
    return {
        "links": [
            {"made_at": one.made_at, "ends_at": one.expires_at, "ended_at": one.revoked_at}
            for one in participation.links.order_by("made_at")
        ],
        "codes": [
            {"made_at": one.made_at, "used_at": one.used_at}
            for one in participation.codes.order_by("made_at")
        ],
        "log": [
            {"what": labels.happened(one.action), "at": one.at} for one in log.order_by("at", "pk")
        ],
    }
