"""The map of a space: made off the voter's path, from five who voted on, and shown without anybody."""

from __future__ import annotations

import io
import json
import random
import zipfile

import pytest
from django.test import Client

from earnest.engine.published import FEW, MOST, Figure, Side
from earnest.ideas import sweeps
from earnest.ideas.access import token_of
from earnest.ideas.actions import statements
from earnest.ideas.actions.bringing import bring_in
from earnest.ideas.models import OpinionMap, Space, Voter
from earnest.ideas.queries import maps as queries
from earnest.ideas.tests.voting import cast, saying, seeded, signed_in_by_link, space_of
from tests.worlds import NOW, World

pytestmark = pytest.mark.django_db


def two_camps(space: Space, world: World, people: int, *, since: int = 0) -> None:
    """Half say yes to the first ten sentences, half no; all agree with the last two."""
    dice = random.Random(since)
    rows = list(space.statements.all()) or seeded(space, 12, by=world.lead)
    for n in range(since, since + people):
        way = 1 if n % 2 else -1
        said = [way if dice.random() < 0.9 else -way for _ in rows[:10]] + [1, 1]
        cast(space, f"browser {n}", list(zip(rows, said, strict=True)))


def test_groups_what_unites_and_what_divides_are_told_of_two_camps(world: World) -> None:
    space = space_of(world, names=False)
    two_camps(space, world, 40)
    assert sweeps.renew_maps(at=NOW) == 1
    made = OpinionMap.objects.get()
    assert made.result["k"] == 2
    assert sum(made.result["sizes"]) == 40
    texts = {one.pk: one.words for one in space.statements.all()}
    assert {texts[pk] for pk in made.result["united"]} == {"Sentence 10", "Sentence 11"}
    assert texts[made.result["divided"][0]] in {f"Sentence {n}" for n in range(10)}
    assert not Voter.objects.filter(changed=True).exists()
    assert sweeps.renew_maps(at=NOW) == 0


def test_nothing_of_one_voter_is_stored_in_a_map(world: World) -> None:
    space = space_of(world, names=False)
    two_camps(space, world, 40)
    sweeps.renew_maps(at=NOW)
    stored = json.dumps(OpinionMap.objects.get().result)
    assert all(str(pk) not in stored for pk in Voter.objects.values_list("pk", flat=True))


def test_fewer_than_five_more_change_nothing_and_five_make_a_new_version(world: World) -> None:
    space = space_of(world, names=False)
    two_camps(space, world, 40)
    sweeps.renew_maps(at=NOW)
    two_camps(space, world, 4, since=40)
    assert sweeps.renew_maps(at=NOW) == 0
    two_camps(space, world, 1, since=44)
    assert sweeps.renew_maps(at=NOW) == 1
    assert list(OpinionMap.objects.values_list("version", flat=True)) == [2, 1]


def test_below_twelve_people_it_says_too_few(world: World) -> None:
    space = space_of(world, names=False)
    two_camps(space, world, 8)
    sweeps.renew_maps(at=NOW)
    made = OpinionMap.objects.get()
    assert (made.too_few, made.result["k"], made.result["figures"]) == ("people", 0, [])
    client = Client()
    client.force_login(world.lead)
    assert "Too few to say" in client.get(f"/spaces/{space.pk}/map/").text


def test_two_maps_never_tell_that_one_more_person_answered(world: World) -> None:
    """Four who answer anew and one who is new are a batch of five: counted, the one would stand out."""
    space = space_of(world, names=False)
    two_camps(space, world, 40)
    sweeps.renew_maps(at=NOW)
    lead = Client()
    lead.force_login(world.lead)
    pages, voters = [], []
    for people in (40, 41):
        OpinionMap.objects.update(people=people)
        pages.append(lead.get(f"/spaces/{space.pk}/map/").text)
        files = lead.get(f"/spaces/{space.pk}/map/files/").content
        voters.append(zipfile.ZipFile(io.BytesIO(files)).read("summary.csv"))
    assert "About 40 people answered" in pages[0]
    assert "About 40 people answered" in pages[1]
    assert voters[0] == voters[1]


def test_the_card_of_a_group_shows_its_own_share_alone(world: World) -> None:
    space = space_of(world, names=False)
    two_camps(space, world, 40)
    sweeps.renew_maps(at=NOW)
    read = queries.read_map(OpinionMap.objects.get())
    holds = [(one.number, told) for one in read.groups for told in one.holds]
    assert holds
    assert all([one.group for one in told.shares] == [number] for number, told in holds)


