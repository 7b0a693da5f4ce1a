"""Try-outs and chances on both pages; no chance yet asks for a chance, not for reasons (0.2, 0.7)."""

from __future__ import annotations

from datetime import timedelta

from django.test import Client

from earnest.initiatives import actions as initiatives
from earnest.pages.erasure import erase_from_initiative
from earnest.pages.everything import everything_about
from earnest.pages.record import record_of
from earnest.practice import actions as practice
from earnest.practice.actions import tries
from earnest.practice.actions.tries import Tried
from earnest.practice.models import TryOut
from earnest.practice.tests.taught import a_lesson, first_point
from earnest.practice.tests.test_try_outs import offered
from earnest.standing import actions as standing
from earnest.standing.models import Evidence
from tests.worlds import NOW, World


def chances(world: World) -> tuple[int, int, int, int]:
    found = record_of(world.joan, today=NOW.date()).practised.chances
    return found.had, found.used, found.not_used, found.unsaid


def test_offers_wishes_and_what_did_not_take_place_are_no_chances(world: World) -> None:
    row = offered(world)
    for state in ("taken", "declined", "not_held"):
        tries.answer(row, Tried(state), at=NOW)
        assert chances(world) == (0, 0, 0, 0)


def test_a_sign_nobody_can_see_breaks_no_page(world: World) -> None:
    offered(world, why="You work for\x1fan empty tray")
    (one,) = record_of(world.joan, today=NOW.date()).practised.try_outs
    assert (one.why, one.minutes) == ("You work for an empty tray", 20)


def test_chances_are_counted_from_try_outs_and_from_what_came_up(world: World) -> None:
    tries.answer(offered(world), Tried("done", "helped"), at=NOW)
    lesson = a_lesson(world, world.joan)
    row = practice.say_it_came_up(world.joan, first_point(lesson), at=NOW)
    assert chances(world) == (2, 1, 0, 1)
    said = practice.say_how_it_went(row, practice.Went("chose_not", "No time"), at=NOW)
    assert chances(world) == (2, 1, 1, 0)
    practice.say_how_it_went(said, practice.Went("not_so"), at=NOW)
    assert chances(world) == (1, 1, 0, 0)


def test_how_it_went_takes_the_mark_no_chance_yet_away(world: World) -> None:
    standing.mark_no_chance(world.joan, by=world.lead, at=NOW)
    row = practice.say_it_came_up(world.joan, first_point(a_lesson(world, world.joan)), at=NOW)
    practice.say_how_it_went(row, practice.Went("helped"), at=NOW)
    world.joan.rung.refresh_from_db()
    assert world.joan.rung.no_chance_since is None


def test_both_pages_show_the_offer_its_reason_and_the_chances(client: Client, world: World) -> None:
    tries.answer(offered(world), Tried("done", "helped", "Quicker than I thought"), at=NOW)
    client.force_login(world.lead)
    lead = client.get(world.joan.get_absolute_url()).content.decode()
    link = initiatives.make_link(world.joan, by=world.lead, at=NOW)
    theirs = Client().get(f"/p/{link}/", follow=True).content.decode()
    for html in (lead, theirs):
        assert "Pass one request on with its story" in html
        assert "You work for: an empty tray on Friday" in html
        assert "Quicker than I thought" in html
        assert "One chance came up" in html


def test_with_none_known_it_says_that_this_counts_neither_way(client: Client, world: World) -> None:
    client.force_login(world.lead)
    html = client.get(world.joan.get_absolute_url()).content.decode()
    assert "No chance yet, as far as is known. That counts neither way" in html


def test_they_answer_by_their_own_link_and_looking_says_nothing(
    client: Client, world: World
) -> None:
    row = offered(world)
    link = initiatives.make_link(world.joan, by=world.lead, at=NOW)
    client.get(f"/p/{link}/try-outs/{row.pk}/?answer=taken", follow=True)
    row.refresh_from_db()
    assert row.state == TryOut.State.OFFERED
    at = f"/mine/{world.joan.pk}/try-outs/{row.pk}/"
    assert client.post(f"{at}answered/", {"answer": "maybe"}).status_code == 400
    client.post(f"{at}answered/", {"answer": "helped", "words": "Quick"})
    row.refresh_from_db()
    assert (row.state, row.how, row.words) == ("done", "helped", "Quick")
    assert "You said: tried" in client.get(at).content.decode()


def test_no_chance_yet_leads_to_a_chance_and_rests_once_one_is_offered(
    client: Client, world: World
) -> None:
    standing.note_yes(world.joan, by=world.lead, at=NOW)
    standing.mark_no_chance(world.joan, by=world.lead, at=NOW)
    client.force_login(world.lead)
    address = f"/practice/people/{world.joan.pk}/try-out/"
    today = client.get("/").content.decode()
    assert "Offer Joan a chance to try it" in today
    assert address in today
    row = offered(world)
    TryOut.objects.filter(pk=row.pk).update(starts_at=NOW + timedelta(days=9000))
    assert "Offer Joan a chance to try it" not in client.get("/").content.decode()
    page = client.get(world.joan.get_absolute_url()).content.decode()
    assert "Offer Joan a chance to try it" not in page


def test_everything_holds_it_and_erasing_takes_it(world: World) -> None:
    tries.answer(offered(world), Tried("done", "helped", "Quick"), at=NOW)
    held = everything_about(world.joan, at=NOW)["initiative"]
    assert held["offered_to_try"][0]["words"] == "Quick"
    assert held["chances"][0]["used"] == "used"
    erase_from_initiative(world.joan, by=world.lead, at=NOW)
    assert not TryOut.objects.exists()
    assert not Evidence.objects.filter(participation_id=world.joan.pk).exists()
