"""Every address × everyone: who comes in, who finds nothing, and that looking changes nothing.

An address without a row here fails the test, so nobody adds a door without saying whose it is.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from typing import Any
from unittest.mock import Mock

import pytest
from django.db import connection, transaction
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from earnest.checkins import actions as check_ins
from earnest.checkins.models import Round as CheckIn
from earnest.ideas import access as spaces
from earnest.ideas.access import sessions as session_doors
from earnest.ideas.actions import sessions
from earnest.ideas.actions.spaces import speak
from earnest.ideas.models import Idea, Merge, OpinionMap, Space, Statement, Voice
from earnest.ideas.tests.asking import furnish_topics
from earnest.initiatives import actions as initiatives
from earnest.initiatives.models import Backing, Initiative, Participation, RunUpStep
from earnest.listening.models import (
    Conversation,
    Question,
    Quote,
    Recap,
    Referral,
    Round,
)
from earnest.listening.tests.asked import an_ask, invite
from earnest.messaging import actions as messaging
from earnest.pages.actions import mirror
from earnest.people.models import Away, PeopleImport, Team
from earnest.pilots.actions.cards import publish_card
from earnest.pilots.actions.spreading import Asker, Wish, ask_for_it
from earnest.pilots.models import CardVersion
from earnest.pilots.tests.carded import a_card, a_pilot
from earnest.pilots.tests.piloted import furnish_pilots
from earnest.plans.models import Input, Reply
from earnest.practice.tests.furnished import furnish_practice
from earnest.practice.tests.moments import furnish_moments
from earnest.promises import actions as promises
from earnest.rhythm.actions import introducing
from earnest.rhythm.queries.introductions import Match
from earnest.standing import actions as standing
from tests.worlds import NOW, World

ANONYMOUS, LINK = "anonymous", "person's link"
LEADS = {"lead", "co_lead"}
ON_IT = LEADS | {"sponsor", "contributor"}
RUN_IT = {"owner", "admin"}
MEMBERS = ON_IT | RUN_IT | {"member"}
USERS = MEMBERS | {"stranger", "outsider"}
EVERYONE = USERS | {ANONYMOUS, LINK}


@dataclass(frozen=True)
class Place:
    """The world, with one of each thing that has an address."""

    world: World
    ids: dict[str, Any]


def furnish(world: World) -> Place:
    """One of each thing."""
    joan, lead, initiative = world.joan, world.lead, world.initiative
    talk = Conversation.objects.create(
        initiative=initiative, by=lead, held_on=NOW.date(), notes="Talked.", noted_at=NOW
    )
    talk.people.add(joan)
    asked = {"initiative": initiative, "participation": joan, "words": "Who decides?"}
    said = {**asked, "words": "Fridays", "conversation": talk, "said_on": NOW.date()}
    named = {"initiative": initiative, "name": "Sam Reyes", "at": NOW}
    draft = promises.Draft("bring the list", "theirs", due=NOW.date())
    ask = an_ask(world)
    invitation = invite(world, joan, ask)
    ids = {
        "ask": ask.pk,
        "round": Round.objects.create(ask=ask, paused_at=NOW).pk,
        "large": initiative.large_asks.create(words="Eight weeks", made_at=NOW).pk,
        "initiative": initiative.pk,
        "workspace": world.workspace.pk,
        "joan": joan.pk,
        "person": joan.person_id,
        "talk": talk.pk,
        "brief": initiative.briefs.create(job="Desk nurse", made_at=NOW).pk,
        "question": Question.objects.create(**asked, asked_on=NOW.date()).pk,
        "quote": Quote.objects.create(**said).pk,
        "recap": Recap.objects.create(conversation=talk, participation=joan, sent_at=NOW).pk,
        "referral": Referral.objects.create(**named).pk,
        "chain": joan.chains.create(
            value="Her Fridays", link="Cover from Thursday noon", made_at=NOW, changed_at=NOW
        ).pk,
        "step_back": (back := joan.step_backs.create(initiative=initiative, opened_at=NOW)).pk,
        "again": joan.asked_again.create(
            initiative=initiative,
            after=30,
            due=NOW.date(),
            deed_at=NOW,
            state="asked",
            state_at=NOW,
            asked_at=NOW,
        ).pk,
        "need": (need := initiative.needs.create(words="Rest", made_at=NOW)).pk,
        "need_named": need.named.create(participation=joan, at=NOW).pk,
        "need_brought": a_need_of_before(world),
        "promise": promises.make_promise(joan, draft, by=lead, at=NOW).pk,
        "message": messaging.put_in_outbox(
            joan, messaging.Draft("ask", "Your view", "Hello"), by=lead, at=NOW
        ).pk,
        "try_out": joan.try_outs.create(
            initiative=initiative,
            what="Pass one on",
            starts_at=NOW + timedelta(days=2),
            place="The desk",
            help="Lead",
            why="Fridays",
            offered_at=NOW,
            state_at=NOW,
        ).pk,
        "stage": initiative.stages.create(position=1, name="heard").pk,
        "run_up": RunUpStep.objects.create(
            initiative=initiative, on=NOW.date(), who="Night", what="the draft"
        ).pk,
        "backing": Backing.objects.create(
            initiative=initiative, who="The board", what="time", on=NOW.date()
        ).pk,
        "role": initiative.roles.get(user=world.sponsor).pk,
        "member": world.workspace.memberships.get(user=world.member).pk,
        "team": Team.objects.create(workspace=world.workspace, name="South").pk,
        "away": Away.objects.create(
            person=joan.person, first_day=NOW.date(), last_day=NOW.date()
        ).pk,
        "import": PeopleImport.objects.create(
            workspace=world.workspace, by=world.owner, file_name="p.csv", file=b"", made_at=NOW
        ).pk,
        "invite": world.workspace.invites.create(
            email="new@example.org", secret_hash="x", made_at=NOW, expires_at=NOW
        ).pk,
        "link": initiatives.make_link(joan, by=lead, at=NOW),
        "invitation": invitation.pk,
        "time": ask.times.all()[0].pk,
        "asked_path": f"asked/{invitation.pk}",
        "evidence": initiative.outside_evidence.create(
            what="Half the waiting", where="North", source="A report", on=NOW.date(), at=NOW
        ).pk,
        "version": initiative.versions.create(
            number=1, summary="The first", published_at=NOW, told_at=NOW
        ).number,
        "how": "talk",
        "introduction": _introduced(world),
        "audience": initiative.audiences.create(kind="help", made_at=NOW).pk,
        "progress": initiative.progress_mails.create(
            number=1, kind="everyone", subject="News", since=NOW, made_at=NOW, told_at=NOW
        ).number,
        "measure": (measure := initiative.measures.create(name="Waiting", made_at=NOW)).pk,
        "reading": measure.readings.create(value=12, on=NOW.date(), at=NOW).pk,
        **_story(initiative, joan),
        **_evidence_card(world),
        "part": initiative.parts.create(
            title="Weekend cover", why="Fridays", made_at=NOW, changed_at=NOW
        ).pk,
        "evidence_row": standing.record_evidence(
            joan, standing.Fact("nodded", 1, "said yes"), at=NOW
        ).id,
        "after_step_back": back.changed.create(
            initiative=initiative, part=initiative.parts.get(), at=NOW
        ).pk,
        **_answered(world),
        **_of_oneself(world),
        **_spaces(world),
        **_put_to_the_vote(world),
        **furnish_topics(world),
        **furnish_practice(world),
        **furnish_pilots(world),
        **furnish_moments(world),
    }
    return Place(world, ids | _check_ins(world))


def _story(initiative: Initiative, joan: Participation) -> dict[str, Any]:
    """A draft, with words of Joan's that she was asked for."""
    quote = Quote.objects.filter(participation=joan).latest("pk")
    story = initiative.stories.create(title="The pilot", made_at=NOW, changed_at=NOW)
    voice = story.voices.create(quote=quote, state="asked", chosen_at=NOW, asked_at=NOW)
    return {"story": story.pk, "voice": voice.pk, "voice_state": "unnamed"}


