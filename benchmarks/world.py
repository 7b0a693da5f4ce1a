"""Builds an organisation of any size, the same one each time, as rows without the actions.

One initiative, one lead who holds most people and two co-leads. For each person about three
promises, half a conversation and twenty rows of evidence; one of them has a long record. Its days
lie around ``at``, so that some promises are due, some are late and some are not heard of.
"""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from django.db import connection, transaction
from django.db.models import Model
from uuid_utils.compat import uuid7

from benchmarks.asking import ask_everybody
from benchmarks.coming import write_moments
from benchmarks.giving import give_ideas
from benchmarks.lately import go_on
from benchmarks.planning import plan_and_answer
from benchmarks.teaching import teach
from benchmarks.together import vote_together
from earnest.accounts import actions as accounts
from earnest.accounts.models import User, Workspace
from earnest.initiatives import actions as initiatives
from earnest.initiatives.models import Commission, Initiative, Participation, Role, RunUpStep
from earnest.listening.models import (
    Conversation,
    Finding,
    Need,
    NeedNamed,
    Question,
    Quote,
    Referral,
    Seen,
)
from earnest.people.models import Away, Person, Team
from earnest.promises.models import Promise, PromiseEvent, Tally
from earnest.rhythm.models import Chosen
from earnest.standing.models import Evidence, Rung

SEED = 20260301
FIRST = [
    "Ada",
    "Bas",
    "Chen",
    "Dara",
    "Elif",
    "Femi",
    "Gita",
    "Hana",
    "Ines",
    "Jonas",
    "Kaya",
    "Luca",
    "Mira",
    "Nils",
    "Oya",
    "Pavel",
]
LAST = [
    "Adeyemi",
    "Bakker",
    "Costa",
    "Demir",
    "Eriksen",
    "Fischer",
    "Garcia",
    "Haddad",
    "Ito",
    "Jansen",
    "Kaya",
    "Lund",
]
THINGS = "the draft list;two dates for a visit;the numbers of last month;an answer about the rota"
STEPS = ("unheard", "nodded", "no", "agreed", "did", "again", "fading")
STEP_WEIGHTS = (35, 15, 5, 15, 15, 10, 5)
DID = {"did", "again", "fading"}
STATES = ("kept", "missed", "released", "open")
STATE_WEIGHTS = (70, 8, 5, 17)
PER_PERSON = {"promises": 3, "evidence": 20}
LONG = {"promises": 40, "evidence": 60}  # of the one person with a long record
BATCH = 5000


@dataclass
class World:
    """What the pages are asked for."""

    workspace: Workspace
    lead: User
    initiative: Initiative
    long_record: int  # keys of participations
    usual_record: int
    round: int  # keys of a listening round with everybody in it, and of its ask
    ask: int
    story: int
    step_back: int
    rows: dict[str, int] = field(default_factory=dict)
    space: int = 0
    idea: int = 0  # of a space with names
    lesson: int = 0  # at which everybody was
    moment: int = 0  # written, and one that came and waits
    moment_seen: int = 0


def build(people: int, *, at: datetime) -> World:
    """Make the whole world in one transaction."""
    with transaction.atomic():
        return Builder(people, at).build()


