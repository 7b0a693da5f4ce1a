"""What others wait for: their time, their words, their answer."""

from __future__ import annotations

from earnest.engine.steps import conditions as when
from earnest.engine.steps.cases import Rule, Section
from earnest.engine.steps.table.words import _

WAITING: tuple[Rule, ...] = (
    Rule(
        "talk-today",
        "2.13",
        Section.WAITING,
        "invitation",
        when.agreed_for_today,
        15,
        _("Talk with {name} at {time}"),
        _("You agreed on it: {about}. Listen; your plan can wait."),
        _("today at {time}"),
    ),
    Rule(
        "talk-over",
        "2.1",
        Section.WAITING,
        "invitation",
        when.agreed_and_over,
        2,
        _("How was the talk with {name}?"),
        _(
            "It was agreed for {day}. Note what you heard, or that it did not take place: both tell something."
        ),
        _("agreed for {day}"),
    ),
    Rule(
        "look-back",
        "2.15",
        Section.WAITING,
        "talk",
        when.always,
        3,
        _("Tell {name} what you heard"),
        _(
            "You talked on {day}. Their own words, back while they are fresh, within the hour at best."
        ),
        _("not told back yet"),
    ),
    Rule(
        "corrected",
        "1.9",
        Section.WAITING,
        "recap",
        when.always,
        2,
        _("Read what {name} corrected"),
        _("You told back what you heard. It was not quite it, and they say so."),
        _("corrected"),
    ),
    Rule(
        "they-wrote",
        "3.9",
        Section.WAITING,
        "written",
        when.always,
        2,
        _("Read what {name} wrote"),
        _("It came on {day}, by their own hand."),
        _("they wrote"),
    ),
    Rule(
        "time-proposed",
        "2.1",
        Section.WAITING,
        "invitation",
        when.time_proposed,
        1,
        _("{name} proposes another time"),
        _("You asked for {minutes} minutes. {wanted}"),
        _("your answer next"),
    ),
    Rule(
        "called-off",
        "2.1",
        Section.WAITING,
        "invitation",
        when.called_off,
        2,
        _("{name} called it off: offer other times?"),
        _("It was about: {about}. That is information, not blame; another day may suit."),
        _("called off"),
    ),
    Rule(
        "thread-waits",
        "3.12",
        Section.WAITING,
        "thread",
        when.always,
        3,
        _("{name} wrote on what became of theirs"),
        _("It came on {day}. You fine-tune it together."),
        _("they wrote"),
    ),
    Rule(
        "checkin-answer",
        "0.10",
        Section.WAITING,
        "checkin",
        when.always,
        10,
        _("Answer the check-in: what you heard, and what changes"),
        _(
            "It closed on {day}. Those who gave a minute see what came of it; then the next can open."
        ),
        _("closed {day}"),
    ),
    Rule(
        "input-waits",
        "3.11",
        Section.WAITING,
        "input",
        when.input_waits,
        3,
        _("Say what becomes of it: {words}"),
        _("Said on {day}. Used, in part, or not used and why: any answer is better than none."),
        _("waits {days} days"),
    ),
    Rule(
        "need-waits",
        "3.11",
        Section.WAITING,
        "need",
        when.need_waits,
        5,
        _("Say what becomes of a need: {words}"),
        _("Named first on {day}. One answer reaches everyone named under it."),
        _("named by {count}"),
    ),
)
