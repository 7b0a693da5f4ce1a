"""When each row of the table applies: plain questions about one case."""

from __future__ import annotations

from datetime import timedelta

from earnest.engine.steps.cases import Case

SOON = timedelta(days=2)
A_WEEK = 7
CONDITION_WAITS = 21  # days between one look at a condition and the next
# Days without a word after which one asks again how it goes: sooner for the hesitant (3.14). A
# no is welcome, and not worked on.
CADENCE = {"heard": 14, "nodded": 14, "fading": 14, "agreed": 21, "did": 42, "again": 60}
TWICE = 2
INPUT_WAITS, NEED_WAITS = 3, 7  # days: what was proposed, what several need
CHECK_IN_EVERY = 60  # days from the end of one check-in to the proposal of the next
NEWS_EVERY = 30  # days after which who is on it hears what changed, if anything did (3.13)
STORY_UNTIL = 90  # days after a stage was reached in which its story is still fresh (3.18)


def ours(case: Case) -> bool:
    return "ours" in case.marks


def due_today(case: Case) -> bool:
    return ours(case) and case.due == case.today


def late(case: Case) -> bool:
    return ours(case) and case.days_over() > 0 and "asked" not in case.marks


def late_and_asked(case: Case) -> bool:
    return ours(case) and case.days_over() > 0 and "asked" in case.marks


def due_soon(case: Case) -> bool:
    return ours(case) and case.due is not None and case.today < case.due <= case.today + SOON


def moved_untold(case: Case) -> bool:
    return "untold" in case.marks


def theirs_without_word(case: Case) -> bool:
    return "theirs" in case.marks and "asked" in case.marks


def fresh_promise(case: Case) -> bool:
    return ours(case) and case.days_since() == 0 and (case.due or case.today) > case.today + SOON


def has_it_happened(case: Case) -> bool:
    waited = "decided" in case.marks or case.days_since() >= CONDITION_WAITS
    return ours(case) and "conditional" in case.marks and waited


def always(_case: Case) -> bool:
    return True


def fading(case: Case) -> bool:
    """And nobody listened since it began."""
    return "fading" in case.marks and "listened" not in case.marks


def no_chance(case: Case) -> bool:
    return "no_chance" in case.marks and not _try_offered(case)


def _try_offered(case: Case) -> bool:
    """Something to try is offered, and it is their turn (0.3)."""
    return "try_offered" in case.marks


def _asked_and_open(case: Case) -> bool:
    """An ask is on its way to them, or waits for their answer: it is their turn."""
    return "invited" in case.marks


def _unheard(case: Case) -> bool:
    return not case.marks & {"no_chance", "invited"} and "unheard" in case.marks


def brief_missing(case: Case) -> bool:
    return _unheard(case) and "briefed" not in case.marks


def briefed_and_unheard(case: Case) -> bool:
    return _unheard(case) and "briefed" in case.marks


def nodded_a_week_ago(case: Case) -> bool:
    waited = "nodded" in case.marks and case.days_since() >= A_WEEK
    return waited and not _asked_and_open(case)


def said_no_twice(case: Case) -> bool:
    return "no_twice" in case.marks and not _asked_and_open(case)


def explained_twice(case: Case) -> bool:
    explained = "explained_twice" in case.marks
    return explained and not _asked_and_open(case) and not _try_offered(case)


def word_due(case: Case) -> bool:
    """So long without a word, for where they stand; an open ask is a word already."""
    waits = case.word_after
    return waits is not None and not _asked_and_open(case) and case.days_without_word() >= waits


def step_still_open(case: Case) -> bool:
    """Whoever looks at them is told about it; on Today it waits until a word is due (3.14).

    Not before they were heard, and not where they said no: that is not worked on.
    """
    looked_at = "looked_at" in case.marks and not case.marks & {"unheard", "no"}
    return bool(case.weakest) and looked_at and not _asked_and_open(case)


def theirs_due_today(case: Case) -> bool:
    return "theirs" in case.marks and "asked" not in case.marks and case.due == case.today


def agreed_for_today(case: Case) -> bool:
    return "agreed" in case.marks and "over" not in case.marks and case.days_since() == 0


def agreed_and_over(case: Case) -> bool:
    return "agreed" in case.marks and "over" in case.marks


def time_proposed(case: Case) -> bool:
    return "proposed" in case.marks


def arrival_unclear(case: Case) -> bool:
    return "unclear" in case.marks


def could_not_be_delivered(case: Case) -> bool:
    return "failed" in case.marks


def no_commission(case: Case) -> bool:
    return "missing" in case.marks


def commission_unheard(case: Case) -> bool:
    return "missing" not in case.marks


def run_up_due(case: Case) -> bool:
    return case.days_over() >= 0


def did_not_leave(case: Case) -> bool:
    return "waiting" in case.marks


def called_off(case: Case) -> bool:
    return "called_off" in case.marks


def input_waits(case: Case) -> bool:
    return case.days_since() >= INPUT_WAITS


def need_waits(case: Case) -> bool:
    return case.days_since() >= NEED_WAITS


def without_outcome(case: Case) -> bool:
    return "stepped" in case.marks


def not_told(case: Case) -> bool:
    return "stepped_untold" in case.marks


def a_month_without_news(case: Case) -> bool:
    return case.days_since() >= NEWS_EVERY


def none_taken_up_for_a_week(case: Case) -> bool:
    return case.days_since() >= A_WEEK


def unpublished_for_a_week(case: Case) -> bool:
    return case.days_since() >= A_WEEK
