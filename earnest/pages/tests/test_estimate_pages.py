"""The estimate on pages: the same for leads and for the person, and for nobody else."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils.timezone import now

from earnest.accounts.models import User
from earnest.initiatives.models import GlassBreak, Participation
from earnest.pages import printed
from earnest.pages.estimate import about, estimate_of
from earnest.pages.everything import everything_about
from earnest.pages.queries.overview import overview_to_print
from earnest.pages.tests.own import opened
from earnest.pages.tests.test_exporting import taken
from earnest.people.models import Person
from earnest.rhythm.queries.digest import without_their_words
from earnest.rhythm.queries.steps import steps_for
from earnest.standing import actions, estimating, queries
from earnest.standing.actions import Fact
from earnest.standing.models import Belief, Evidence
from earnest.standing.tests.test_estimates import GROUNDS
from tests.worlds import World

DAYS = 40
CARD = re.compile(r'<section class="card estimate".*?</section>', re.DOTALL)


def three_deeds(whose: Participation) -> None:
    """Enough to be estimated from, and what they said of a condition."""
    begun = now() - timedelta(days=DAYS)
    for day in range(6):
        fact = Fact("did", int(day != 2), f"promise {day}", item="kept")
        actions.record_evidence(whose, fact, at=begun + timedelta(days=5 * day))
    said = Fact("said", 2, "check-in 1", item="doable")
    actions.record_evidence(whose, said, at=begun + timedelta(days=33))


@pytest.fixture
def on(world: World) -> World:
    """The estimate on, and enough known of Joan."""
    actions.turn_on(world.workspace, GROUNDS, by=world.owner, at=now() - timedelta(days=DAYS + 1))
    three_deeds(world.joan)
    return world


def lead_sees(world: World, who: Participation, user: User | None = None) -> str:
    client = Client()
    client.force_login(user or world.lead)
    return client.get(f"/initiatives/{world.initiative.pk}/people/{who.pk}/").content.decode()


def card(page: str) -> str:
    found = CARD.search(page)
    return found.group() if found else ""


def words(html: str) -> list[str]:
    """What is read, without what one can press, and the question it is about."""
    pressed = re.sub(r"<form.*?</form>", "", html, flags=re.DOTALL)
    return re.sub(r"<[^>]+>", " ", pressed).split()


def test_while_it_is_off_no_page_speaks_of_it(world: World, client: Client) -> None:
    three_deeds(world.joan)
    lead_page = lead_sees(world, world.joan)
    assert "estimate" not in lead_page
    page = client.get(opened(client, world.joan)).content.decode()
    assert card(page) == ""
    assert "Nobody is estimated here: it is off" in page


def test_the_person_reads_the_same_words_with_the_same_reasons(on: World, client: Client) -> None:
    User.objects.filter(pk=on.lead.pk).update(time_zone=on.workspace.time_zone)  # one day for both
    theirs = words(card(client.get(opened(client, on.joan)).content.decode()))
    mine = words(card(lead_sees(on, on.joan)))
    assert len(mine) > 100
    assert theirs[: len(mine)] == mine


def test_numbers_stand_behind_why(on: World) -> None:
    before, _summary, behind = card(lead_sees(on, on.joan)).partition("<details")
    shown = re.sub(r"<svg.*?</svg>", "", before, flags=re.DOTALL)
    assert "about " in shown
    assert " in 100" not in shown
    assert " in 100" in behind


def test_the_reasons_add_up_to_the_chance(on: World) -> None:
    joan = Participation.objects.get(pk=on.joan.pk)
    found = estimate_of(joan, list(queries.record_estimated(joan.pk)), at=now())
    assert found
    assert found.known
    why = found.known.because
    total = why.start + why.drift + sum(one.change for one in why.reasons)
    assert total == pytest.approx(why.total, abs=1e-9)
    assert len(why.reasons) == 7


def test_the_page_asks_about_the_same_step_as_today(on: World) -> None:
    at = now()
    for source in ("check-in 2", "check-in 3"):
        said = Fact("said", 1, source, item="doable")
        actions.record_evidence(on.joan, said, at=at - timedelta(days=1))
    estimating.make_all_anew(on.workspace, at=at)
    joan = Participation.objects.get(pk=on.joan.pk)
    found = estimate_of(joan, list(queries.record_estimated(joan.pk)), at=at)
    assert found
    assert found.known
    assert found.known.weakest == Belief.objects.get().weakest == "doable"


def test_where_nobody_spoke_of_the_steps_it_names_none(on: World) -> None:
    Evidence.objects.filter(participation_id=on.joan.pk).exclude(kind="did", value=0).delete()
    for day in range(1, 6):
        fact = Fact("did", 0, f"missed {day}", item="kept")
        actions.record_evidence(on.joan, fact, at=now() - timedelta(days=day))
    shown = card(lead_sees(on, on.joan))
    assert "Something is still open: ask what" in shown
    assert "steps still open" not in shown


def neutral(page: str) -> str:
    """A person's page as it was sent, but for whose it is and the token of its forms."""
    return re.sub(r'name="csrfmiddlewaretoken" value="[^"]*"', "", page)


