"""What the clock does, and how often. The worker runs each under a lease of its own."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from earnest.accounts import sweeps as accounts
from earnest.checkins import sweeps as checkins
from earnest.core import sweeps as core
from earnest.ideas import sweeps as ideas
from earnest.intake import sweeps as intake
from earnest.listening import sweeps as listening
from earnest.messaging import sweeps as messaging
from earnest.pages import sweeps as pages
from earnest.people import sweeps as people
from earnest.pilots import sweeps as pilots
from earnest.plans import sweeps as plans
from earnest.practice import sweeps as practice
from earnest.promises import sweeps as promises
from earnest.rhythm import sweeps as rhythm
from earnest.standing import sweeps as standing


class Run(Protocol):
    """A sweep: finds what is due at ``at`` and calls an action for each."""

    def __call__(self, *, at: datetime) -> object: ...


@dataclass(frozen=True, slots=True)
class Sweep:
    """One line of the schedule; the name is also that of its lease."""

    name: str
    run: Run
    every: timedelta


SCHEDULE: tuple[Sweep, ...] = (
    Sweep("messaging.drain", messaging.drain, timedelta(seconds=2)),
    Sweep("messaging.open_rooms", messaging.open_rooms, timedelta(minutes=15)),
    Sweep("messaging.give_rest", messaging.give_rest, timedelta(hours=1)),
    Sweep("checkins.send_sealed", checkins.send_sealed, timedelta(seconds=10)),
    Sweep("checkins.mix_slots", checkins.mix_slots, timedelta(minutes=15)),
    Sweep("checkins.close_due", checkins.close_due, timedelta(minutes=5)),
    Sweep("ideas.group_answers", ideas.group_answers, timedelta(seconds=20)),
    Sweep("ideas.tell_followers", ideas.tell_followers, timedelta(minutes=10)),
    Sweep("ideas.renew_maps", ideas.renew_maps, timedelta(minutes=1)),
    Sweep("ideas.tell_outcomes", ideas.tell_outcomes, timedelta(minutes=1)),
    Sweep("promises.ask_about_due", promises.ask_about_due, timedelta(hours=1)),
    Sweep("promises.ask_again", promises.ask_again, timedelta(hours=1)),
    Sweep("listening.forgotten_talks", listening.end_forgotten_talks, timedelta(minutes=30)),
    Sweep("intake.poll", intake.poll, timedelta(minutes=1)),
    Sweep("listening.lapse_due", listening.lapse_due, timedelta(hours=1)),
    Sweep("listening.take_back_unsent", listening.take_back_unsent, timedelta(minutes=1)),
    Sweep("listening.tell_leads", listening.tell_leads, timedelta(minutes=1)),
    Sweep("listening.rounds", listening.send_rounds, timedelta(minutes=15)),
    Sweep("standing.make_figures", standing.make_figures, timedelta(hours=1)),
    Sweep("standing.refit", standing.refit, timedelta(minutes=30)),
    Sweep("standing.forget_forbidden", standing.forget_forbidden, timedelta(minutes=1)),
    Sweep("ideas.tell_supporters", ideas.tell_supporters, timedelta(minutes=10)),
    Sweep("plans.take_up", plans.take_up, timedelta(minutes=5)),
    Sweep("plans.tell_news", plans.tell_news, timedelta(minutes=1)),
    Sweep("plans.count_inputs", plans.count_inputs, timedelta(hours=6)),
    Sweep("practice.bring_back", practice.bring_back, timedelta(hours=1)),
    Sweep("pilots.close_calls", pilots.close_calls, timedelta(hours=1)),
    Sweep("pilots.bring_parts_in", pilots.bring_parts_in, timedelta(hours=1)),
    Sweep("pilots.tell_who_asked", pilots.tell_who_asked, timedelta(minutes=5)),
    Sweep("pilots.forget_bodies", pilots.forget_bodies, timedelta(hours=6)),
    Sweep("practice.watch_words", practice.watch_words, timedelta(minutes=1)),
    Sweep("practice.watch_joining", practice.watch_joining, timedelta(minutes=5)),
    Sweep("practice.watch_days", practice.watch_days, timedelta(minutes=15)),
    Sweep("practice.leave_moments", practice.leave_moments, timedelta(minutes=1)),
    Sweep("practice.lapse_moments", practice.lapse_moments, timedelta(hours=1)),
    Sweep("practice.forget_what_came", practice.forget_what_came, timedelta(days=1)),
    Sweep("pages.end_left_sessions", pages.end_left_sessions, timedelta(minutes=15)),
    Sweep("rhythm.close_introductions", rhythm.close_introductions, timedelta(hours=6)),
    Sweep("rhythm.tell_progress", rhythm.tell_progress, timedelta(minutes=1)),
    Sweep("rhythm.send_digests", rhythm.send_digests, timedelta(minutes=5)),
    Sweep("people.stuck_imports", people.restart_stuck_imports, timedelta(minutes=5)),
    Sweep("people.old_imports", people.empty_old_imports, timedelta(hours=1)),
    Sweep("pages.keep_no_longer", pages.keep_no_longer, timedelta(hours=1)),
    Sweep("pages.store_mirrors", pages.store_mirrors, timedelta(hours=1)),
    Sweep("pages.purge_search", pages.purge_search, timedelta(days=1)),
    Sweep("pages.note_erased", pages.note_erased, timedelta(minutes=15)),
    Sweep("accounts.forget_over", accounts.forget_over, timedelta(days=1)),
    Sweep("core.write_ahead_log", core.empty_write_ahead_log, timedelta(hours=1)),
    Sweep("core.ended_sessions", core.forget_ended_sessions, timedelta(hours=6)),
    Sweep("core.finished_tasks", core.forget_finished_tasks, timedelta(days=1)),
)
