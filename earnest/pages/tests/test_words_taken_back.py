"""Words taken back or mended stand in no row and in no mail, however they were taken and told."""

from __future__ import annotations

from earnest.listening import actions
from earnest.listening.actions import Notes, Taken
from earnest.listening.models import Quote, Recap, Referral, Seen
from earnest.listening.tests.test_mending_quotes import everywhere, placed
from earnest.messaging.models import Message
from earnest.pages import actions as pages
from tests.worlds import NOW, World

PEDRO = "Ask Pedro & Ida, he hates the ocelot plan."


def told_in_every_way(world: World) -> Quote:
    """One sentence taken as everything it can be taken as, told back, the mail not gone yet."""
    notes = Notes(f"“{PEDRO}”", NOW.date(), [world.joan])
    talk = actions.note_conversation(world.initiative, notes, by=world.lead, at=NOW)
    talk.findings.all().delete()
    mine = Taken(PEDRO, world.joan)
    actions.take_need(placed(talk, "need", PEDRO), mine, at=NOW)
    actions.take_question(placed(talk, "question", PEDRO), mine)
    actions.take_referral(placed(talk, "referral", PEDRO), mine, name="Pedro", at=NOW)
    actions.take_seen(placed(talk, "seen", PEDRO), mine)
    actions.say_problem(talk, "no", PEDRO, by=world.lead, at=NOW)
    quote = actions.take_quote(placed(talk, "quote", PEDRO), mine)
    pages.tell_back(talk, world.joan, f"You said “{PEDRO}”", by=world.lead, at=NOW)
    return quote


def test_struck_it_stands_bare_in_no_row_and_in_no_mail_that_waits(world: World) -> None:
    quote = told_in_every_way(world)
    mail = Message.objects.get()
    assert min(mail.text.count("ocelot"), mail.html.count("ocelot")) > 4
    pages.strike_quote(quote, at=NOW)
    assert everywhere("ocelot") == []
    mail.refresh_from_db()
    assert "You said (taken back)" in mail.text
    assert [(one.name, one.why) for one in Referral.objects.all()] == [("Pedro", "")]


def test_mended_the_new_words_stand_in_every_row_and_escaped_in_the_mail(world: World) -> None:
    quote = told_in_every_way(world)
    pages.mend_quote(quote, "Pedro <knows> the plan", at=NOW)
    assert everywhere("ocelot") == []
    assert Seen.objects.get().words == "Pedro <knows> the plan"
    assert Recap.objects.get().words == "You said “Pedro <knows> the plan”"
    mail = Message.objects.get()
    assert "- Pedro <knows> the plan" in mail.text
    assert "<li>Pedro &lt;knows&gt; the plan</li>" in mail.html