def test_no_estimate_wanted_looks_like_too_little_to_the_byte(on: World) -> None:
    Belief.objects.update(is_enough=False)
    little = neutral(lead_sees(on, on.joan))
    actions.refuse_estimate(on.joan, at=now())
    refused = neutral(lead_sees(on, on.joan))
    assert "Too little known to say" in little
    assert refused == little


def test_a_direct_report_looks_like_too_little_to_the_byte(on: World) -> None:
    boss = Person.objects.create(workspace=on.workspace, name="Lead Lead", email=on.lead.email)
    Belief.objects.update(is_enough=False)
    little = neutral(lead_sees(on, on.joan))
    Belief.objects.update(is_enough=True)
    Person.objects.filter(pk=on.joan.person_id).update(manager=boss)
    assert neutral(lead_sees(on, on.joan)) == little


def test_reading_their_page_as_them_does_not_tell_who_wants_none(on: World) -> None:
    client = Client()
    client.force_login(on.lead)
    Belief.objects.update(is_enough=False)
    little = neutral(client.get(f"/people/{on.joan.pk}/see-as/").content.decode())
    actions.refuse_estimate(on.joan, at=now())
    assert neutral(client.get(f"/people/{on.joan.pk}/see-as/").content.decode()) == little


def test_no_estimate_asks_the_same_of_the_database_whatever_the_reason(on: World) -> None:
    asked = []
    Belief.objects.update(is_enough=False)
    for _reason in range(2):
        with CaptureQueriesContext(connection) as queries_asked:
            lead_sees(on, on.joan)
        asked.append(len(queries_asked))
        actions.refuse_estimate(on.joan, at=now())
    assert asked[0] == asked[1]


def test_one_tap_on_their_page_and_there_is_none(on: World, client: Client) -> None:
    page = opened(client, on.joan)
    client.post(f"{page}estimate/not-wanted/")
    assert not Belief.objects.exists()
    assert "You chose not to be estimated" in client.get(page).content.decode()
    client.post(f"{page}estimate/wanted/")
    assert Belief.objects.filter(pk=on.joan.pk).exists()
    assert "You chose not to be estimated" not in client.get(page).content.decode()


def test_that_is_not_right_takes_it_out_at_once_for_both(on: World, client: Client) -> None:
    missed = Evidence.objects.get(participation_id=on.joan.pk, kind="did", value=0)
    before = Belief.objects.get().chance
    page = opened(client, on.joan)
    for _twice in range(2):
        client.post(f"{page}estimate/{missed.id}/not-right/")
    assert Belief.objects.get().chance > before
    assert Evidence.objects.filter(corrects=missed.id).count() == 1
    mine = lead_sees(on, on.joan)
    assert "Said that this is not right: Did not do what was due" in mine
    before_why, _summary, reasons = card(mine).partition("<details")
    assert "counted no more: Did not do what was due" in before_why
    assert "Did not do what was due" not in reasons


def test_what_was_taken_out_is_told_also_where_too_little_is_left(
    on: World, client: Client
) -> None:
    first = Evidence.objects.filter(participation_id=on.joan.pk).earliest("at")
    page = opened(client, on.joan)
    client.post(f"{page}estimate/{first.id}/not-right/")
    Belief.objects.update(is_enough=False)
    for shown in (client.get(page).content.decode(), lead_sees(on, on.joan)):
        assert "counted no more: Kept what they agreed to" in card(shown)


def test_nobody_takes_out_what_was_noted_of_somebody_else(on: World, client: Client) -> None:
    actions.note_yes(on.sam, by=on.lead, at=now())
    other = Evidence.objects.get(participation_id=on.sam.pk)
    client.post(f"{opened(client, on.joan)}estimate/{other.id}/not-right/")
    assert not Evidence.objects.filter(corrects=other.id).exists()


def test_whoever_broke_the_glass_sees_no_estimate(on: World) -> None:
    GlassBreak.objects.create(
        participation=on.joan,
        user=on.admin,
        reason="A serious one",
        at=now(),
        until=now() + timedelta(hours=1),
    )
    page = lead_sees(on, on.joan, on.admin)
    assert "A serious one" in page
    assert card(page) == ""


@pytest.mark.parametrize("who", ["sponsor", "contributor", "member", "admin", "owner"])
def test_nothing_of_it_stands_on_the_pages_of_others(on: World, who: str) -> None:
    client = Client()
    client.force_login(getattr(on, who))
    initiative = f"/initiatives/{on.initiative.pk}/"
    for path in ("/", initiative, f"{initiative}sponsor/", f"{initiative}overview/"):
        page = client.get(path).content.decode()
        assert "Estimated:" not in page
        assert card(page) == ""


