"""Opening a person's own page in a test, and a person with something of everything."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.test import Client
from django.utils.timezone import now

from earnest.ideas import actions as ideas
from earnest.initiatives import actions as initiatives
from earnest.initiatives.models import Participation
from earnest.listening import actions as listening
from earnest.listening.actions import Notes, Taken, briefs
from earnest.listening.actions.briefs import Answered
from earnest.listening.models import (
    Ask,
    Conversation,
    Finding,
    Invitation,
    InvitationEvent,
    Quote,
    Recap,
)
from earnest.listening.tests.asked import invite
from earnest.pages import actions as pages
from earnest.people import actions as people
from earnest.people.models import Tie
from earnest.plans import actions as plans
from earnest.plans.models import Input, NewsStop
from earnest.promises import actions as promises
from earnest.promises.models import Promise
from earnest.rhythm import actions as rhythm
from earnest.standing import actions as standing
from tests.worlds import World

ALONE = (
    "Talked with Joan. “Forty open slots, one pair of hands.” I'll send her the draft by Friday."
)
GROUP = (
    "The three of us met on Tuesday.\n"
    "“Joan: The zebra form takes me an hour.\n"
    "“Sam: The night shift needs its own list.\n"
    "Joan will bring the no-show list. The room was warm."
)


def opened(client: Client, participation: Participation) -> str:
    """Go through a new link, as the person does; returns the page's address."""
    secret = initiatives.make_link(participation, by=None, at=now())
    return client.get(f"/p/{secret}/").headers["Location"]


def place(conversation: Conversation, words: str) -> tuple[int, int]:
    start = conversation.notes.index(words)
    return start, start + len(words)


def finding(conversation: Conversation, kind: Finding.Kind, words: str) -> Finding:
    """A finding at these words of the notes."""
    start, end = place(conversation, words)
    return Finding.objects.create(
        conversation=conversation, kind=kind, start=start, end=end, words=words
    )


@dataclass(frozen=True)
class Heard:
    """Two conversations and what was taken from them."""

    alone: Conversation
    group: Conversation
    ours: Promise
    theirs: Promise
    sams: Finding


def hear(world: World, *, at: datetime) -> Heard:
    """Joan was heard alone and in a group with Sam; everything there can be is there of her."""
    joan, sam, lead = world.joan, world.sam, world.lead
    day = at.date()
    alone = listening.note_conversation(
        world.initiative, Notes(ALONE, day, [joan], source="joan.txt"), by=lead, at=at
    )
    group = listening.note_conversation(
        world.initiative, Notes(GROUP, day, [joan, sam]), by=lead, at=at
    )
    kinds = Finding.Kind
    mine = Taken("Forty open slots, one pair of hands.", joan)
    listening.take_quote(finding(alone, kinds.QUOTE, mine.words), mine)
    zebra = "The zebra form takes me an hour."
    listening.take_quote(finding(group, kinds.QUOTE, zebra), Taken(zebra, joan))
    listening.take_need(
        finding(group, kinds.NEED, zebra), Taken("A shorter zebra form", joan), at=at
    )
    listening.take_question(
        finding(alone, kinds.QUESTION, "Forty"), Taken("Who feeds the owl?", joan)
    )
    listening.take_referral(
        finding(alone, kinds.REFERRAL, "hands"),
        Taken("Knows the heron desk", joan),
        name="Ann",
        at=at,
    )
    listening.take_referral(
        finding(group, kinds.REFERRAL, "met"),
        Taken("Joan keeps the badger list", sam),
        name="Joan",
        at=at,
    )
    listening.take_seen(finding(group, kinds.SEEN, "warm"), Taken("Left at otter time", joan))
    sams = finding(group, kinds.QUOTE, "The night shift needs its own list.")
    listening.take_quote(sams, Taken(sams.words, sam))
    ideas.note_idea(world.initiative, ideas.Draft("Paint the ibis line", day, joan), by=lead, at=at)
    ours = promises.make_promise(
        joan,
        promises.Draft("Send the walrus draft", "ours", day + timedelta(days=7)),
        by=lead,
        at=at,
    )
    theirs = promises.make_promise(
        joan,
        promises.Draft("Bring the no-show list", "theirs", day + timedelta(days=3)),
        by=lead,
        at=at,
    )
    promises.make_promise(
        sam,
        promises.Draft("Ask Joan Okafor for the keys", "theirs", day + timedelta(days=3)),
        by=lead,
        at=at,
    )
    standing.note_no(joan, "Not before the lemur move", by=lead, at=at)
    _asked(world, at=at)
    _around(world, at=at)
    return Heard(alone, group, ours, theirs, sams)


def _asked(world: World, *, at: datetime) -> None:
    """She was asked for something, proposed another time, and said no in the end."""
    asked = invite(world, world.joan, at=at, about="What the osprey needs")
    asked.why_you = "Joan runs the raven desk"
    asked.save()
    wanted = listening.Wanted(None, "After the marmot week")
    listening.propose_time(asked, wanted, by=None, at=at)
    listening.decline(asked, "Not in lynx season", by=None, at=at)


