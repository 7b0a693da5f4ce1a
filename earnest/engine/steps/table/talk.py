"""Whom to talk with next, and about what."""

from __future__ import annotations

from earnest.engine.steps import conditions as when
from earnest.engine.steps.cases import Rule, Section
from earnest.engine.steps.table.opens import OPENS
from earnest.engine.steps.table.words import _

TALK: tuple[Rule, ...] = (
    Rule(
        "commission-talk",
        "2.13",
        Section.TALK,
        "commission",
        when.commission_unheard,
        15,
        _("Talk with {name}, who asked for this"),
        _("Which problem is it to solve, and what will they give? Listen before you plan."),
    ),
    Rule(
        "theirs-without-word",
        "2.17",
        Section.TALK,
        "promise",
        when.theirs_without_word,
        2,
        _("Ask {name} how it went: {words}"),
        _("It was due {due} and there is no word. Nothing is assumed; ask once, neutrally."),
        _("no word yet"),
    ),
    Rule(
        "no-twice",
        "3.16",
        Section.TALK,
        "person",
        when.said_no_twice,
        20,
        _("Step back with {name}: what makes it not work?"),
        _(
            "They said no twice. Asking a third time will not help; understanding why might. Only ask."
        ),
        _("said no twice"),
    ),
    Rule(
        "explained-twice",
        "0.7",
        Section.TALK,
        "person",
        when.explained_twice,
        10,
        _("Offer {name} something small to try"),
        _("You explained it twice, and nothing moved. Trying says more than words."),
        _("explained twice"),
    ),
    Rule(
        "fading",
        "4.2",
        Section.TALK,
        "person",
        when.fading,
        15,
        _("Listen to {name}: what changed?"),
        _("They did it before, and lately not. More reasons will not help; listening might."),
        _("fading"),
    ),
    Rule(
        "referral",
        "2.21",
        Section.TALK,
        "referral",
        when.always,
        15,
        _("Speak with {name}"),
        _("Named by {named_by} on {since}. {why}"),
    ),
    Rule(
        "unheard",
        "1.4",
        Section.TALK,
        "person",
        when.briefed_and_unheard,
        15,
        _("Hear {name} before anything is asked of them"),
        _("{name} is on “{title}” and was not heard yet. You know what presses them; now listen."),
        _("not heard yet"),
    ),
    Rule(
        "one-small-step",
        "3.5",
        Section.TALK,
        "person",
        when.nodded_a_week_ago,
        10,
        _("Ask {name} for one small step, with a date"),
        _("They said yes on {since}. A nod is not yet a commitment; a small dated step shows."),
        _("said yes"),
        OPENS,
    ),
    Rule(
        "no-chance",
        "0.2",
        Section.TALK,
        "person",
        when.no_chance,
        10,
        _("Offer {name} a chance to try it"),
        _(
            "Their work gave no occasion yet. That is no resistance: it asks for a chance, not for reasons."
        ),
        _("no chance yet"),
    ),
    Rule(
        "word-due",
        "3.14",
        Section.TALK,
        "person",
        when.word_due,
        5,
        _("A word with {name}: how does it go?"),
        _("The last word between you was on {contact}. Nothing to sell, only to ask."),
        _("{days} days"),
        OPENS,
    ),
    Rule(
        "step-open",
        "2.4",
        Section.TALK,
        "person",
        when.step_still_open,
        15,
        _("Ask {name} what is still open"),
        _(
            "Words and deeds together leave one step open. A talk about it is worth more than a guess."
        ),
        "",
        OPENS,
    ),
)