def _evidence_card(world: World) -> dict[str, Any]:
    """Published for who is on it, with words of Joan's, and asked for by her and by a member."""
    pilot = a_pilot(world, "Night desk")
    quote = Quote.objects.filter(participation=world.joan).latest("pk")
    card = a_card(world, pilot)
    words = {"participation": world.joan, "quote": quote, "chosen_at": NOW, "asked_at": NOW}
    voice = card.voices.create(**words, state="asked")
    publish_card(card, "initiative", by=world.lead, at=NOW)
    version = CardVersion.objects.get(card=card)
    wish = Wish("North desk", "Our Fridays are the same")
    return {
        "pilot_card": pilot.pk,
        "card": card.pk,
        "card_voice": voice.pk,
        "asked_for": ask_for_it(version, Asker(world.joan), wish, at=NOW).pk,
        "asked_for_by_member": ask_for_it(version, Asker(user=world.member), wish, at=NOW).pk,
    }


def _check_ins(world: World) -> dict[str, Any]:
    """One by name, over and answered; one anonymous, open, with a place to answer."""
    then = {"initiative": world.initiative, "by": world.lead, "made_at": NOW, "opened_at": NOW}
    over = {"closed_at": NOW, "answered_at": NOW, "closes_on": NOW.date()}
    closed = CheckIn.objects.create(**then, **over, is_anonymous=False, asked_count=1)
    closed.asked.add(world.joan)
    open_one = CheckIn.objects.create(**then, closes_on=NOW.date() + timedelta(days=7))
    secret = check_ins.lay_slots(open_one, 1, at=NOW)[0]
    return {"check_in": open_one.pk, "check_in_over": closed.pk, "answer_link": secret}


def _introduced(world: World) -> int:
    """Joan's side of one she and Sam were offered."""
    low, high = sorted((world.joan, world.sam), key=lambda one: one.pk)
    match = Match(low, high, why="same_words")
    row = introducing.offer(match, by_mail=False, by=world.lead, at=NOW).introduction
    return row.sides.get(participation=world.joan).pk


def _spaces(world: World) -> dict[str, Any]:
    """One with names, and one without."""
    made = {"initiative": world.initiative, "by": world.lead, "made_at": NOW}
    named = Space.objects.create(**made, question="How might we?", names=True, ideas_given=2)
    unnamed = Space.objects.create(**made, question="What holds us up?", names=False, ideas_given=1)
    idea, own = an_idea_of(named, world.sam, "Paint it"), an_idea_of(named, world.joan, "Two lines")
    hidden = an_idea_of(unnamed, None, "Nobody knows whose")
    merge = Merge.objects.create(kept=idea, joined=own, by=world.lead, at=NOW)
    return {
        "space": named.pk,
        "space_unnamed": unnamed.pk,
        "space_token": spaces.token_of(unnamed),
        **_sessions(world, named, unnamed),
        "idea": idea.pk,
        "own_idea": own.pk,
        "idea_unnamed": hidden.pk,
        "merge": merge.pk,
    }


def _sessions(world: World, named: Space, unnamed: Space) -> dict[str, Any]:
    """One in each space; Joan is in that with names, somebody stands at its door."""
    session = sessions.begin_session(named, by=world.lead, at=NOW)
    nameless = sessions.begin_session(unnamed, by=world.lead, at=NOW)
    voice = speak(named, participation=world.joan, key_hash="", at=NOW)
    sessions.jot(session, voice, "A list", at=NOW)
    nobody = speak(unnamed, participation=None, key_hash="a" * 64, at=NOW)
    sessions.jot(nameless, nobody, "A list", at=NOW)
    idea = {"initiative": world.initiative, "words": "A board", "on": NOW.date()}
    return {
        "session": session.pk,
        "session_code": session.code,
        "session_unnamed": nameless.pk,
        "session_token": session_doors.token_of_session(session),
        "knock": sessions.knock(session, "k" * 64, "Sam").pk,
        "jotting": session.jottings.get().pk,
        "jotting_unnamed": nameless.jottings.get().pk,
        "session_idea": Idea.objects.create(**idea, space=named, voice=voice).pk,
        "session_idea_unnamed": Idea.objects.create(**idea, space=unnamed, voice=nobody).pk,
        "try": sessions.note_try(session, voice, "Try it", NOW.date()).pk,
        "try_unnamed": sessions.note_try(nameless, nobody, "Try it", NOW.date()).pk,
    }


def an_idea_of(space: Space, whose: Participation | None, words: str) -> Idea:
    hash_of = "" if whose else "a hash"
    voice = Voice.objects.create(space=space, participation=whose, key_hash=hash_of)
    given = {"initiative": space.initiative, "space": space, "voice": voice, "on": NOW.date()}
    return Idea.objects.create(**given, participation=whose, words=words)


def _put_to_the_vote(world: World) -> dict[str, Any]:
    """A sentence in a space of each sort, an idea that may become one, and a map."""
    named, unnamed = Space.objects.filter(initiative=world.initiative).order_by("pk")[:2]
    day = {"made_on": NOW.date(), "state": Statement.State.SHOWN}
    voice = Voice.objects.get_or_create(space=named, participation=world.joan)[0]
    OpinionMap.objects.create(space=named, version=1, made_on=NOW.date(), people=5)
    return {
        "statement": Statement.objects.create(
            space=named, voice=voice, words="Fridays stay free", **day
        ).pk,
        "statement_unnamed": Statement.objects.create(space=unnamed, words="We rest", **day).pk,
        "idea_in_space": world.initiative.ideas.create(
            words="Two on call", on=NOW.date(), space=named, voice=voice
        ).pk,
        "vote": "agree",
    }


def _of_oneself(world: World) -> dict[str, Any]:
    """A line of the lead about themselves, and what they will ask their own leader."""
    line = mirror.write_line(world.initiative, "I listen first", by=world.lead, at=NOW)
    question = mirror.plan_question("How?", NOW.date(), by=world.lead, at=NOW)
    return {"line": line.pk, "leader_question": question.pk}


