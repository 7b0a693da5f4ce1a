"""What a sponsor sees: published figures and nothing else, and leads see the very same page."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from earnest.initiatives.models import Participation
from earnest.listening.models import Quote
from earnest.pages.erasure import take_off
from earnest.plans.actions.showing import show_inputs
from earnest.plans.models import Input
from earnest.plans.sweeps import count_inputs
from earnest.promises.models import Promise, Tally
from earnest.standing import actions as standing
from earnest.standing.models import Figure, Look
from earnest.standing.tests.crowded import EveryWeek, crowd, does, says
from tests.worlds import NOW, World

pytestmark = pytest.mark.django_db
A_WEEK = timedelta(days=7)
MONDAY = NOW + timedelta(days=3)


@pytest.fixture
def there(world: World) -> list[Participation]:
    """Two teams of twelve: three and five said yes, two did it."""
    found = crowd(world, {"South": 12, "North": 14}, at=NOW)
    says(*found["South"][:5], *found["North"][:6], at=NOW)
    does(*found["South"][:2], *found["North"][:3], at=NOW)
    standing.make_figures(world.initiative, at=NOW, draw=EveryWeek())
    return found["South"] + found["North"]


def page(world: World, who: str = "sponsor") -> str:
    client = Client()
    client.force_login(getattr(world, who))
    answer = client.get(reverse("pages:sponsor", args=[world.initiative.pk]))
    assert answer.status_code == 200
    return answer.content.decode()


def main(html: str) -> str:
    return html[html.index("<main") : html.index("</main>")]


def words(html: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", main(html)).split())


@pytest.mark.usefixtures("there")
def test_leads_see_the_same_bytes_as_the_sponsor(world: World) -> None:
    assert main(page(world)) == main(page(world, "lead")) == main(page(world, "co_lead"))


@pytest.mark.usefixtures("there")
def test_every_number_about_people_is_a_published_figure(world: World) -> None:
    told = words(page(world))
    groups = told[told.index("Did it at least once") : told.index("How these figures are made")]
    numbers = {int(one) for one in re.findall(r"\d+", groups.replace("20 Nov", ""))}
    counts = list(Figure.objects.values_list("count", "group__people"))
    sums = {sum(n for n, _all in counts[:2]), sum(n for n, _all in counts[2:]), 28}
    published = {one for row in counts for one in row}
    by_kind = [
        sum(Figure.objects.filter(kind=kind).values_list("count", flat=True))
        for kind in ("said", "did")
    ]
    assert numbers <= published | sums | set(by_kind)
    assert {5, 6, 2, 3} <= numbers


def test_what_happens_afterwards_is_not_there(world: World, there: list[Participation]) -> None:
    """Between two publications nothing on the page moves, whatever people do."""
    before = main(page(world))
    does(*there[:9], at=NOW)
    take_off(
        Participation.objects.select_related("initiative__workspace", "person").get(pk=there[3].pk),
        by=world.lead,
        at=NOW,
    )
    assert main(page(world)) == before
    standing.make_figures(world.initiative, at=NOW + A_WEEK, draw=EveryWeek())
    assert main(page(world)) != before


def test_nobodys_name_or_words_stand_on_it(world: World, there: list[Participation]) -> None:
    Quote.objects.create(
        initiative=world.initiative,
        participation=there[0],
        words="the night desk is alone with it",
        said_on=NOW.date(),
    )
    world.initiative.needs.create(words="Anna wants Fridays", made_at=NOW, people_count=9)
    told = page(world)
    names = [one.person.name for one in Participation.objects.select_related("person")]
    assert not [name for name in names if name in told]
    assert "night desk" not in told
    assert "Fridays" not in told


def test_a_need_stands_there_by_the_name_leads_gave_it_and_without_a_count(world: World) -> None:
    world.initiative.needs.create(words="Cover", made_at=NOW, people_count=37, called_at=NOW)
    told = words(page(world))
    assert "Cover no part of the plan answers it" in told
    assert "37" not in told


def test_an_empty_page_says_what_will_be_there(world: World) -> None:
    told = words(page(world))
    assert "Here will be how many said yes" in told
    assert "No measure yet" in told


def test_promises_are_counted_from_five_on(world: World) -> None:
    tally = Tally.objects.create(
        initiative=world.initiative, direction=Promise.Direction.OURS, kept=3, missed=1
    )
    assert "3 of 4" not in words(page(world))
    Tally.objects.filter(pk=tally.pk).update(kept=4, late=1)
    told = words(page(world))
    assert "4 of 5" in told
    assert "One of them after its day." in told


def give(one: Participation, **more: object) -> Input:
    return Input.objects.create(
        initiative=one.initiative, participation=one, source="noted", words="Ask us", at=NOW, **more
    )


def test_inputs_are_counted_when_five_more_people_gave_some(
    world: World, there: list[Participation]
) -> None:
    answered = {"answered_at": NOW, "outcome": "used", "days_to_answer": 3}
    for one in there[:4]:
        give(one, **answered)
        give(one)
    assert not show_inputs(world.initiative, at=MONDAY)
    assert "counted here from five people on" in words(page(world))
    give(there[4])
    assert show_inputs(world.initiative, at=MONDAY)
    told = words(page(world))
    assert "4 of 9" in told
    assert "within 3 days" in told
    Input.objects.filter(pk=give(there[5]).pk).update(at=MONDAY + A_WEEK)
    assert not show_inputs(world.initiative, at=MONDAY + 2 * A_WEEK)
    assert "4 of 9" in words(page(world))


def test_inputs_are_counted_on_mondays_alone(world: World, there: list[Participation]) -> None:
    for one in there[:6]:
        give(one)
    assert count_inputs(at=NOW) == 0
    assert count_inputs(at=MONDAY) == 1
    assert count_inputs(at=MONDAY + timedelta(hours=6)) == 0


@pytest.mark.usefixtures("there")
def test_it_can_be_had_as_a_pdf(world: World) -> None:
    client = Client()
    client.force_login(world.sponsor)
    answer = client.get(reverse("pages:sponsor_paper", args=[world.initiative.pk]))
    assert answer["Content-Type"] == "application/pdf"
    assert answer.content.startswith(b"%PDF")


@pytest.mark.usefixtures("there")
def test_the_course_over_time_is_drawn_of_published_figures(world: World) -> None:
    south = Participation.objects.filter(person__team__name="South")
    says(*south.filter(rung=None).order_by("pk")[:6], at=NOW)
    standing.make_figures(world.initiative, at=NOW + A_WEEK, draw=EveryWeek())
    told = page(world)
    assert 'class="said" points="' in told
    assert "On 20 Nov 2026 39 % had said yes and 18 % had done it." in told


def test_the_sponsor_gets_there_from_the_page_of_the_initiative(world: World) -> None:
    client = Client()
    client.force_login(world.sponsor)
    start = client.get(reverse("initiatives:initiative", args=[world.initiative.pk]))
    assert reverse("pages:sponsor", args=[world.initiative.pk]) in start.content.decode()


@pytest.mark.usefixtures("there")
def test_how_many_are_in_no_group_yet_is_a_number_from_five_on_alone(world: World) -> None:
    Look.objects.update(waiting=4)
    shown = words(page(world))
    assert "Fewer than five more are in no group yet" in shown
    assert "4 more" not in shown
    Look.objects.update(waiting=5)
    assert "5 more people are in no group yet" in words(page(world))


def rail(html: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", html[: html.index("<main")]).split())


def test_beside_it_a_sponsor_finds_all_they_may_read_and_nothing_else(world: World) -> None:
    client = Client()
    client.force_login(world.sponsor)
    shown = client.get(reverse("pages:sponsor", args=[world.initiative.pk])).content.decode()
    assert "Initiative In groups Plan Measures Pilots Check-ins Stories Search" in rail(shown)
    nav = shown[shown.index("<nav") : shown.index("</nav>")]
    for address in re.findall(r'href="(/[^"]+)"', nav):
        assert client.get(address).status_code == 200, address


def test_beside_it_somebody_who_contributes_finds_no_figures_in_groups(world: World) -> None:
    client = Client()
    client.force_login(world.contributor)
    shown = client.get(reverse("plans:plan", args=[world.initiative.pk])).content.decode()
    assert "Initiative Ideas Plan Measures Pilots Check-ins Stories Search" in rail(shown)
