"""Writing down what one knows before one asks: each answer with its source (2.8)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from earnest.accounts.models import User
from earnest.core import events
from earnest.initiatives.models import Initiative, Participation
from earnest.listening.models import Brief, BriefAnswer
from earnest.listening.queries import briefs as queries
from earnest.people.models import Team


@dataclass(frozen=True, slots=True)
class Answered:
    """One answer: the words, where they come from, who or which document, and when."""

    words: str
    source: str = ""
    where: str = ""
    on: date | None = None


type Answers = Mapping[str, Answered]  # by topic; empty words take an answer out


class BriefThere(Exception):
    """There is a brief of this team or role already: it is changed, not written twice."""

    def __init__(self, brief: Brief) -> None:
        super().__init__(brief.pk)
        self.brief = brief


@transaction.atomic
def write_brief(participation: Participation, answers: Answers, *, by: User, at: datetime) -> None:
    """Keep what is known of one person. They can read it. Raises AskedToStop."""
    if answers:
        participation.refuse_if_stopped()
        brief, _ = Brief.objects.get_or_create(
            participation=participation,
            defaults={"initiative_id": participation.initiative_id, "made_at": at},
        )
        _write(brief, answers, by=by, at=at)


@transaction.atomic
def write_group_brief(
    initiative: Initiative,
    answers: Answers,
    *,
    by: User,
    at: datetime,
    team: Team | None = None,
    job: str = "",
) -> Brief:
    """Write once for a team, or for a role in any case, what all in it inherit. Raises BriefThere."""
    Initiative.objects.select_for_update().get(pk=initiative.pk)  # two at once: one waits
    if there := queries.brief_of_group(initiative, team=team, job=job):
        raise BriefThere(there)
    brief = Brief.objects.create(initiative=initiative, team=team, job=job, made_at=at)
    _write(brief, answers, by=by, at=at)
    return brief


@transaction.atomic
def change_group_brief(brief: Brief, answers: Answers, *, by: User, at: datetime) -> bool:
    """Change it for everyone who inherits it. False when nothing is left, and it is gone."""
    _write(brief, answers, by=by, at=at)
    return Brief.objects.filter(pk=brief.pk).exists()


def _write(brief: Brief, answers: Answers, *, by: User, at: datetime) -> None:
    for topic, answer in answers.items():
        if answer.words:
            BriefAnswer.objects.update_or_create(
                brief=brief, topic=topic, defaults={**_columns(topic, answer), "by": by, "at": at}
            )
        else:
            BriefAnswer.objects.filter(brief=brief, topic=topic).delete()
    events.record("brief_written", by=by, at=at, about=brief, detail={"answers": len(answers)})
    if not brief.answers.exists():
        brief.delete()


def _columns(topic: str, answer: Answered) -> dict[str, object]:
    """What is ours to write has no source; what is theirs has one."""
    if topic in queries.OUR_TOPICS:
        return {"words": answer.words, "source": BriefAnswer.Source.OURS, "where": "", "on": None}
    return {
        "words": answer.words,
        "source": answer.source,
        "where": answer.where,
        "on": answer.on,
    }
