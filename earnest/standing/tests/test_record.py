"""What happens becomes evidence through actions alone, and evidence moves the rung."""

from __future__ import annotations

from datetime import timedelta

from earnest.core.models import Event
from earnest.standing import actions
from earnest.standing.actions import Fact
from earnest.standing.models import Evidence, Rung
from tests.worlds import NOW, World


def rung(world: World) -> Rung:
    return Rung.objects.get(pk=world.joan.pk)


def test_a_yes_in_words_is_a_nod_and_no_more(world: World) -> None:
    for day in range(3):
        actions.note_yes(world.joan, by=world.lead, at=NOW + timedelta(days=day))
    assert rung(world).step == Rung.Step.NODDED
    assert rung(world).since == NOW  # three yeses are one nod
    assert Evidence.objects.filter(kind="nodded", value=1).count() == 3


def test_a_reasoned_no_is_kept_with_its_reason_and_counts_as_heard(world: World) -> None:
    actions.note_no(world.joan, "we have no time before May", by=world.lead, at=NOW)
    found = rung(world)
    assert (found.step, found.reason) == (Rung.Step.NO, "we have no time before May")
    assert found.heard_at == NOW


def test_a_yes_after_a_no_lets_the_reason_go(world: World) -> None:
    actions.note_no(world.joan, "no time", by=world.lead, at=NOW)
    actions.note_yes(world.joan, by=world.lead, at=NOW + timedelta(days=9))
    assert (rung(world).step, rung(world).reason) == (Rung.Step.NODDED, "")


def test_heard_is_not_yet_a_yes(world: World) -> None:
    actions.note_heard(world.joan, at=NOW)
    assert rung(world).step == Rung.Step.UNHEARD
    assert rung(world).in_words == "heard, no yes yet"


def test_no_chance_is_a_mark_and_no_evidence(world: World) -> None:
    actions.mark_no_chance(world.joan, by=world.lead, at=NOW)
    assert rung(world).no_chance_since == NOW
    assert not Evidence.objects.exists()
    actions.clear_no_chance(world.joan, by=world.lead, at=NOW)
    assert rung(world).no_chance_since is None


def test_marking_twice_happened_once(world: World) -> None:
    for _time in range(2):
        actions.mark_no_chance(world.joan, by=world.lead, at=NOW)
    assert Event.objects.filter(action="no_chance_marked").count() == 1


def test_withdrawing_adds_rows_that_name_the_old_ones(world: World) -> None:
    actions.record_evidence(world.joan, Fact("did", 1, "promise 7", item="kept"), at=NOW)
    old = Evidence.objects.get()
    assert actions.withdraw_evidence(world.joan, "promise 7", kind="did", at=NOW) == 1
    assert actions.withdraw_evidence(world.joan, "promise 7", kind="did", at=NOW) == 0  # once
    new = Evidence.objects.exclude(id=old.id).get()
    assert (new.corrects, new.value) == (old.id, None)
    assert Evidence.objects.filter(id=old.id, value=1).exists()  # the old row stays as it was
    assert rung(world).step == Rung.Step.UNHEARD


def test_the_record_is_of_one_person_on_one_initiative(world: World) -> None:
    actions.note_yes(world.joan, by=world.lead, at=NOW)
    assert not Rung.objects.filter(pk=world.sam.pk).exists()
    row = Evidence.objects.get()
    assert (row.person_id, row.participation_id) == (world.joan.person_id, world.joan.pk)


def test_each_no_keeps_its_own_reason(world: World) -> None:
    actions.note_no(world.joan, "no time", by=world.lead, at=NOW)
    actions.note_no(world.joan, "no money", by=world.lead, at=NOW + timedelta(days=9))
    reasons = Evidence.objects.filter(kind="agreed").order_by("at").values_list("reason", flat=True)
    assert list(reasons) == ["no time", "no money"]
    assert rung(world).reason == "no money"


def test_tapped_twice_is_one_yes(world: World) -> None:
    said = [actions.note_yes(world.joan, by=world.lead, at=NOW) for _tap in range(2)]
    assert said == [True, False]
    assert Evidence.objects.count() == 1


def test_a_yes_noted_by_mistake_is_taken_back(world: World) -> None:
    actions.note_no(world.joan, "no time", by=world.lead, at=NOW)
    actions.note_yes(world.joan, by=world.lead, at=NOW + timedelta(days=1))
    assert actions.take_word_back(world.joan, by=world.lead, at=NOW + timedelta(days=1))
    assert (rung(world).step, rung(world).reason) == (Rung.Step.NO, "no time")
    assert actions.take_word_back(world.joan, by=world.lead, at=NOW + timedelta(days=1))
    assert rung(world).step == Rung.Step.UNHEARD
    assert not actions.take_word_back(world.joan, by=world.lead, at=NOW)


def test_since_follows_a_correction_that_leaves_the_rung(world: World) -> None:
    for day in (0, 5):
        fact = Fact("agreed", 1, f"promise {day}")
        actions.record_evidence(world.joan, fact, at=NOW + timedelta(days=day))
    actions.withdraw_evidence(world.joan, "promise 0", kind="agreed", at=NOW + timedelta(days=6))
    assert (rung(world).step, rung(world).since) == (Rung.Step.AGREED, NOW + timedelta(days=5))