def settle() -> None:
    """What PostgreSQL's autovacuum does by itself within minutes."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")


class Builder:
    """Holds what every step of the building needs: the dice, the clock, who leads."""

    def __init__(self, people: int, at: datetime) -> None:
        self.people, self.at, self.today = people, at, at.date()
        self.dice = random.Random(SEED)
        self.rows: dict[str, int] = {}

    def build(self) -> World:
        self.start()
        self.everybody()
        self.conversations()
        self.promises()
        self.evidence()
        self.around()
        long, usual = self.there[0].pk, self.there[1].pk
        asked = ask_everybody(self)
        plan_and_answer(self)
        latest = go_on(self)
        space = vote_together(self)
        idea = give_ideas(self)
        return World(
            self.workspace,
            self.leads[0],
            self.initiative,
            long,
            usual,
            asked.pk,
            asked.ask_id,
            *latest,
            self.rows,
            space,
            idea,
            teach(self),
            *write_moments(self),
        )

    def start(self) -> None:
        self.leads = [
            User.objects.create(email=f"lead{n}.of.{self.people}@example.org", name=f"Lead {n}")
            for n in range(3)
        ]
        lead = self.leads[0]
        self.workspace = accounts.start_workspace("Bench", time_zone="UTC", by=lead, at=self.at)
        for other in self.leads[1:]:
            accounts.add_member(self.workspace, other, role="member", by=lead, at=self.at)
        self.initiative = initiatives.start_initiative(
            self.workspace, title="One intake", target="One owner a day", by=lead, at=self.ago(300)
        )
        for other in self.leads[1:]:
            Role.objects.create(
                initiative=self.initiative, user=other, kind="co_lead", since=self.at
            )

    def ago(self, days: int) -> datetime:
        return self.at - timedelta(days=days)

    def some_day(self, first: int, last: int) -> date:
        return self.today + timedelta(days=self.dice.randint(first, last))

    def first_lead_or_another(self, first: bool) -> User:
        """The first of each sort is the lead's, so that even a small world has every sort."""
        return self.leads[0] if first else self.dice.choices(self.leads, (8, 1, 1))[0]

    def save[M: Model](self, model: type[M], rows: Iterable[M]) -> list[M]:
        kept = list(rows)
        model._default_manager.bulk_create(kept, batch_size=BATCH)
        name = model._meta.verbose_name_plural or ""
        self.rows[str(name)] = self.rows.get(str(name), 0) + len(kept)
        return kept

    def write(self, model: type[Model], columns: str, rows: Iterable[tuple[Any, ...]]) -> None:
        """The same for the long tables, by the database's own driver: values as it takes them."""
        by_name = {one.name: one for one in model._meta.concrete_fields}
        fields = [by_name[name] for name in columns.split()]
        names = ", ".join(connection.ops.quote_name(one.column or "") for one in fields)
        marks = ", ".join(["%s"] * len(fields))
        sql = f"INSERT INTO {connection.ops.quote_name(model._meta.db_table)} ({names}) VALUES ({marks})"  # noqa: S608
        kept = list(rows)
        with connection.cursor() as cursor:
            if connection.vendor == "postgresql":
                with cursor.copy(f"COPY {model._meta.db_table} ({names}) FROM STDIN") as copy:
                    for row in kept:
                        copy.write_row(row)
            else:
                cursor.executemany(sql, kept)
        self.rows[str(model._meta.verbose_name_plural)] = len(kept)

    def moment(self, at: datetime) -> Any:
        return connection.ops.adapt_datetimefield_value(at)

    def everybody(self) -> None:
        """People in teams of a hundred at most; the lead holds eight of ten."""
        teams = [
            Team(workspace=self.workspace, name=f"Team {n:03}")
            for n in range(min(90, 1 + self.people // 100))
        ]
        self.save(Team, teams)
        persons = self.save(Person, (self.person(n, teams) for n in range(self.people)))
        self.first = persons[0]
        self.there = self.save(Participation, (self.on_it(one) for one in persons))
        self.save(Rung, (self.rung(one) for one in self.there))
        Initiative.objects.filter(pk=self.initiative.pk).update(people_count=len(self.there))

    def person(self, number: int, teams: list[Team]) -> Person:
        dice = self.dice
        return Person(
            workspace=self.workspace,
            name=f"{dice.choice(FIRST)} {dice.choice(LAST)} {number}",
            email=f"person{number}@example.org",
            job="Keeps the records in order",
            team=dice.choice(teams),
            own_goals="Fewer open cases at the end of a week",
        )

    def on_it(self, person: Person) -> Participation:
        dice = self.dice
        return Participation(
            person=person,
            initiative=self.initiative,
            held_by=self.first_lead_or_another(person == self.first),
            is_affected=dice.random() < 0.7,
            has_data=dice.random() < 0.1,
            since=self.ago(dice.randint(1, 290)),
            stopped_at=self.at if dice.random() < 0.02 else None,
        )

    def rung(self, there: Participation) -> Rung:
        step = self.dice.choices(STEPS, STEP_WEIGHTS)[0]
        since = None if step == "unheard" else self.ago(self.dice.randint(0, 200))
        return Rung(
            participation=there,
            initiative_id=self.initiative.pk,
            step=step,
            since=since,
            heard_at=since,
            **self.first_word_and_deed(step, since),
            no_chance_since=self.ago(9) if self.dice.random() < 0.02 else None,
        )

    def first_word_and_deed(self, step: str, since: datetime | None) -> dict[str, datetime | None]:
        """A yes some days before the deed; of every seventh who did it there is no yes in words."""
        did = since if step in DID else None
        said = since if step in {"nodded", "agreed"} else None
        if did and self.dice.random() < 0.85:
            said = did - timedelta(days=self.dice.randint(0, 60))
        return {"said_at": said, "did_at": did}

    def conversations(self) -> None:
        count = max(1, self.people // 2)
        self.talks = self.save(Conversation, (self.talk(first=n == 0) for n in range(count)))
        link = Conversation.people.through
        with_whom = [self.there[n * 2 % len(self.there)] for n in range(count)]
        pairs = zip(self.talks, with_whom, strict=True)
        self.save(link, [link(conversation=talk, participation=who) for talk, who in pairs])
        columns = "conversation kind start end words speaker direction whom condition standing marked state"
        self.write(Finding, columns, self.findings())
        both = list(zip(self.talks, with_whom, strict=True))
        self.save(Quote, (self.quote(*one) for one in both for _ in range(2)))
        self.save(Question, (self.question(*one) for one in both[::3]))
        self.save(Referral, (self.referral(*one) for one in both[::5]))
        self.save(Seen, (self.seen(*one) for one in both[::10]))
        needs = [
            Need(initiative=self.initiative, words=f"Need {n}", made_at=self.at) for n in range(40)
        ]
        self.save(Need, needs)
        named = (
            NeedNamed(need=self.dice.choice(needs), participation=who, at=self.at)
            for _, who in both
        )
        self.save(NeedNamed, named)

    def talk(self, *, first: bool) -> Conversation:
        return Conversation(
            initiative=self.initiative,
            by=self.first_lead_or_another(first),
            held_on=self.today if first else self.some_day(-290, 0),
            notes="We spoke about the intake.\n" * 40,
            noted_at=self.at,
        )

    def findings(self) -> Iterator[tuple[Any, ...]]:
        """Four to each conversation; what was found lately waits."""
        for talk in self.talks:
            waits = (self.today - talk.held_on).days < 3
            state = "offered" if waits else "taken"
            for start in (0, 40, 80, 120):
                place = (talk.pk, "promise", start, start + 20)
                yield (*place, "I will send it", "", "ours", "", "", False, False, state)

    def quote(self, talk: Conversation, who: Participation) -> Quote:
        return Quote(
            initiative=self.initiative,
            participation=who,
            conversation=talk,
            words="It takes me an hour to find out who owns a request.",
            said_on=talk.held_on,
        )

    def question(self, talk: Conversation, who: Participation) -> Question:
        answered = talk != self.talks[0] and self.dice.random() < 0.8
        return Question(
            initiative=self.initiative,
            participation=who,
            conversation=talk,
            words="Who decides when two teams want the same request?",
            asked_on=talk.held_on,
            answer="The owner of the day." if answered else "",
            answered_at=self.at if answered else None,
        )

    def referral(self, talk: Conversation, who: Participation) -> Referral:
        return Referral(
            initiative=self.initiative,
            named_by=who,
            name=f"Somebody Else {talk.pk}",
            why="She did this before.",
            at=self.ago(self.dice.randint(0, 200)),
            spoken_at=self.at if talk != self.talks[0] and self.dice.random() < 0.8 else None,
        )

    def seen(self, talk: Conversation, who: Participation) -> Seen:
        return Seen(participation=who, conversation=talk, words="Uses two lists.", on=talk.held_on)

    def promises(self) -> None:
        count = self.people * PER_PERSON["promises"]
        with_whom = [self.there[0]] * LONG["promises"] + [self.there[1]] * PER_PERSON["promises"]
        with_whom += [self.dice.choice(self.there) for _ in range(count - len(with_whom))]
        made = self.save(Promise, (self.promise(one) for one in with_whom))
        events = (event for one in made for event in self.happened(one))
        self.write(PromiseEvent, "promise kind at by by_person why due_after", events)
        for side in Promise.Direction:
            Tally.objects.create(
                initiative=self.initiative,
                direction=side,
                kept=sum(one.state == "kept" for one in made if one.direction == side),
                late=sum(one.kept_late for one in made if one.direction == side),
                missed=sum(one.state == "missed" for one in made if one.direction == side),
            )

    def promise(self, there: Participation) -> Promise:
        dice = self.dice
        state = dice.choices(STATES, STATE_WEIGHTS)[0]
        due = self.some_day(-30, 60) if state == "open" else self.some_day(-290, -1)
        direction = dice.choice(("ours", "theirs"))
        late = state == "open" and (self.today - due).days > 3
        made = self.ago(dice.randint(31, 300) if dice.random() < 0.98 else 0)
        return Promise(
            direction=direction,
            participation=there,
            initiative=self.initiative,
            by_id=there.held_by_id,
            words=f"Send {dice.choice(THINGS.split(';'))}",
            due=due,
            made_at=made,
            state=state,
            state_at=max(made, self.ago((self.today - due).days + dice.randint(-1, 4))),
            kept_late=state == "kept" and dice.random() < 0.2,
            untold_at=self.at if state == "open" and dice.random() < 0.01 else None,
            asked_at=self.at if late and dice.random() < 0.7 else None,
            confirmed_at=made if direction == "theirs" and dice.random() < 0.5 else None,
        )

    def happened(self, promise: Promise) -> Iterator[tuple[Any, ...]]:
        made, settled = self.moment(promise.made_at), self.moment(promise.state_at)
        due = connection.ops.adapt_datefield_value(promise.due)
        yield (promise.pk, "made", made, promise.by_id, False, "", due)
        if promise.state != "open":
            yield (promise.pk, promise.state, settled, promise.by_id, False, "", None)

    def evidence(self) -> None:
        """Long for one, the others share the rest; written as it happened, in order of time."""
        total = self.people * PER_PERSON["evidence"]
        whose = [self.there[0]] * LONG["evidence"]
        whose += [self.dice.choice(self.there) for _ in range(total - LONG["evidence"])]
        self.dice.shuffle(whose)
        columns = "person_id id participation_id initiative_id at kind item value source reason"
        facts = (self.fact(there, n / total) for n, there in enumerate(whose))
        self.write(Evidence, columns, facts)

    def fact(self, there: Participation, when: float) -> tuple[Any, ...]:
        kind, item = self.dice.choice(
            (("nodded", ""), ("agreed", ""), ("did", "kept"), ("did", "contributed"))
        )
        key = uuid7()
        return (
            there.person_id,
            key if connection.features.has_native_uuid_field else key.hex,
            there.pk,
            self.initiative.pk,
            self.moment(self.at - timedelta(days=290 * (1 - when))),
            kind,
            item,
            int(self.dice.random() < 0.85),
            "promise",
            "",
        )

    def around(self) -> None:
        """Who asked for it, the run-up, days away, and what the lead put off before."""
        Commission.objects.create(
            initiative=self.initiative, asked_by="The board", person=self.there[-1].person
        )
        steps = (
            RunUpStep(initiative=self.initiative, on=self.some_day(-5, 9), who="All", what="Why")
            for _ in range(6)
        )
        self.save(RunUpStep, steps)
        away = self.there[10::50]
        days = {"first_day": self.today, "last_day": self.today + timedelta(days=4)}
        self.save(Away, (Away(person_id=one.person_id, **days) for one in away))
        chosen = (
            self.chosen(one) for one in self.dice.sample(self.there, min(20, self.people // 10))
        )
        self.save(Chosen, chosen)

    def chosen(self, there: Participation) -> Chosen:
        step = f"unheard:person:{there.pk}"
        until = self.today + timedelta(days=7)
        return Chosen(user=self.leads[0], step=step, kind="put_off", until=until, at=self.at)