def _answered(world: World) -> dict[str, Any]:
    """An input with its answer, one that waits, and a need."""
    joan, initiative = world.joan, world.initiative
    given = {"initiative": initiative, "participation": joan, "source": "noted", "at": NOW}
    done = Input.objects.create(**given, words="A year", outcome="used", answered_at=NOW)
    return {
        "input": Input.objects.create(**given, words="Two years").pk,
        "reply": Reply.objects.create(
            initiative=initiative, input=done, outcome="used", at=NOW, reached=1
        ).pk,
        "need": initiative.needs.create(words="Quiet", made_at=NOW, people_count=1).pk,
    }


def a_need_of_before(world: World) -> int:
    """Joan's, of an earlier initiative, with her yes that others may know it."""
    before = initiatives.start_initiative(
        world.workspace, title="Before", target="Rest", by=world.owner, at=NOW - timedelta(days=90)
    )
    joan = initiatives.put_on(
        before, world.joan.person, held_by=world.owner, by=world.owner, at=NOW
    )
    need = before.needs.create(words="Sleep", made_at=NOW)
    return need.named.create(participation=joan, words="Sleep", at=NOW, may_carry_at=NOW).pk


@pytest.fixture
def place(world: World) -> Place:
    return furnish(world)


type Row = tuple[set[str], dict[str, str]]


def on(**args: str) -> dict[str, str]:
    return args


INITIATIVE = on(initiative_pk="initiative")
WORKSPACE = on(pk="workspace")
JOAN = on(pk="joan")

