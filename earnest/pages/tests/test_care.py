"""What a lead does for a person: link, first contact, see it as they do, their own work."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.timezone import now

from earnest.initiatives import access, actions
from earnest.initiatives.actions import Wish
from earnest.initiatives.models import Participation
from earnest.pages.tests.own import hear, opened
from earnest.people.models import Away
from earnest.promises import actions as promises
from earnest.promises.models import Promise
from earnest.standing.models import Evidence
from tests.worlds import World


@pytest.fixture
def lead(client: Client, world: World) -> Client:
    client.force_login(world.lead)
    return client


def test_the_link_is_shown_once_with_words_that_tell_everything(lead: Client, world: World) -> None:
    page = lead.post(f"/people/{world.joan.pk}/link/").content.decode()
    found = re.search(r"/p/([\w-]{40,})/", page)
    assert found
    assert access.participation_by_secret(found[1], at=now()) == world.joan
    for words in (
        "Never for appraisal",
        "for 6 months",
        "until 12 months after",
        "Who sees it",
        "How to object",
        "legitimate interest",
        "Questions about privacy",
        "mailto:joan%40example.org?subject=",
    ):
        assert words in page, words
    person = lead.get(f"/initiatives/{world.initiative.pk}/people/{world.joan.pk}/")
    assert found[1] not in person.content.decode()


def test_joan_knows_is_noted_once(lead: Client, world: World) -> None:
    lead.post(f"/people/{world.joan.pk}/told/")
    first = Participation.objects.get(pk=world.joan.pk).first_told_at
    lead.post(f"/people/{world.joan.pk}/told/")
    assert first
    assert Participation.objects.get(pk=world.joan.pk).first_told_at == first


def test_every_link_can_be_ended(lead: Client, world: World) -> None:
    other = Client()
    own = opened(other, world.joan)
    lead.post(f"/people/{world.joan.pk}/links/revoked/")
    assert other.get(own).status_code == 404


def test_seen_as_joan_it_is_the_same_page_and_nothing_can_be_pressed(
    lead: Client, world: World
) -> None:
    hear(world, at=now())
    theirs = Client()
    own = theirs.get(opened(theirs, world.joan)).content.decode()
    seen = lead.get(f"/people/{world.joan.pk}/see-as/").content.decode()

    def body(page: str) -> str:
        inner = page[page.index("<header") : page.index("</footer>")]
        inner = re.sub(r'<a href="/mine/\d+/asked/\d+/">', "<a>", inner)
        inner = re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", inner)
        return re.sub(
            r"<p>(<a href=\"/mine/\d+/everything/\"|<span class=\"soft\">Everything).*?</p>",
            "",
            inner,
        )

    assert body(seen) == body(own)
    assert re.search(r'<fieldset class="as-they-see" disabled>', seen)
    assert seen.index("<fieldset class=") < seen.index("<form")
    assert seen.rindex("</form>") < seen.index("</fieldset>", seen.rindex("</form>"))
    assert lead.post(f"/people/{world.joan.pk}/see-as/").status_code == 405
    assert lead.post(f"/mine/{world.joan.pk}/wants/less/").status_code == 404


def test_their_own_work_written_down_for_them(lead: Client, world: World) -> None:
    address = f"/people/{world.joan.pk}/own-work/"
    assert "can read this, and change it" in lead.get(address).content.decode()
    answer = lead.post(address, {"goals": "Fewer no-shows", "measures": ""})
    assert answer.status_code == 302
    joan = Participation.objects.get(pk=world.joan.pk)
    assert joan.own_goals == joan.own_work.goals == "Fewer no-shows"
    assert joan.person.own_goals == ""  # other initiatives see nothing of it


def test_words_changed_meanwhile_are_not_written_over(lead: Client, world: World) -> None:
    mark = world.joan.own_work.mark
    world.joan.own_goals = "Noted by a co-lead"
    world.joan.save()
    answer = lead.post(
        f"/people/{world.joan.pk}/own-work/", {"goals": "Mine", "measures": "", "seen": mark}
    )
    page = answer.content.decode()
    assert answer.status_code == 400
    assert "Somebody changed these words" in page
    assert "Mine" in page


def test_words_in_their_own_hand_are_read_and_never_written_over(
    lead: Client, world: World
) -> None:
    theirs = Client()
    own = opened(theirs, world.joan)
    lead.post(f"/people/{world.joan.pk}/own-work/", {"goals": "As the lead heard it"})
    assert "As the lead heard it" in theirs.get(own).content.decode()
    theirs.post(f"{own}own-work/", {"goals": "Head nurse", "measures": ""})
    address = f"/people/{world.joan.pk}/own-work/"
    page = lead.get(address).content.decode()
    assert "wrote this in their own hand" in page
    assert "Head nurse" in page
    assert 'name="goals"' not in page
    answer = lead.post(address, {"goals": "OVERWRITTEN", "measures": ""})
    assert answer.status_code == 400
    assert "Only they change it" in answer.content.decode()
    joan = Participation.objects.get(pk=world.joan.pk)
    assert joan.own_work.goals == "Head nurse"
    assert joan.own_goals == ""


def test_what_one_lead_noted_another_initiative_does_not_see(client: Client, world: World) -> None:
    actions.write_own_work(
        world.joan, goals="Become head nurse", measures="", by=world.lead, at=now()
    )
    mine = actions.start_initiative(
        world.workspace, title="x", target="y", by=world.member, at=now()
    )
    client.force_login(world.member)
    client.post(
        f"/initiatives/{mine.pk}/people/add/",
        {"people": "joan@example.org", "held_by": world.member.pk},
    )
    there = mine.participations.get()
    assert there.person_id == world.joan.person_id
    page = client.get(f"/initiatives/{mine.pk}/people/{there.pk}/").content.decode()
    assert "head nurse" not in page
    assert "head nurse" not in client.get(f"/people/{there.pk}/own-work/").content.decode()
    client.post(f"/people/{there.pk}/own-work/", {"goals": "Another thing", "measures": ""})
    assert Participation.objects.get(pk=world.joan.pk).own_goals == "Become head nurse"


@pytest.mark.parametrize("wish", [Wish.NOT_THIS, Wish.NOT_AT_ALL])
def test_after_a_stop_nothing_is_written_down_for_them(
    lead: Client, world: World, wish: Wish
) -> None:
    actions.say_wish(world.joan, wish, at=now())
    for address, data in (
        ("own-work", {"goals": "wants my job", "measures": ""}),
        ("away", {"first_day": "2026-12-01", "last_day": "2026-12-02"}),
    ):
        answer = lead.post(f"/people/{world.joan.pk}/{address}/", data)
        assert answer.status_code == 400
        assert "asked to be left alone" in answer.content.decode()
    assert Participation.objects.get(pk=world.joan.pk).own_goals == ""
    assert not Away.objects.exists()


def test_after_a_stop_what_became_of_their_promise_is_theirs_to_say(
    lead: Client, world: World
) -> None:
    draft = promises.Draft("bring", "theirs", due=now().date())
    promise = promises.make_promise(world.joan, draft, by=world.lead, at=now())
    actions.say_wish(world.joan, Wish.NOT_THIS, at=now())
    for verb, data in (
        ("kept", {}),
        ("missed", {"why": "she forgot, as ever"}),
        ("released", {"why": "useless"}),
        ("moved", {"due": "2030-01-01", "why": "she was slow"}),
    ):
        page = lead.post(verb_address(promise, verb), data, follow=True).content.decode()
        assert "asked to be left alone" in page, verb
    promise.refresh_from_db()
    assert promise.state == "open"
    assert not Evidence.objects.exists()
    assert promise.events.count() == 1
    promises.keep_promise(promise, by=None, at=now())
    assert Evidence.objects.count() == 1


def verb_address(promise: Promise, verb: str) -> str:
    name = {"kept": "keep", "missed": "miss", "released": "release", "moved": "move"}[verb]
    return reverse(f"promises:{name}", args=[promise.pk])


def test_days_away_noted_by_the_lead(lead: Client, world: World) -> None:
    lead.post(
        f"/people/{world.joan.pk}/away/", {"first_day": "2026-12-01", "last_day": "2026-12-02"}
    )
    away = Away.objects.get()
    wrong = lead.post(f"/people/{world.joan.pk}/away/", {"first_day": "x", "last_day": ""})
    assert wrong.status_code == 400
    assert lead.post(f"/people/{world.sam.pk}/away/{away.pk}/removed/").status_code == 404
    lead.post(f"/people/{world.joan.pk}/away/{away.pk}/removed/")
    assert not Away.objects.exists()


@pytest.mark.parametrize(
    "verb",
    ["link", "links/revoked", "told", "see-as", "own-work", "away", "away/1/removed", "erase"],
)
@pytest.mark.parametrize("who", ["owner", "admin", "member", "sponsor", "contributor", "outsider"])
def test_only_leads_come_here(client: Client, world: World, who: str, verb: str) -> None:
    client.force_login(getattr(world, who))
    method = client.get if verb == "see-as" else client.post
    assert method(f"/people/{world.joan.pk}/{verb}/").status_code == 404


def test_breaking_the_glass_opens_the_record_and_not_the_care(client: Client, world: World) -> None:
    from earnest.initiatives.actions import break_glass  # noqa: PLC0415

    break_glass(world.joan, reason="The works council asked", by=world.owner, at=now())
    client.force_login(world.owner)
    page = client.get(f"/initiatives/{world.initiative.pk}/people/{world.joan.pk}/")
    assert page.status_code == 200
    assert "The works council asked" in page.content.decode()
    assert "Make a link" not in page.content.decode()
    assert client.get(f"/people/{world.joan.pk}/see-as/").status_code == 404
