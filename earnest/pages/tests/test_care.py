"""What a lead does for a person: link, first contact, see it as they do, their own work."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from django.utils.timezone import now

from earnest.initiatives import access
from earnest.initiatives.models import Participation
from earnest.pages.tests.own import hear, opened
from earnest.people.models import Away
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
    world.joan.person.refresh_from_db()
    assert world.joan.person.own_goals == "Fewer no-shows"


def test_words_changed_meanwhile_are_not_written_over(lead: Client, world: World) -> None:
    mark = world.joan.person.own_work_mark
    world.joan.person.own_goals = "Written by Joan"
    world.joan.person.save()
    answer = lead.post(
        f"/people/{world.joan.pk}/own-work/", {"goals": "Mine", "measures": "", "seen": mark}
    )
    page = answer.content.decode()
    assert answer.status_code == 400
    assert "Somebody changed these words" in page
    assert "Mine" in page


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
