"""Ideas of a space and the plan: an idea is taken up with everybody it came from (1.14), and what
somebody said elsewhere is brought into a space as far as they pass it on (1.13).
"""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from earnest.accounts.models import User
from earnest.core import events
from earnest.ideas import actions as ideas
from earnest.ideas import queries as in_spaces
from earnest.ideas.models import Answer, Idea, Space
from earnest.initiatives.models import Initiative
from earnest.listening.models import Quote
from earnest.plans import queries
from earnest.plans.actions.deeds import gave
from earnest.plans.actions.inputs import hold, recount
from earnest.plans.models import Input
from earnest.plans.queries.inputs import ERASED


class NotPassedOn(Exception):
    """Its person keeps it for the leads: theirs to choose."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.name = name

    @property
    def sentence(self) -> str:
        return _(
            "%(name)s said this to those who lead, and has not passed it on. On their own page "
            "they can: ask them."
        ) % {"name": self.name}


class WrongSpace(Exception):
    """A space without names takes in nothing that leads to somebody."""

    @property
    def sentence(self) -> str:
        return _("A space without names takes in nothing that leads to a person. Choose another.")


@transaction.atomic
def take_idea_up(idea: Idea, *, by: User, at: datetime) -> tuple[Input, bool]:
    """A lead takes an idea of a space into the plan's inputs: it is owed an answer from now on.

    Whoever gave what it grew from, or what stands with it as one, is answered together with it, and
    named with it as far as each allows. Pressed twice it is taken once. Raises IdeaGone, AskedToStop.
    """
    hold(idea.initiative_id)
    initiative = Initiative.objects.select_related("workspace").get(pk=idea.initiative_id)
    head, new = _take(idea, initiative, None, at=at)
    for one in in_spaces.credited(idea):
        if not (one.participation and one.participation.asked_to_stop):
            _take(one, initiative, head.same_as or head, at=at)
    if idea.space_id:
        ideas.note_taken_up(idea.space_id, at=at)
    if new:
        events.record("input_taken", by=by, at=at, about=head)
        recount(initiative, at=at)
    return head, new


def _take(
    idea: Idea, initiative: Initiative, head: Input | None, *, at: datetime
) -> tuple[Input, bool]:
    """One that has an input of its own keeps it, with the answer it was given."""
    if idea.is_gone:
        raise ideas.IdeaGone
    if idea.participation and not head:
        idea.participation.refuse_if_stopped()
    given = queries.moment_of(initiative, idea.on, at)
    values = {
        "initiative": initiative,
        "participation": idea.participation,
        "source": Input.Source.IDEA,
        "words": idea.words.strip()[:2000],
        "at": given,
        "before_decision": queries.is_before_decision(initiative, idea.on),
        "passed_on": idea.passed_on,
        "same_as": head if head and not head.answered_at else None,
    }
    return Input.objects.get_or_create(idea=idea, defaults=values)


class AnswerGone(Exception):
    """Taken back meanwhile, or its time is over."""

    @property
    def sentence(self) -> str:
        return _("This answer was taken back meanwhile.")


@transaction.atomic
def take_answer_up(answer: Answer, *, by: User, at: datetime) -> tuple[Input, bool]:
    """A lead takes an answer to an open question into the plan's inputs: it is owed a reply (1.10).

    Of one without names it says no day but that of its taking: five were seen at once. Pressed twice it is taken once. Raises AnswerGone, AskedToStop.
    """
    there = _to_take(answer)
    whose, initiative = there.author, there.initiative
    if whose:
        whose.refuse_if_stopped()
    values = {
        "initiative": initiative,
        "participation": whose,
        "source": Input.Source.ANSWER,
        "words": there.words.strip()[:2000],
        "at": queries.moment_of(initiative, there.on, at) if there.topic.names else at,
        "before_decision": queries.is_before_decision(initiative, there.on),
        "passed_on": there.passing,
    }
    taken, new = Input.objects.get_or_create(answer=there, defaults=values)
    if new:
        events.record("input_taken", by=by, at=at, about=taken)
        recount(initiative, at=at)
    return taken, new


def _to_take(answer: Answer) -> Answer:
    """As it is now, held; what nobody has seen yet, or was erased, is not there to be taken."""
    hold(answer.initiative.pk)
    rows = Answer.objects.select_for_update(of=("self",)).select_related(*Answer.WHOLE)
    there = rows.filter(pk=answer.pk, shown=True).first()
    if there is None or there.words in {"", ERASED}:
        raise AnswerGone
    return there


ORIGINS = {
    Input.Source.CHECK_IN: Idea.Origin.CHECK_IN,
    Input.Source.PAGE: Idea.Origin.PAGE,
}


@transaction.atomic
def bring_into_space(taken: Input, space: Space, *, by: User, at: datetime) -> tuple[Idea, bool]:
    """What somebody said elsewhere becomes an idea of a space, in their own words.

    The words stay theirs: mended, taken back or no longer passed on, the idea follows at once.
    Pressed twice it is brought once. Raises SpaceClosed, NotPassedOn, WrongSpace, AskedToStop.
    """
    hold(taken.initiative_id)
    there = _to_bring(taken, space)
    if there.idea and there.idea.space_id:
        return there.idea, False
    idea = there.idea or _as_idea(there, space)
    idea.space, idea.passed_on = space, _passed_on(there)
    idea.save()
    Input.objects.filter(pk=there.pk).update(idea=idea)
    ideas.count_ideas(space.pk, 1)
    gave(there, at=at)
    events.record("idea_brought", by=by, at=at, about=idea)
    return idea, True


def _to_bring(taken: Input, space: Space) -> Input:
    whole = Input.objects.select_related("participation__person", "quote", "idea", "initiative")
    there = whole.select_for_update(of=("self",)).get(pk=taken.pk, erased_at=None)
    ideas.refuse_if_closed(space)
    who = there.participation
    if who is None:
        return there
    if not space.names:
        raise WrongSpace
    who.refuse_if_stopped()
    if queries.passed_on_as(there) == Quote.PassedOn.LEADS_ONLY:
        raise NotPassedOn(who.person.first_name)
    return there


def _passed_on(taken: Input) -> str:
    """Of a line that nobody is known to have written there is no name to keep back."""
    if taken.participation is None:
        return Idea.PassedOn.UNNAMED
    return queries.passed_on_as(taken)


def _as_idea(taken: Input, space: Space) -> Idea:
    workspace = taken.initiative.workspace
    return Idea(
        initiative_id=taken.initiative_id,
        participation=taken.participation,
        words=taken.words,
        on=workspace.day(taken.at),
        origin=ORIGINS.get(Input.Source(taken.source), Idea.Origin.TALK),
        space=space,
    )
