"""Needs × parts: what answers what, gaps on top; and needs merged with all that points to them."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from earnest.listening import actions as listening
from earnest.listening.models import Need
from earnest.listening.tests.needs import crowd, needs, says
from earnest.plans.actions import connecting as actions
from earnest.plans.models import Answers, Change, Input, Part, Reply, Version
from earnest.plans.queries.connecting import board_of, gaps_of
from tests.worlds import NOW, World

HOW = Answers.How


def part(world: World, title: str = "Weekend cover", **more: object) -> Part:
    row = {"why": "It helps", "made_at": NOW, "changed_at": NOW, **more}
    return Part.objects.create(initiative=world.initiative, title=title, **row)


def look(world: World, need: Need, hows: dict[int, str]) -> int:
    return actions.look_at(need, hows, by=world.lead, at=NOW)


def test_a_need_is_a_gap_until_a_part_solves_it_or_helps(world: World) -> None:
    need, cover = needs(world.joan, "Rest").need, part(world)
    assert list(gaps_of(world.initiative)) == [need]
    look(world, need, {cover.pk: HOW.NOT})
    assert list(gaps_of(world.initiative)) == [need]
    look(world, need, {cover.pk: HOW.HELPS})
    assert list(gaps_of(world.initiative)) == []
    look(world, need, {cover.pk: ""})
    assert list(gaps_of(world.initiative)) == [need]
    assert not Answers.objects.exists()


def test_a_part_that_was_dropped_answers_nothing(world: World) -> None:
    need, cover = needs(world.joan, "Rest").need, part(world)
    look(world, need, {cover.pk: HOW.SOLVES})
    Part.objects.update(dropped_at=NOW)
    assert list(gaps_of(world.initiative)) == [need]
    assert look(world, need, {cover.pk: HOW.HELPS}) == 0


def test_the_same_answer_twice_changes_nothing(world: World) -> None:
    need, cover = needs(world.joan, "Rest").need, part(world)
    assert look(world, need, {cover.pk: HOW.SOLVES}) == 1
    assert look(world, need, {cover.pk: HOW.SOLVES}) == 0


def test_parts_of_another_initiative_answer_nothing_here(world: World) -> None:
    elsewhere = part(world)
    Part.objects.update(initiative=world.other_initiative)
    assert look(world, needs(world.joan, "Rest").need, {elsewhere.pk: HOW.SOLVES}) == 0


def test_gaps_stand_on_top_most_people_first_and_parts_for_nobody_below(world: World) -> None:
    met, few, many = needs(world.joan, "A met"), needs(world.joan, "B few"), needs(world.sam, "C")
    needs(world.joan, "c")
    needs(world.sam, "a met")
    cover, _other = part(world), part(world, "Newsletter")
    look(world, met.need, {cover.pk: HOW.SOLVES})
    board = board_of(world.initiative)
    assert [row.need for row in board.rows] == [many.need, few.need, met.need]
    assert [row.is_gap for row in board.rows] == [True, True, False]
    assert [one.title for one in board.for_nobody] == ["Newsletter"]
    assert board.gaps == 2


def test_very_many_needs_are_paged_and_cost_the_same(world: World) -> None:
    cover = part(world)
    Need.objects.bulk_create(
        Need(initiative=world.initiative, words=f"Need {n:03}", made_at=NOW, people_count=n % 7)
        for n in range(120)
    )
    for need in Need.objects.filter(people_count=3):
        look(world, need, {cover.pk: HOW.SOLVES})
    seen: list[int] = []
    after = ""
    for _page in range(3):
        with CaptureQueriesContext(
            connection,
        ) as asked:
            board = board_of(world.initiative, after=after)
        assert len(asked) <= 7
        seen += [row.need.pk for row in board.rows]
        after = str(board.next_after or "")
    assert after == ""
    assert len(seen) == len(set(seen)) == 120


def merge(world: World, into: Need, other: Need) -> None:
    actions.merge_needs(into, [other, into], by=world.lead, at=NOW)


@pytest.mark.parametrize(
    ("there", "moved", "stays"),
    [
        (HOW.NOT, HOW.HELPS, HOW.HELPS),
        (HOW.SOLVES, HOW.HELPS, HOW.SOLVES),
        (HOW.HELPS, HOW.SOLVES, HOW.SOLVES),
    ],
)
def test_merged_the_stronger_answer_stays(world: World, there: str, moved: str, stays: str) -> None:
    into, other = needs(world.joan, "Rest").need, needs(world.sam, "Sleep").need
    both, alone = part(world), part(world, "Newsletter")
    look(world, into, {both.pk: there})
    look(world, other, {both.pk: moved, alone.pk: HOW.HELPS})
    merge(world, into, other)
    found = dict(Answers.objects.values_list("part__title", "how"))
    assert found == {"Weekend cover": stays, "Newsletter": HOW.HELPS}
    assert set(Answers.objects.values_list("need", flat=True)) == {into.pk}


def test_merged_inputs_replies_and_changes_point_to_what_stays(world: World) -> None:
    into, other = needs(world.joan, "Rest").need, needs(world.sam, "Sleep").need
    here = {"initiative": world.initiative, "at": NOW}
    Input.objects.create(**here, need=other, words="Sleep", source="noted")
    Reply.objects.create(**here, need=other, outcome="used")
    version = Version.objects.create(
        initiative=world.initiative, number=1, summary="First", published_at=NOW
    )
    change = Change.objects.create(version=version, title="Cover", kind="new")
    change.needs.add(other)
    merge(world, into, other)
    assert Input.objects.get().need == Reply.objects.get().need == into
    assert list(change.needs.all()) == [into]


def test_a_need_the_plan_answers_is_not_merged_away_beneath_it(world: World) -> None:
    into, other = needs(world.joan, "Rest").need, needs(world.sam, "Sleep").need
    look(world, other, {part(world).pk: HOW.SOLVES})
    with pytest.raises(listening.StillUsed):
        listening.merge(into, [other], by=world.lead, at=NOW)
    assert Need.objects.count() == 2


def test_a_need_the_plan_answers_stays_when_its_last_words_are_taken_back(world: World) -> None:
    quote = says(world.joan, "Fridays are the problem")
    need = listening.gather(
        world.initiative, [quote], "Fridays are the problem", by=world.lead, at=NOW
    )
    look(world, need, {part(world).pk: HOW.SOLVES})
    listening.strike_quote(quote, at=NOW)
    need.refresh_from_db()
    assert (need.words, need.people_count, need.quotes_count) == ("[taken back]", 0, 0)
    assert Answers.objects.exists()


def page(client: Client, world: World) -> str:
    found = client.get(f"/initiatives/{world.initiative.pk}/plan/connect/")
    assert found.status_code == 200
    return found.content.decode()


def test_a_lead_says_for_each_part_what_it_does(client: Client, world: World) -> None:
    client.force_login(world.lead)
    assert "No need was named yet" in page(client, world)
    need = needs(world.joan, "Rest").need
    assert "The plan has no part yet" in page(client, world)
    cover = part(world)
    assert "Whose need is this for?" in page(client, world)
    answer = client.post(f"/needs/{need.pk}/looked-at/", {f"part-{cover.pk}": "helps"})
    assert answer.headers["Location"].endswith(f"/plan/connect/#need-{need.pk}")
    assert "Every need is answered" in page(client, world)
    client.post(f"/needs/{need.pk}/looked-at/", {f"part-{cover.pk}": "nonsense"})
    assert Answers.objects.get().how == "helps"


def test_a_part_made_meanwhile_is_left_as_it_was(client: Client, world: World) -> None:
    client.force_login(world.lead)
    need, cover = needs(world.joan, "Rest").need, part(world)
    look(world, need, {cover.pk: HOW.SOLVES})
    client.post(f"/needs/{need.pk}/looked-at/", {})
    assert Answers.objects.get().how == "solves"


def test_others_read_names_leads_gave_and_nothing_of_fewer_than_five(
    client: Client, world: World
) -> None:
    theirs = needs(world.joan, "I am so tired").need
    for one in crowd(world, 5):
        many = needs(one, "Sleep").need
    listening.rename(many, "Rest at night", by=world.lead, at=NOW)
    few = needs(world.sam, "Quiet").need
    listening.rename(few, "A quiet room", by=world.lead, at=NOW)
    look(world, theirs, {part(world).pk: HOW.HELPS})
    client.force_login(world.contributor)
    shown = page(client, world)
    assert "Rest at night" in shown
    assert "five people or more" in shown
    assert "5 people" not in shown  # the next number would tell of one person
    assert "I am so tired" not in shown
    assert "quiet room" not in shown
    assert shown.count("connect-row") == 1
    assert "1 need is answered by no part" in shown
    assert "Joan" not in shown
    assert "<select" not in shown
    client.force_login(world.member)
    assert client.get(f"/initiatives/{world.initiative.pk}/plan/connect/").status_code == 404