# name: who comes in, and what stands in the address
DOORS: dict[str, Row] = {
    "pages:today": (USERS, {}),
    "pages:search": (USERS, {}),
    "pages:first": (USERS, {}),
    "pages:note_anywhere": (USERS, {}),
    "pages:example": (USERS, {}),
    "pages:export": (LEADS, INITIATIVE),
    "pages:note": (LEADS, INITIATIVE),
    "pages:people_import": (LEADS, INITIATIVE),
    "pages:overview": (LEADS, INITIATIVE),
    "pages:overview_pdf": (LEADS, INITIATIVE),
    "pages:overview_picture": (LEADS, INITIATIVE),
    "pages:sponsor": (LEADS | {"sponsor"}, INITIATIVE),
    "pages:sponsor_paper": (LEADS | {"sponsor"}, INITIATIVE),
    "pages:found": (LEADS, on(pk="talk")),
    "pages:person": (LEADS, INITIATIVE | JOAN),
    "pages:mirror": (USERS, {}),
    "pages:mirror_line_removed": ({"lead"}, on(pk="line")),  # of oneself, not even of a co-lead
    "pages:leader_question": (USERS, {}),
    "core:wording": (USERS, {}),
    "accounts:account": (USERS, {}),
    "accounts:ask_new_email": (USERS, {}),
    "accounts:new_workspace": (USERS, {}),
    "accounts:ask_sign_in_link": (EVERYONE, {}),
    "accounts:workspace": (RUN_IT, WORKSPACE),
    "standing:estimates": ({"owner"}, WORKSPACE),
    "standing:estimates_off": ({"owner"}, WORKSPACE),
    "standing:about": (EVERYONE, {}),
    "initiatives:leave": (MEMBERS, WORKSPACE),
    "accounts:members": (RUN_IT, WORKSPACE),
    "accounts:role": (RUN_IT, WORKSPACE | on(member_pk="member")),
    "initiatives:remove_member": (RUN_IT, WORKSPACE | on(member_pk="member")),
    "accounts:invites": (RUN_IT, WORKSPACE),
    "people:directory": (RUN_IT, WORKSPACE),
    "people:add": (RUN_IT, WORKSPACE),
    "people:import_begin": (RUN_IT, WORKSPACE),
    "people:edit": (RUN_IT, on(pk="person")),
    "people:teams": (RUN_IT, WORKSPACE),
    "people:team": (RUN_IT, on(pk="team")),
    "people:team_rename": (RUN_IT, on(pk="team")),
    "people:team_move": (RUN_IT, on(pk="team")),
    "people:team_remove": (RUN_IT, on(pk="team")),
    "people:import": ({"owner"}, on(pk="import")),
    "people:import_columns": ({"owner"}, on(pk="import")),
    "people:import_confirm": ({"owner"}, on(pk="import")),
    "people:import_drop": ({"owner"}, on(pk="import")),
    "people:import_problems": ({"owner"}, on(pk="import")),
    "initiatives:initiatives": (USERS, {}),
    "initiatives:new": (USERS, {}),
    "initiatives:initiative": (ON_IT, INITIATIVE),
    "initiatives:stage": (LEADS, INITIATIVE | on(pk="stage")),
    "initiatives:stage_earlier": (LEADS, INITIATIVE | on(pk="stage")),
    "initiatives:stage_later": (LEADS, INITIATIVE | on(pk="stage")),
    "initiatives:stage_reached": (LEADS, INITIATIVE | on(pk="stage")),
    "initiatives:stage_not_reached": (LEADS, INITIATIVE | on(pk="stage")),
    "practice:try_outs": (LEADS, INITIATIVE),
    "practice:whom_it_fits": (LEADS, INITIATIVE),
    "practice:offer_try_out": (LEADS, on(participation_pk="joan")),
    "practice:try_out_withdrawn": (LEADS, on(pk="try_out")),
    "pages:mine_try_out": ({LINK}, JOAN | on(try_pk="try_out")),
    "pages:mine_try_out_answered": ({LINK}, JOAN | on(try_pk="try_out")),
    "initiatives:stage_left_out": (LEADS, INITIATIVE | on(pk="stage")),
    "initiatives:stage_not_left_out": (LEADS, INITIATIVE | on(pk="stage")),
    "initiatives:path_taken": (LEADS, INITIATIVE),
    "pages:path": (LEADS, INITIATIVE),
    "initiatives:stage_removed": (LEADS, INITIATIVE | on(pk="stage")),
    "initiatives:run_up_step": (LEADS, INITIATIVE | on(pk="run_up")),
    "initiatives:run_up_done": (LEADS, INITIATIVE | on(pk="run_up")),
    "initiatives:run_up_not_done": (LEADS, INITIATIVE | on(pk="run_up")),
    "initiatives:run_up_removed": (LEADS, INITIATIVE | on(pk="run_up")),
    "initiatives:backing": (LEADS, INITIATIVE | on(pk="backing")),
    "initiatives:backing_removed": (LEADS, INITIATIVE | on(pk="backing")),
    "initiatives:evidence": (ON_IT, INITIATIVE),
    "initiatives:new_evidence": (LEADS, INITIATIVE),
    "initiatives:evidence_one": (LEADS, INITIATIVE | on(pk="evidence")),
    "initiatives:evidence_removed": (LEADS, INITIATIVE | on(pk="evidence")),
    "initiatives:role": (LEADS, INITIATIVE | on(pk="role")),
    "initiatives:role_removed": (LEADS, INITIATIVE | on(pk="role")),
    "initiatives:why": (LEADS, INITIATIVE | JOAN),
    "pages:off": (LEADS, INITIATIVE | JOAN),
    "initiatives:glass": (RUN_IT, WORKSPACE),
    "initiatives:of_workspace": (RUN_IT, WORKSPACE),
    "initiatives:appoint": (RUN_IT, WORKSPACE | INITIATIVE),
    "listening:conversation": (LEADS, on(pk="talk")),
    "listening:worker": (EVERYONE, {}),
    "listening:listen_shell": (USERS, {}),
    "listening:listen": (LEADS, INITIATIVE),
    "listening:written": (LEADS, INITIATIVE),
    "listening:ended": (LEADS, INITIATIVE),
    "listening:brief": (LEADS, on(participation_pk="joan")),
    "listening:briefs": (LEADS, INITIATIVE),
    "listening:new_brief": (LEADS, INITIATIVE),
    "listening:group_brief": (LEADS, on(pk="brief")),
    "listening:asks": (LEADS, INITIATIVE),
    "listening:ask": (LEADS, on(participation_pk="joan")),
    "listening:ask_sent": (LEADS, on(participation_pk="joan")),
    "listening:asked": (LEADS, on(pk="ask")),
    "listening:ask_times": (LEADS, on(pk="ask")),
    "listening:withdrawn": (LEADS, on(pk="invitation")),
    "listening:large_ask": (LEADS, INITIATIVE),
    "listening:new_round": (LEADS, INITIATIVE),
    "listening:round": (LEADS, on(pk="round")),
    "listening:round_draft": (LEADS, on(pk="round")),
    "listening:round_people": (LEADS, on(pk="round")),
    "listening:round_not_heard": (LEADS, on(pk="round")),
    "listening:round_why": (LEADS, on(pk="round")),
    "listening:round_paused": (LEADS, on(pk="round")),
    "listening:round_going": (LEADS, on(pk="round")),
    "listening:round_ended": (LEADS, on(pk="round")),
    "listening:smaller": (LEADS, on(pk="large")),
    "listening:balance": (LEADS, on(pk="talk")),
    "listening:problem": (LEADS, on(pk="talk")),
    "listening:read": (LEADS, on(pk="talk")),
    "listening:recap": (LEADS, on(pk="recap")),
    "listening:recap_read": (LEADS, on(pk="recap")),
    "pages:look_back": (LEADS, on(pk="talk")),
    "pages:looked_back": (LEADS, on(pk="talk")),
    "pages:tell": (LEADS, on(pk="talk", participation_pk="joan")),
    "pages:tell_by_hand": (LEADS, on(pk="talk", participation_pk="joan")),
    "listening:question": (LEADS, on(pk="question")),
    "listening:leave_referral": (LEADS, on(pk="referral")),
    "messaging:outbox": (LEADS, INITIATIVE),
    "messaging:stop": (EVERYONE, on(secret="link")),
    "checkins:rounds": (ON_IT, INITIATIVE),
    "checkins:new": (LEADS, INITIATIVE),
    "checkins:round": (ON_IT, on(pk="check_in_over")),
    "checkins:open_link": (EVERYONE, on(secret="answer_link")),
    "checkins:answer": (set(), on(round_pk="check_in")),  # a link's own cookie opens it
    "checkins:answered": (set(), on(round_pk="check_in")),
    "promises:new": (LEADS, on(participation_pk="joan")),
    "listening:begin_step_back": (LEADS, on(participation_pk="joan")),
    "listening:step_backs": (LEADS, on(initiative_pk="initiative")),
    "listening:step_back": (LEADS, on(pk="step_back")),
    "listening:step_back_reason": (LEADS, on(pk="step_back")),
    "listening:step_back_outcome": (LEADS, on(pk="step_back")),
    "listening:step_back_told": (LEADS, on(pk="step_back")),
    "listening:step_back_dropped": (LEADS, on(pk="step_back")),
    "plans:after_step_back": (LEADS, on(pk="step_back")),
    "plans:not_changed": (LEADS, on(pk="after_step_back")),
    "promises:again_noted": (LEADS, on(pk="again")),
    "plans:new_chain": (LEADS, on(participation_pk="joan")),
    "rhythm:later": (USERS, {}),
    "rhythm:dismiss": (USERS, {}),
    "pages:open_link": (EVERYONE, on(secret="link")),
    "pages:open_link_to": (EVERYONE, on(secret="link", to="asked_path")),
    "pages:space": (EVERYONE, on(token="space_token")),
    "pages:mine_space": ({LINK}, JOAN | on(space_pk="space")),
    "ideas:spaces": (LEADS | {"contributor"}, INITIATIVE),
    "ideas:new_space": (LEADS, INITIATIVE),
    "ideas:read": (LEADS | {"contributor"}, on(pk="space")),
    "ideas:parted": (LEADS, on(pk="merge")),
    "plans:into_space": (LEADS, on(pk="input")),
    "pages:vote": (EVERYONE, on(token="space_token")),
    "pages:votes": (EVERYONE, on(token="space_token")),
    "pages:map": (EVERYONE, on(token="space_token")),
    "pages:statement_new": (EVERYONE, on(token="space_token")),
    "pages:want_word": (EVERYONE, on(token="space_token")),
    "booth:voted": (EVERYONE, on(token="space_token")),
    "pages:statement_taken_back": (EVERYONE, on(token="space_token")),
    "pages:mine_vote": ({LINK}, JOAN | on(space_pk="space")),
    "pages:mine_votes": ({LINK}, JOAN | on(space_pk="space")),
    "pages:mine_map": ({LINK}, JOAN | on(space_pk="space")),
    "pages:mine_statement_new": ({LINK}, JOAN | on(space_pk="space")),
    "pages:mine_want_word": ({LINK}, JOAN | on(space_pk="space")),
    "booth:mine_voted": ({LINK}, JOAN | on(space_pk="space")),
    "pages:mine_statement_taken_back": ({LINK}, JOAN | on(space_pk="space")),
    "ideas:brought_in": (LEADS, INITIATIVE),
    "ideas:statements": (LEADS, on(pk="space")),
    "ideas:statements_put_in": (LEADS, on(pk="space")),
    "ideas:map": (LEADS, on(pk="space")),
    "ideas:map_files": (LEADS, on(pk="space")),
    "ideas:outcome_said": (LEADS, on(pk="space")),
    "ideas:statement_shown": (LEADS, on(pk="statement")),
    "ideas:statement_hidden": (LEADS, on(pk="statement")),
    "ideas:idea_to_vote": (LEADS, on(pk="idea_in_space")),
    "pages:mine_time": ({LINK}, JOAN | on(invitation_pk="invitation", time_pk="time")),
    "listening:invitation_time": (LEADS, on(pk="invitation", time_pk="time")),
}
for _name in [
    "example_removed",
    "about",
    "decided",
    "value",
    "dates",
    "commission",
    "closed",
    "reopened",
    "stages",
    "run_up",
    "backings",
    "roles",
    "people",
    "people_add",
]:
    DOORS[f"initiatives:{_name}"] = (LEADS, INITIATIVE)