def test_only_an_owner_turns_it_on_and_with_a_record(world: World, client: Client) -> None:
    page = f"/workspaces/{world.workspace.pk}/estimates/"
    today = world.workspace.day(now())
    told = {"why": "To prepare talks", "told_on": str(today), "agreement": "Agreement 12"}
    client.force_login(world.admin)
    assert client.post(page, told).status_code == 404
    client.force_login(world.owner)
    ahead = {**told, "told_on": str(today + timedelta(days=1))}
    for wrong in ({"why": ""}, {**told, "agreement": ""}, ahead):
        assert client.post(page, wrong).status_code == 400
    assert not queries.turns_of(world.workspace).exists()
    assert client.post(page, told).status_code == 302
    turn = queries.turns_of(world.workspace).get()
    assert (turn.why, turn.agreement, turn.by) == ("To prepare talks", "Agreement 12", world.owner)
    assert turn.covers_reports is False
    client.post(f"{page}off/")
    stale = client.post(f"{page}off/", {"why": "once more"}, follow=True).content.decode()
    assert "It was off already" in stale
    assert [one.is_on for one in queries.turns_of(world.workspace)] == [False, True]


def test_only_an_owner_is_shown_the_way_to_it(world: World, client: Client) -> None:
    shown = {}
    for who in (world.owner, world.admin):
        client.force_login(who)
        page = client.get(f"/workspaces/{world.workspace.pk}/").content.decode()
        shown[who] = f"/workspaces/{world.workspace.pk}/estimates/" in page
    assert shown == {world.owner: True, world.admin: False}


def test_five_at_least_are_summed_on_the_overview(on: World) -> None:
    client = Client()
    client.force_login(on.lead)
    overview = f"/initiatives/{on.initiative.pk}/overview/"
    assert "Estimated:" not in client.get(overview).content.decode()
    for n in range(4):
        person = Person.objects.create(workspace=on.workspace, name=f"Person {n}")
        three_deeds(
            on.initiative.participations.create(person=person, since=now(), held_by=on.lead)
        )
    page = client.get(overview).content.decode()
    assert "Estimated: of 5 people of whom enough is known" in page
    actions.refuse_estimate(on.joan, at=now())
    assert "Estimated:" not in client.get(overview).content.decode()


def test_files_search_and_paper_hold_nothing_of_it(on: World, client: Client) -> None:
    stored = Belief.objects.get()
    client.force_login(on.lead)
    files = "".join(taken(on, with_people=True).values())
    assert "Joan" in files
    for said in ("estimate", "chance", str(stored.chance), "steps still open"):
        assert said not in files.lower()
    found = client.get("/search/", {"q": "estimate"}).content.decode()
    assert f"/people/{on.joan.pk}/" not in found
    paper = overview_to_print(on.initiative, at=now())
    assert "estimate" not in printed.in_words(on.initiative, paper).lower()


def test_what_is_held_tells_it_to_the_person(on: World) -> None:
    joan = Participation.objects.select_related("initiative__workspace", "person").get(
        pk=on.joan.pk
    )
    held = everything_about(joan, at=now())
    assert len(held["initiative"]["estimate"]["because"]) == 7
    actions.refuse_estimate(on.joan, at=now())
    joan.person.refresh_from_db()
    held = everything_about(joan, at=now())
    assert "estimate" not in held["initiative"]
    assert held["person"]["asked_not_to_be_estimated"] is not None


def test_the_next_step_speaks_of_the_step_still_open(on: World) -> None:
    actions.note_yes(on.sam, by=on.lead, at=now())
    assert "Ask Joan how they would make it work" in _step_with(on, "doable")
    assert "Make clearer to Joan what is asked" in _step_with(on, "understands")


def test_a_mail_says_nothing_of_the_step_still_open(on: World) -> None:
    _step_with(on, "doable")
    step = next(one for one in steps_for(on.lead, at=now()) if one.rule == "word-due")
    assert step.title == "Ask Joan how they would make it work"
    assert without_their_words(step) == "A word with Joan: how does it go?"


def _step_with(world: World, weakest: str) -> str:
    """Today, half a year after the last word, with that condition open."""
    Belief.objects.filter(pk=world.joan.pk).update(weakest=weakest, is_enough=True)
    long_ago = now() - timedelta(days=180)
    Participation.objects.filter(pk=world.joan.pk).update(last_contact_at=long_ago)
    client = Client()
    client.force_login(world.lead)
    return client.get("/?all=1").content.decode()


@pytest.mark.parametrize(
    ("chance", "said"), [(0.02, "about 1 in 20"), (0.34, "about 1 in 3"), (1.0, "about 19 in 20")]
)
def test_a_chance_is_said_as_people_say_it(chance: float, said: str) -> None:
    assert about(chance) == said