@pytest.mark.parametrize(
    ("figure", "words", "bar"),
    [
        (Figure(20, Side(18, MOST), Side(2, FEW)), "nearly all of 20 agree", (90, 0)),
        (Figure(20, Side(2, FEW), Side(18, MOST)), "nearly all of 20 disagree", (0, 90)),
        (Figure(5, Side(3, MOST), Side(2, FEW)), "most of 5 agree", (60, 0)),
        (Figure(5, Side(2, FEW), Side(3, MOST)), "most of 5 disagree", (0, 60)),
        (Figure(20, Side(8), Side(2, FEW)), "8 of 20 agree, few disagree", (40, 0)),
        (Figure(20, Side(2, FEW), Side(8)), "few of 20 agree, 8 disagree", (0, 40)),
        (Figure(20, Side(2, FEW), Side(2, FEW)), "few of 20 agree, few disagree", (0, 0)),
        (Figure(20, Side(8), Side(9)), "8 of 20 agree, 9 disagree", (40, 45)),
    ],
)
def test_a_figure_is_said_as_one_says_it_and_draws_nothing_that_may_be_none(
    figure: Figure, words: str, bar: tuple[int, int]
) -> None:
    share = queries.Share(0, figure)
    assert share.in_words == words
    assert (share.of_hundred, share.against_of_hundred) == bar


def brought_in(world: World, people: int) -> Space:
    """A conversation whose votes everybody may know: two camps of so many."""
    head = "comment-id,comment-body"
    votes = ["voter,statement,vote"]
    for n in range(people):
        way = 1 if n % 2 else -1
        votes += [f"{n},{one},{way if one < 10 else 1}" for one in range(12)]
    came = bring_in(
        world.initiative,
        "What is fair?",
        comments=[head, *(f"{n},Sentence {n}" for n in range(12))],
        votes=votes,
        by=world.lead,
        at=NOW,
    )
    assert came.space
    return came.space


def test_of_a_conversation_brought_in_nobody_stands_out_by_subtracting_its_files(
    world: World,
) -> None:
    """Who votes before its first map would be all that is not in the files."""
    space = brought_in(world, 20)
    cast(space, "browser", [(one, 1) for one in space.statements.all()])
    sweeps.renew_maps(at=NOW)
    assert OpinionMap.objects.get().people == 20
    assert sweeps.renew_maps(at=NOW) == 0
    two_camps(space, world, 4)
    sweeps.renew_maps(at=NOW)
    assert space.maps.get(version=2).people == 25


def test_a_few_brought_in_are_not_counted_among_those_who_vote_here(world: World) -> None:
    space = brought_in(world, 8)
    two_camps(space, world, 6)
    sweeps.renew_maps(at=NOW)
    assert (space.maps.get().people, space.maps.get().result["k"]) == (8, 0)
    two_camps(space, world, 6, since=6)
    sweeps.renew_maps(at=NOW)
    assert space.maps.latest("version").people == 12


def test_who_has_a_seat_keeps_it_when_others_come(world: World) -> None:
    space = space_of(world, names=False)
    two_camps(space, world, 40)
    sweeps.renew_maps(at=NOW)
    before = dict(Voter.objects.values_list("pk", "seat"))
    two_camps(space, world, 20, since=40)
    sweeps.renew_maps(at=NOW)
    after = dict(Voter.objects.values_list("pk", "seat"))
    assert all(after[pk] == seat for pk, seat in before.items())
    assert None not in after.values()


def test_leads_and_everyone_there_see_the_same_map_and_each_only_their_own_place(
    world: World,
) -> None:
    space = space_of(world, names=True)
    rows = seeded(space, 12, by=world.lead)
    joan = signed_in_by_link(world.joan)
    there = f"/mine/{world.joan.pk}/spaces/{space.pk}"
    for one in rows:
        joan.post(f"{there}/vote/answered/", saying(one.pk, "agree"))
    two_camps(space, world, 40)
    sweeps.renew_maps(at=NOW)
    page = joan.get(f"{there}/map/").text
    assert "Where you sit" in page
    assert "You answered 12 sentences." in page
    lead = Client()
    lead.force_login(world.lead)
    theirs = lead.get(f"/spaces/{space.pk}/map/").text
    assert "Where you sit" not in theirs
    assert "Joan" not in theirs
    for page_of in (page, theirs):
        assert "What unites everyone" in page_of
        assert "<svg" in page_of
        assert "<table>" in page_of
        assert "nan" not in page_of.lower().replace("nanum", "")


def test_a_statement_no_longer_shown_stands_apart_with_its_reason(world: World) -> None:
    space = space_of(world, names=False)
    two_camps(space, world, 40)
    sweeps.renew_maps(at=NOW)
    statements.hide(space.statements.all()[0], "It names a team", by=world.lead, at=NOW)
    lead = Client()
    lead.force_login(world.lead)
    page = lead.get(f"/spaces/{space.pk}/map/").text
    assert "It names a team" in page
    assert "1 sentence is not shown any more" in page


def test_what_is_not_shown_any_more_has_its_reason_on_the_map_and_not_its_words(
    world: World, client: Client
) -> None:
    """It may name somebody; who voted on it reads it beside their own answers."""
    space = space_of(world, names=False)
    two_camps(space, world, 20)
    sweeps.renew_maps(at=NOW)
    first = space.statements.earliest("pk")
    first.words = "The ibis keeper is late again"
    first.save()
    statements.hide(first, "It is about one person", by=world.lead, at=NOW)
    there = f"/together/{token_of(space)}/"
    page = client.get(f"{there}map/").text
    assert "It is about one person" in page
    assert "ibis" not in page
    client.cookies["voice"] = "browser 1"
    assert "ibis" in client.get(f"{there}votes/").text
