"""What to prepare, so that asking costs others less."""

from __future__ import annotations

from earnest.engine.steps import conditions as when
from earnest.engine.steps.cases import Rule, Section
from earnest.engine.steps.table.words import _

PREPARE: tuple[Rule, ...] = (
    Rule(
        "notes-found",
        "2.17",
        Section.PREPARE,
        "notes",
        when.always,
        3,
        _("Look through what was found in your notes of {since}"),
        _("Promises and needs wait there, to take, change or leave."),
    ),
    Rule(
        "commission-missing",
        "3.2",
        Section.PREPARE,
        "commission",
        when.no_commission,
        2,
        _("Write down who asked for this, and what they will give"),
        _("“{title}” has nobody yet who asked for it. The first talk is with them."),
    ),
    Rule(
        "agreed-due",
        "3.5",
        Section.PREPARE,
        "promise",
        when.theirs_due_today,
        2,
        _("{name} has it for today: {words}"),
        _("Nothing to push. Is anything of yours in the way?"),
        _("theirs, today"),
    ),
    Rule(
        "brief-missing",
        "2.9",
        Section.PREPARE,
        "person",
        when.brief_missing,
        5,
        _("Find out what presses {name} today"),
        _("Five short answers before you ask for their time. What is not known, you can ask them."),
        _("not known yet"),
    ),
    Rule(
        "run-up",
        "1.5",
        Section.PREPARE,
        "run_up",
        when.run_up_due,
        10,
        _("Tell {name}: {words}"),
        _("Your run-up has them hear it on {due}, before the launch."),
    ),
    Rule(
        "large-smaller",
        "2.2",
        Section.PREPARE,
        "large",
        when.always,
        10,
        _("Make the large ask smaller"),
        _("{met} of {due} small asks were met. That foretells “{words}” better than any yes."),
        _("early test"),
    ),
    Rule(
        "mail-waiting",
        "2.7",
        Section.PREPARE,
        "message",
        when.did_not_leave,
        3,
        _("Send it to {name} yourself: {words}"),
        _("It could not leave by itself: no mail server, or no address. Copy it, and say so."),
        _("not sent yet"),
    ),
    Rule(
        "mail-unclear",
        "2.1",
        Section.PREPARE,
        "message",
        when.arrival_unclear,
        1,
        _("Did your mail reach {name}?"),
        _(
            "The mail server broke off at the end. It was not sent again, so that nobody is asked twice."
        ),
        _("unclear"),
    ),
    Rule(
        "mail-failed",
        "2.1",
        Section.PREPARE,
        "message",
        when.could_not_be_delivered,
        2,
        _("A mail to {name} could not be delivered"),
        _("Their mail server refused it. Is the address right? Another way may be better."),
        _("not delivered"),
    ),
)