for _name in ["mirror_on", "mirror_question", "mirror_question_left"]:
    DOORS[f"pages:{_name}"] = (LEADS, INITIATIVE)
for _name in ["leader_question_one", "leader_asked", "leader_removed", "leader_calendar"]:
    DOORS[f"pages:{_name}"] = ({"lead"}, on(pk="leader_question"))
DOORS["listening:conversations"] = DOORS["promises:promises"] = (LEADS, INITIATIVE)
for _name in [
    "message",
    "withdrawn",
    "by_hand",
    "file",
    "arrived",
    "not_arrived",
    "address_works",
]:
    DOORS[f"messaging:{_name}"] = (LEADS, on(pk="message"))
for _name in ["promise", "keep", "miss", "release", "move", "tell", "take_back"]:
    DOORS[f"promises:{_name}"] = (LEADS, on(pk="promise"))

for _name in ["draft", "opened", "reminded", "dropped"]:
    DOORS[f"checkins:{_name}"] = (LEADS, on(pk="check_in"))
for _name in [
    "chain",
    "change_chain",
    "chain_told",
    "chain_said",
    "chain_read",
    "chain_dropped",
]:
    DOORS[f"plans:{_name}"] = (LEADS, on(pk="chain"))
for _name in ["needs", "gathered", "merged", "case", "case_file"]:
    DOORS[f"plans:{_name}"] = (LEADS, INITIATIVE)
for _name in ["need", "need_named", "need_split", "looked_at"]:
    DOORS[f"plans:{_name}"] = (LEADS, on(pk="need"))
DOORS["plans:part_words"] = (LEADS, on(pk="part"))
DOORS["plans:words_left"] = (LEADS, on(pk="part", quote_pk="quote"))
DOORS["plans:quote_out"] = (LEADS, on(pk="need", quote_pk="quote"))
DOORS["plans:connect"] = (ON_IT, INITIATIVE)

for _name in ["draft", "opened", "reminded", "dropped"]:
    DOORS[f"checkins:{_name}"] = (LEADS, on(pk="check_in"))
for _name in ["promise", "referral"]:
    DOORS[f"pages:mend_{_name}"] = (LEADS, on(pk=_name))
DOORS["pages:mend_need"] = (LEADS, on(pk="need_named"))

DOORS["plans:replies"] = DOORS["plans:input_new"] = (LEADS, INITIATIVE)
DOORS["plans:talk_asks"] = (LEADS, on(pk="talk"))
DOORS["plans:quote_input"] = (LEADS, on(pk="quote"))
for _name in ["input", "input_placed", "input_checked", "input_replied"]:
    DOORS[f"plans:{_name}"] = (LEADS, on(pk="input"))
for _name in ["need_reply", "need_checked", "need_replied"]:
    DOORS[f"plans:{_name}"] = (LEADS, on(pk="need"))
DOORS["plans:round_answer"] = (LEADS, on(pk="check_in_over"))
DOORS["plans:lines_taken"] = (LEADS, on(pk="check_in_over"))
DOORS["plans:reply"] = (LEADS, on(pk="reply"))
for _name in ["thread_said", "thread_read"]:
    DOORS[f"plans:{_name}"] = (LEADS, on(pk="reply", participation_pk="joan"))

for _name in [
    "said_yes",
    "said_no",
    "word_back",
    "no_chance",
    "a_chance",
    "link",
    "links_revoked",
    "told",
    "see_as",
    "own_work",
    "away",
]:
    DOORS[f"pages:{_name}"] = (LEADS, JOAN)
DOORS["pages:erase"] = (LEADS, JOAN)
DOORS["pages:taken_along"] = (LEADS, JOAN | on(named_pk="need_brought"))
DOORS["pages:away_removed"] = (LEADS, JOAN | on(away_pk="away"))
for _name in [
    "mine",
    "mine_own_work",
    "mine_estimated",
    "mine_not_estimated",
    "mine_away",
    "everything",
    "code_asked",
    "code_entered",
    "download",
    "mine_erase",
    "less",
    "less_undone",
    "say",
    "not_this",
    "not_this_undone",
    "not_at_all",
    "not_at_all_undone",
]:
    DOORS[f"pages:{_name}"] = ({LINK}, JOAN)
for _name in ["mine_again", "mine_again_answered"]:
    DOORS[f"pages:{_name}"] = ({LINK}, JOAN | on(again_pk="again"))
for _name in ["serves", "serves_mine", "serves_not_mine", "serves_corrected", "serves_answered"]:
    DOORS[f"pages:{_name}"] = ({LINK}, JOAN | on(chain_pk="chain"))
for _name in ["kept", "moved", "released", "confirmed", "not_said"]:
    DOORS[f"pages:mine_{_name}"] = ({LINK}, JOAN | on(promise_pk="promise"))
for _name in ["heard", "heard_right", "heard_corrected"]:
    DOORS[f"pages:{_name}"] = ({LINK}, JOAN | on(recap_pk="recap"))
for _name in ["quote_meant", "quote_struck", "quote_passed_on"]:
    DOORS[f"pages:{_name}"] = ({LINK}, JOAN | on(quote_pk="quote"))
for _name in ["check_in", "check_in_answered", "check_in_withdrawn"]:
    DOORS[f"pages:mine_{_name}"] = ({LINK}, JOAN | on(round_pk="check_in_over"))
for _name in ["input_meant", "input_struck", "input_passed_on"]:
    DOORS[f"pages:{_name}"] = ({LINK}, JOAN | on(input_pk="input"))
for _name in ["mine_reply", "mine_reply_said"]:
    DOORS[f"pages:{_name}"] = ({LINK}, JOAN | on(reply_pk="reply"))
for _name in ["plan", "plan_news", "plan_news_stopped", "plan_news_wanted"]:
    DOORS[f"pages:mine_{_name}"] = ({LINK}, JOAN)
for _name in ["space", "invite", "space_closed", "space_opened", "idea_given"]:
    DOORS[f"ideas:{_name}"] = (LEADS, on(pk="space"))
for _name in ["ideas:idea", "ideas:idea_built", "ideas:merged"]:
    DOORS[_name] = (LEADS, on(pk="idea"))
for _name in ["plans:idea_became", "plans:idea_taken_up"]:
    DOORS[_name] = (LEADS, on(pk="idea"))
IN_SPACE, UNNAMED = JOAN | on(space_pk="space"), on(token="space_token")
for _name in ["ideas", "idea_given", "own_ideas"]:
    DOORS[f"pages:mine_{_name}"] = ({LINK}, IN_SPACE)
    DOORS[f"pages:{_name}"] = (EVERYONE, UNNAMED)