def answer_back(world: World, heard: Heard, *, at: datetime) -> Recap:
    """It was told back, Joan mended it, and wrote something herself."""
    listening.say_problem(heard.alone, "partly", "The ferret tray is it", by=world.lead, at=at)
    words = "Good to see the puffin desk."
    recap, _mail = pages.tell_back(heard.alone, world.joan, words, by=world.lead, at=at)
    listening.correct_recap(recap, "Not forty: the quokka list", at=at)
    listening.write_in_own_hand(world.joan, "The wombat door is shut.\nWhy?", on=at.date(), at=at)
    return recap


def _around(world: World, *, at: datetime) -> None:
    """What lies in the directory, and what others wrote."""
    joan, lead = world.joan, world.lead
    people.write_own_work(
        joan.person, goals="Fewer panda shifts", measures="No gecko calls", by=lead, at=at
    )
    people.note_away(
        joan.person, first_day=date(2026, 12, 1), last_day=date(2026, 12, 9), by=lead, at=at
    )
    _briefs(world, at=at)
    _asked_before(world, at=at)
    Tie.objects.create(person=joan.person, other=world.sam.person, kind=Tie.Kind.WORKS_WITH)
    world.sam.person.manager = joan.person
    world.sam.person.save()
    rhythm.dismiss(f"unheard:person:{joan.pk}", "She is at the tapir course", by=lead, at=at)
    initiatives.make_link(joan, by=lead, at=at)
    initiatives.break_glass(joan, reason="Joan asked for the mole file", by=world.owner, at=at)
    world.initiative.still_open = "Whether Joan Okafor keeps the desk"
    world.initiative.save()


def _briefs(world: World, *, at: datetime) -> None:
    """What was known before she was asked: hers, and what another's says of her."""
    own = {"pressure": Answered("The yak audit", "colleague", "Sam Reyes")}
    briefs.write_brief(world.joan, own, by=world.lead, at=at)
    about = {"priority": Answered("What Joan Okafor says", "document", "Plan of Joan Okafor")}
    briefs.write_brief(world.sam, about, by=world.lead, at=at)


def _asked_before(world: World, *, at: datetime) -> None:
    """What she was asked, why her, and what she said to it."""
    ask = Ask.objects.create(
        initiative=world.initiative,
        by=world.lead,
        kind=Ask.Kind.INPUT,
        minutes=15,
        about="What Joan Okafor knows of Fridays",
        gets="The draft first",
        answer_by=at.date(),
        made_at=at,
    )
    row = Invitation.objects.create(
        ask=ask,
        initiative=world.initiative,
        participation=world.joan,
        why_you="You keep the okapi list",
        wanted="After the quail season",
        reason="No ferret time",
        state=Invitation.State.DECLINED,
        state_at=at,
        sent_at=at,
        answer_by=at.date(),
    )
    row.events.create(kind=InvitationEvent.Kind.DECLINED, at=at, words="The gnu report first")


def shape(world: World, heard: Heard, *, at: datetime) -> None:
    """What plans keep of her: inputs with their answers, a thread, a chain, a part on her words."""
    joan, sam, lead, here = world.joan, world.sam, world.lead, world.initiative
    quote = joan.quotes.filter(conversation=heard.alone).get()
    taken, _new = plans.take_quote(quote, by=lead, at=at)
    plans.take_up(here, at=at)
    falcon = "The falcon list should stay on the wall."
    noted = plans.note_input(here, plans.Noted(falcon, at.date(), joan), by=lead, at=at)
    words = f"Joan Okafor said “{falcon}”, and it will."
    told = plans.reply(noted, plans.Answer("used", words), by=lead, at=at).reply
    plans.talk_back(told, joan, "Not the beaver corner, please.", at=at)
    plans.answer_in_thread(told, joan, "Then the hyena corner.", by=lead, at=at)
    alike = plans.Noted("Keep it up", at.date(), sam)
    plans.put_with(plans.note_input(here, alike, by=lead, at=at), taken, by=lead, at=at)
    _in_the_plan(world, quote, taken, at=at)
    NewsStop.objects.create(participation=joan, at=at)
    _checked_in(world, at=at)


def _in_the_plan(world: World, quote: Quote, taken: Input, *, at: datetime) -> None:
    joan, here, at_once = world.joan, world.initiative, {"made_at": at, "changed_at": at}
    part = here.parts.create(title="Cover", why=quote.words, owner_person=joan, **at_once)
    part.words_used.create(quote=quote, at=at)
    version = here.versions.create(number=1, summary="First", published_at=at)
    version.changes.create(title="Cover", kind="new", part=part).inputs.add(taken)
    chain = {"value": "Jackal days off", "link": "Fewer toucan calls", "answer": "The viper week"}
    joan.chains.create(part=part, quote=quote, **chain, **at_once)


def _checked_in(world: World, *, at: datetime) -> None:
    joan, sam, here = world.joan, world.sam, world.initiative
    over = {"opened_at": at, "closed_at": at, "made_at": at, "closes_on": at.date()}
    round_ = here.checkins.create(is_anonymous=False, asked_count=2, **over)
    round_.asked.add(joan, sam)
    round_.named.create(participation=joan, matters=4, line="Feed the weasel first", at=at)
    plans.take_lines(round_, at=at)
