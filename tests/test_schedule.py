"""The worker's clock: each sweep in its time, and one that fails harms no other."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.contrib.sessions.models import Session

from earnest.cli.doctor import check_settings, check_worker
from earnest.cli.work import LEASE, Clock
from earnest.config.schedule import SCHEDULE, Sweep

AT = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)


@pytest.mark.django_db
def test_a_sweep_runs_when_due_by_whichever_worker_comes_first() -> None:
    ran: list[datetime] = []
    sweep = Sweep("counts", lambda *, at: ran.append(at), HOUR)
    one, two = Clock("one", [sweep]), Clock("two", [sweep])
    assert one.tick(AT) == ["counts"]
    assert two.tick(AT + timedelta(minutes=59)) == []
    assert two.tick(AT + HOUR) == ["counts"]
    assert ran == [AT, AT + HOUR]


@pytest.mark.django_db
def test_a_sweep_that_fails_is_tried_again_and_the_others_run() -> None:
    def fail(*, at: datetime) -> None:
        raise RuntimeError("no luck")

    ran: list[datetime] = []
    clock = Clock(
        "one", [Sweep("bad", fail, HOUR), Sweep("good", lambda *, at: ran.append(at), HOUR)]
    )
    assert clock.tick(AT) == ["good"]
    assert clock.tick(AT + LEASE) == []
    assert ran == [AT]


@pytest.mark.django_db
def test_the_whole_schedule_runs_on_an_empty_database() -> None:
    assert Clock("one").tick(AT) == [sweep.name for sweep in SCHEDULE]


def test_every_sweep_has_a_name_of_its_own() -> None:
    assert len({sweep.name for sweep in SCHEDULE}) == len(SCHEDULE)


@pytest.mark.django_db
def test_ended_sessions_are_forgotten() -> None:
    Session.objects.create(session_key="over", session_data="", expire_date=AT - HOUR)
    Session.objects.create(session_key="live", session_data="", expire_date=AT + HOUR)
    Clock("one").tick(AT)
    assert list(Session.objects.values_list("session_key", flat=True)) == ["live"]


@pytest.mark.django_db
def test_the_doctor_hears_the_worker_and_misses_it() -> None:
    assert not check_worker(AT).ok
    Clock("one", []).pulse(AT)
    assert check_worker(AT + timedelta(seconds=30)).ok
    late = check_worker(AT + HOUR)
    assert not late.ok
    assert "earnest worker" in late.words


def test_the_doctor_asks_about_a_setting_that_nobody_reads(monkeypatch: pytest.MonkeyPatch) -> None:
    assert check_settings(AT).ok
    monkeypatch.setenv("EARNEST_DATABASE_URL", "postgres://")
    found = check_settings(AT)
    assert not found.ok
    assert "DATABASE_URL?" in found.words