for _name in ["idea", "idea_built", "idea_supported", "idea_support_taken_back"]:
    DOORS[f"pages:mine_{_name}"] = ({LINK}, IN_SPACE | on(idea_pk="idea"))
    DOORS[f"pages:{_name}"] = (EVERYONE, UNNAMED | on(idea_pk="idea_unnamed"))
for _name in ["idea_change", "idea_taken_back"]:  # of the same browser alone
    DOORS[f"pages:mine_{_name}"] = ({LINK}, IN_SPACE | on(idea_pk="own_idea"))
    DOORS[f"pages:{_name}"] = (set(), UNNAMED | on(idea_pk="idea_unnamed"))
DOORS["pages:mine_not_same"] = ({LINK}, IN_SPACE | on(merge_pk="merge"))
DOORS["pages:not_same"] = (set(), UNNAMED | on(merge_pk="merge"))
for _name in ["carry", "not_carried"]:
    DOORS[f"pages:{_name}"] = ({LINK}, JOAN | on(named_pk="need_named"))
DOORS["pages:mine_not_right"] = ({LINK}, JOAN | on(evidence_pk="evidence_row"))
DOORS["pages:mine_away_removed"] = ({LINK}, JOAN | on(away_pk="away"))

for _name in [
    "asked",
    "another_time",
    "written",
    "someone_else",
    "no",
    "cancelled",
    "calendar",
]:
    DOORS[f"pages:mine_{_name}"] = ({LINK}, JOAN | on(invitation_pk="invitation"))
for _name in [
    "agreed",
    "another_time",
    "suits",
    "offered",
    "moved",
    "written",
    "someone_else",
    "no",
    "cancelled",
    "held",
    "not_held",
    "calendar",
]:
    DOORS[f"listening:invitation_{_name}"] = (LEADS, on(pk="invitation"))
DOORS["listening:invitation"] = (LEADS, on(pk="invitation"))

for _name in ["plan", "glance", "measures", "versions"]:
    DOORS[f"plans:{_name}"] = (ON_IT, INITIATIVE)
DOORS["plans:version"] = (ON_IT, INITIATIVE | on(number="version"))
for _name in ["rhythm", "everyone", "new_audience", "progress"]:
    DOORS[f"rhythm:{_name}"] = (LEADS, INITIATIVE)
DOORS["rhythm:due"] = (LEADS, INITIATIVE | on(how="how"))
DOORS["rhythm:digest"] = (USERS, {})
DOORS["rhythm:digest_declined"] = (USERS, {})
for _name in ["audience", "audience_removed"]:
    DOORS[f"rhythm:{_name}"] = (LEADS, INITIATIVE | on(pk="audience"))
DOORS["rhythm:progress_sent"] = (LEADS, INITIATIVE | on(number="progress"))
for _name in ["new_part", "new_measure", "publish", "more_time"]:
    DOORS[f"plans:{_name}"] = (LEADS, INITIATIVE)
DOORS["pages:mine_voice"] = ({LINK}, JOAN | on(voice_pk="voice"))
DOORS["pages:mine_voice_answered"] = ({LINK}, JOAN | on(voice_pk="voice", state="voice_state"))
DOORS["pilots:all_cards"] = (USERS, {})
for _name in ["pilots:card", "pilots:card_asked", "pages:card_paper"]:
    DOORS[_name] = (ON_IT, on(pk="card"))
for _name in ["card_draft", "edit_card", "card_published", "card_withdrawn", "card_words"]:
    DOORS[f"pilots:{_name}"] = (LEADS, on(pk="card"))
for _name in ["card_word_asked", "card_word_removed"]:
    DOORS[f"pilots:{_name}"] = (LEADS, on(pk="card_voice"))
DOORS["pilots:new_card"] = (LEADS, on(pk="pilot_card"))
for _name in ["request", "request_pilot"]:
    DOORS[f"pilots:{_name}"] = (LEADS, on(pk="asked_for"))
DOORS["pilots:request_back"] = ({"member"}, on(pk="asked_for_by_member"))
DOORS["pilots:spread"] = (ON_IT, INITIATIVE)
for _name in ["mine_card", "mine_card_paper", "mine_card_asked"]:
    DOORS[f"pages:{_name}"] = ({LINK}, JOAN | on(card_pk="card"))
DOORS["pages:mine_request_back"] = ({LINK}, JOAN | on(request_pk="asked_for"))
DOORS["pages:mine_card_voice"] = ({LINK}, JOAN | on(voice_pk="card_voice"))
DOORS["pages:mine_card_voice_answered"] = (
    {LINK},
    JOAN | on(voice_pk="card_voice", state="voice_state"),
)
DOORS["plans:all_stories"] = (USERS, {})
DOORS["plans:stories"] = (ON_IT, INITIATIVE)
DOORS["plans:new_story"] = (LEADS, INITIATIVE)
for _name in (
    "story",
    "edit_story",
    "story_published",
    "story_back",
    "story_removed",
    "story_voices",
):
    DOORS[f"plans:{_name}"] = (LEADS, on(pk="story"))
for _name in ("voice_asked", "voice_removed"):
    DOORS[f"plans:{_name}"] = (LEADS, on(pk="voice"))
DOORS["plans:measure"] = DOORS["plans:readings_file"] = (ON_IT, on(pk="measure"))
for _name in [
    "measure_about",
    "measure_left",
    "measure_followed",
    "reading_added",
    "readings_imported",
]:
    DOORS[f"plans:{_name}"] = (LEADS, on(pk="measure"))
DOORS["plans:reading_corrected"] = (LEADS, on(pk="reading"))
for _name in ["part", "part_earlier", "part_later", "part_dropped", "part_back"]:
    DOORS[f"plans:{_name}"] = (LEADS, on(pk="part"))

# Lessons: of their leads, and on one's own page.
for _name in ["lessons", "new", "days"]:
    DOORS[f"practice:{_name}"] = (LEADS, INITIATIVE)
for _name in ["lesson", "mend", "take_back", "who_was_there", "file_added"]:
    DOORS[f"practice:{_name}"] = (LEADS, on(pk="lesson"))
for _name in ["file", "file_removed"]:
    DOORS[f"practice:{_name}"] = (LEADS, on(pk="lesson_file"))
DOORS["practice:invite"] = (LEADS, on(pk="lesson_ahead"))
OWN_LESSON = JOAN | on(lesson_pk="lesson")
for _name in ["lesson", "colleague"]:
    DOORS[f"pages:mine_{_name}"] = ({LINK}, OWN_LESSON)
DOORS["pages:mine_lesson_file"] = ({LINK}, OWN_LESSON | on(file_pk="lesson_file"))
DOORS["pages:mine_lesson_will"] = ({LINK}, JOAN | on(lesson_pk="lesson_ahead", will="will"))
DOORS["pages:mine_it_came_up"] = ({LINK}, JOAN | on(point_pk="lesson_point"))
for _name in ["came_up", "how_it_went"]:
    DOORS[f"pages:mine_{_name}"] = ({LINK}, JOAN | on(came_up_pk="came_up"))
for _name in ["follow_up", "follow_up_answered"]:
    DOORS[f"pages:mine_{_name}"] = ({LINK}, JOAN | on(follow_up_pk="follow_up"))
DOORS["pages:mine_colleague_no_more"] = ({LINK}, JOAN | on(agreement_pk="agreement"))
FOR_SAM = JOAN | on(agreement_pk="agreement_with")
DOORS["pages:for_colleague"] = ({LINK}, FOR_SAM)
DOORS["pages:told_for_colleague"] = ({LINK}, FOR_SAM | on(point_pk="lesson_point"))
# Pilots: figures for who reads the initiative, people and decisions for its leads.
DOORS["pilots:pilots"] = (ON_IT, INITIATIVE)
DOORS["pilots:pilot"] = (ON_IT, on(pk="pilot"))
DOORS["pilots:ask_first"] = (LEADS, INITIATIVE)
for _name in ["call", "call_closed", "call_mail", "call_noted"]:
    DOORS[f"pilots:{_name}"] = (LEADS, on(pk="call"))
for _name in ["volunteer_not_now", "plan_pilot"]:
    DOORS[f"pilots:{_name}"] = (LEADS, on(pk="yes"))
for _name in ["about", "started", "extended", "went_on", "stopped", "ended", "person_added"]:
    DOORS[f"pilots:pilot_{_name}"] = (LEADS, on(pk="pilot"))
DOORS["pilots:new_measure"] = (LEADS, on(pk="pilot"))
DOORS["pilots:pilot_person_removed"] = (LEADS, on(pk="pilot_person"))
for _name in [
    *("measure_about", "reading_added", "readings_sheet", "readings_file"),
    *("door", "door_opened", "door_closed"),
]:  # the file: for others, too, where five people are in it
    DOORS[f"pilots:{_name}"] = (LEADS, on(pk="pilot_measure"))
DOORS["pilots:reading_corrected"] = (LEADS, on(pk="pilot_reading"))
DOORS["pilots:came_again"] = (LEADS, on(pk="reading_came"))
DOORS["pilots:hook"] = (EVERYONE, on(address="reading_address"))  # signed, or refused
for _name in ["mine_first", "mine_first_said"]:
    DOORS[f"pages:{_name}"] = ({LINK}, JOAN)
for _name in ["mine_first_taken_back", "mine_first_passed_on"]:
    DOORS[f"pages:{_name}"] = ({LINK}, JOAN | on(said_pk="yes"))
for _name in ["mine_pilot", "mine_pilot_said"]:
    DOORS[f"pages:{_name}"] = ({LINK}, JOAN | on(pilot_pk="pilot"))

# Introductions: proposed to leads, answered on one's own page.
for _name in ["introductions", "introduction_offered", "introduction_left"]:
    DOORS[f"rhythm:{_name}"] = (LEADS, INITIATIVE)
for _name in ["introduction", "introduction_hidden"]:
    DOORS[f"pages:{_name}"] = ({LINK}, JOAN | on(side_pk="introduction"))
# Working sessions: of their leads; on phones behind three doors.
DOORS["pages:sessions"] = (LEADS, INITIATIVE)
DOORS["pages:session_begin_in"] = (LEADS, on(pk="space"))
for _name in ["screen", "now", "next", "back", "over", "more_time", "looked_at"]:
    DOORS[f"pages:session_{_name}"] = (LEADS, on(pk="session"))
for _name in ["let_in", "turned_away"]:
    DOORS[f"pages:session_{_name}"] = (LEADS, on(pk="session", knock_pk="knock"))
DOORS["pages:mine_take_on"] = ({LINK}, JOAN)
DOORS["pages:join"] = (EVERYONE, {})
DOORS["pages:join_with"] = (EVERYONE, on(code="session_code"))
DOORS["pages:session_turn"] = (EVERYONE, on(token="session_token"))
IN_SESSION: dict[str, dict[str, str]] = {
    "session": {},
    "session_sit": {},
    "session_jot": {},
    "session_take": {},
    "session_build": {"idea_pk": "session_idea"},
    "session_jotting_removed": {"jotting_pk": "jotting"},
    "session_try_removed": {"try_pk": "try"},
}
for _name, _args in IN_SESSION.items():
    DOORS[f"pages:mine_{_name}"] = (
        {LINK},
        JOAN | on(space_pk="space", session_pk="session") | _args,
    )
    # A phone that was not let in sees the door, and nothing behind it.
    DOORS[f"pages:room_{_name}"] = (EVERYONE, on(token="session_token") | _args)
    DOORS[f"pages:{_name}"] = (
        set() if _name.endswith("_removed") else EVERYONE,  # only whose browser's secret it is
        on(token="space_token", session_pk="session_unnamed")
        | {key: f"{value}_unnamed" for key, value in _args.items()},
    )
for _name in ["knock", "waiting"]:
    DOORS[f"pages:room_{_name}"] = (EVERYONE, on(token="session_token"))
# Open questions: of those who lead, of the person by their link, without names, among members.
for _name in ["topics", "new_topic"]:
    DOORS[f"ideas:{_name}"] = (LEADS, INITIATIVE)
for _name in ["topic", "topic_asked", "topic_closed", "topic_opened", "topic_replied", "alone"]:
    DOORS[f"ideas:{_name}"] = (LEADS, on(pk="topic"))
for _name in ["group", "group_named", "group_joined", "group_split"]:
    DOORS[f"ideas:{_name}"] = (LEADS, on(pk="topic_group"))
for _name in ["ideas:answer_placed", "plans:answer_became", "plans:answer_taken_up"]:
    DOORS[_name] = (LEADS, on(pk="topic_answer"))
DOORS["ideas:playbook"] = DOORS["ideas:new_member_topic"] = (USERS, {})
for _name in ["member_topic", "member_tip", "member_replied"]:
    DOORS[f"ideas:{_name}"] = (MEMBERS, on(pk="member_topic"))
for _name in ["member_topic_closed", "member_topic_opened"]:  # the owner leads one here, too
    DOORS[f"ideas:{_name}"] = (LEADS | {"owner"}, on(pk="member_topic"))
DOORS["ideas:member_tip_back"] = ({"member"}, on(pk="member_topic"))
DOORS["ideas:member_reply_back"] = ({"member"}, on(pk="member_topic", reply_pk="member_reply"))
DOORS["ideas:member_followed"] = (MEMBERS, on(pk="member_topic", state="topic_state"))
DOORS["ideas:member_helped"] = (
    MEMBERS,
    on(pk="member_topic", tip_pk="member_tip", state="topic_state"),
)
for _door, _who, _at, _kind in [
    ("mine_", {LINK}, on(pk="joan", space_pk="topic_space"), ""),
    ("", EVERYONE, on(token="topic_token"), "_unnamed"),
]:
    _nobody = {LINK} if _door else set()
    _topic = _at | on(topic_pk=f"topic{_kind}")
    _tips = _at | on(topic_pk="topic_tips")
    _answer = _topic | on(answer_pk=f"topic_answer{_kind}")
    DOORS[f"pages:{_door}topics"] = (_who, _at)
    for _name in ["topic", "topic_answered"]:
        DOORS[f"pages:{_door}{_name}"] = (_who, _topic)
    for _name in ["answer_meant", "answer_removed", "answer_passed_on"]:
        DOORS[f"pages:{_door}{_name}"] = (_nobody, _answer)
    for _name in ["tip", "tip_removed", "topic_replied"]:
        DOORS[f"pages:{_door}{_name}"] = (_nobody, _tips)
    DOORS[f"pages:{_door}tip_helped"] = (
        _nobody,
        _tips | on(tip_pk="topic_tip", state="topic_state"),
    )
    DOORS[f"pages:{_door}topic_reply_removed"] = (_nobody, _tips | on(reply_pk="topic_reply"))
    DOORS[f"pages:{_door}topic_followed"] = (_nobody, _tips | on(state="topic_state"))

# Signing in: open to all or to any user by nature; allauth guards them, tests of accounts show it.
SIGN_IN = ("account_", "mfa_", "socialaccount_", "openid_connect_")
for _name in ["moments", "new_moment", "moment_door", "begin_door", "close_door", "open_door"]:
    DOORS[f"practice:{_name}"] = (LEADS, INITIATIVE)
for _name in ["moment", "mend_moment", "stop_moment", "notice_moment"]:
    DOORS[f"practice:{_name}"] = (LEADS, on(pk="moment"))
for _name in ["seen", "nudge", "spoken", "used", "not_so"]:
    DOORS[f"practice:{_name}"] = (LEADS, on(pk="moment_seen"))
DOORS["practice:came_again"] = (LEADS, on(pk="moment_came"))
for _name in ["mine_moment", "mine_moment_went"]:
    DOORS[f"pages:{_name}"] = ({LINK}, JOAN | on(seen_pk="moment_seen"))
for _name in ["mine_moment_not_watched", "mine_moment_watched"]:
    DOORS[f"pages:{_name}"] = ({LINK}, JOAN | on(moment_pk="moment"))
for _name in ["mine_none_watched", "mine_all_watched"]:
    DOORS[f"pages:{_name}"] = ({LINK}, JOAN)
ELSEWHERE = {
    "practice:came": "signed by another system: practice/tests",
    "accounts:set_up": "ends with the first user: accounts/tests",
    "accounts:sign_in_link": "a secret of its own: accounts/tests",
    "accounts:confirm_email": "a secret of its own: accounts/tests",
    "accounts:join": "a secret of its own: accounts/tests",
    "accounts:revoke_invite": "only while it is open: accounts/tests",
}


def addresses(patterns: list[Any], space: str = "") -> Iterator[str]:
    for pattern in patterns:
        if isinstance(pattern, URLPattern):
            yield f"{space}{pattern.name}"
        elif isinstance(pattern, URLResolver):
            inner = f"{pattern.namespace}:" if pattern.namespace else space
            yield from addresses(pattern.url_patterns, inner)


ALL = sorted(set(addresses(get_resolver().url_patterns)))


def test_every_address_says_whose_it_is() -> None:
    unsaid = [name for name in ALL if name not in DOORS and name not in ELSEWHERE]
    assert [name for name in unsaid if not name.startswith(SIGN_IN)] == []


def test_no_row_outlived_its_address() -> None:
    assert sorted((DOORS.keys() | ELSEWHERE.keys()) - set(ALL)) == []


def client_of(who: str, place: Place) -> Client:
    client = Client()
    if who == LINK:
        client.get(reverse("pages:open_link", args=[place.ids["link"]]))
    elif who != ANONYMOUS:
        client.force_login(getattr(place.world, who))
    return client


def verdict(response: HttpResponse) -> str:
    if response.status_code == 302 and response.headers["Location"].startswith("/account/login/"):
        return "sign in"
    return "nothing" if response.status_code in {403, 404} else "in"


def expected(who: str, comes_in: set[str]) -> set[str]:
    if who in comes_in:
        return {"in"}
    return {"sign in", "nothing"} if who in {ANONYMOUS, LINK} else {"nothing"}


POSTED = {
    "listening:ended": {"text": ""},
    "accounts:role": {"role": "member"},
}  # what an address needs before it answers


def rolled_back(ask: Callable[[], Any]) -> Any:
    with transaction.atomic():
        response = ask()
        transaction.set_rollback(True)
    return response


@pytest.mark.parametrize("name", [name for name in ALL if name in DOORS])
def test_only_those_named_come_in(name: str, place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    # What lies behind the door is tested elsewhere, and thirty-four people take their time.
    monkeypatch.setattr("earnest.pages.views.example.actions.build_example", Mock())
    comes_in, args = DOORS[name]
    url = reverse(name, kwargs={key: place.ids[value] for key, value in args.items()})
    wrong = []
    for who in sorted(EVERYONE):
        client = client_of(who, place)
        for method in ("get", "post"):
            ask = getattr(client, method)
            response = rolled_back(partial(ask, url, POSTED.get(name, {})))
            if response.status_code == 405:
                continue  # said of the address, whoever asks: it tells nothing of what is there
            if verdict(response) not in expected(who, comes_in):
                wrong.append((who, method, response.status_code))
    assert wrong == []


STEPS = {
    "promise-late:promise": "promise",
    "question-owed:question": "question",
    "referral:referral": "referral",
    "unheard:person": "joan",
    "commission-missing:commission": "initiative",
    "run-up:run_up": "run_up",
    "notes-found:notes": "talk",
}


@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize("name", ["rhythm:later", "rhythm:dismiss"])
def test_a_step_of_somebody_elses_initiative_is_not_there(
    name: str, step: str, place: Place
) -> None:
    """The step stands in the question, not in the address: both are its door."""
    named = {"step": f"{step}:{place.ids[STEPS[step]]}", "reason": "because"}
    wrong = []
    for who in sorted(EVERYONE):
        client = client_of(who, place)
        for method in ("get", "post"):
            response = rolled_back(partial(getattr(client, method), reverse(name), named))
            if verdict(response) not in expected(who, LEADS):
                wrong.append((who, method, response.status_code))
    assert wrong == []


WRITES = ("INSERT", "UPDATE", "DELETE")


@pytest.mark.parametrize("name", [name for name in ALL if name in DOORS])
def test_looking_changes_nothing(name: str, place: Place) -> None:
    comes_in, args = DOORS[name]
    url = reverse(name, kwargs={key: place.ids[value] for key, value in args.items()})
    for who in sorted(comes_in)[:2]:
        client = client_of(who, place)
        with CaptureQueriesContext(connection) as asked:
            client.get(url)
        written = [row["sql"] for row in asked if row["sql"].lstrip().startswith(WRITES)]
        assert [sql for sql in written if "django_session" not in sql] == [], who
