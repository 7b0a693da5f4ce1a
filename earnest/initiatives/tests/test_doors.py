"""Who sees what of an initiative; absent and forbidden look the same."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from earnest.initiatives import actions
from earnest.initiatives.models import Initiative, Participation, Role, Stage
from tests.worlds import NOW, World

LEADS = {"lead", "co_lead"}
EVERYONE = (
    "lead",
    "co_lead",
    "sponsor",
    "contributor",
    "member",
    "owner",
    "admin",
    "stranger",
    "outsider",
)
FOR_LEADS = (
    "about",
    "decided",
    "value",
    "dates",
    "commission",
    "stages",
    "run_up",
    "backings",
    "roles",
    "people",
    "people_add",
)
VERBS = ("closed", "reopened", "example_removed")


def _addresses(world: World) -> dict[str, str]:
    """Every page of an initiative that only its leads open."""
    pk = world.initiative.pk
    stage = Stage.objects.filter(initiative=world.initiative)[0]
    on = actions.add_run_up_step(
        world.initiative, on=NOW.date(), who="Night team", what="why", by=world.lead, at=NOW
    )
    backing = actions.add_backing(
        world.initiative, who="Ada", what="an hour", on=NOW.date(), by=world.lead, at=NOW
    )
    role = Role.objects.get(initiative=world.initiative, user=world.sponsor)
    simple = {name: reverse(f"initiatives:{name}", args=[pk]) for name in FOR_LEADS}
    return simple | {
        "stage": reverse("initiatives:stage", args=[pk, stage.pk]),
        "run_up_step": reverse("initiatives:run_up_step", args=[pk, on.pk]),
        "backing": reverse("initiatives:backing", args=[pk, backing.pk]),
        "role": reverse("initiatives:role", args=[pk, role.pk]),
        "why": reverse("initiatives:why", args=[pk, world.joan.pk]),
        "off": reverse("pages:off", args=[pk, world.joan.pk]),
    }


@pytest.mark.parametrize("who", EVERYONE)
def test_leads_open_every_page_and_nobody_else_any(client: Client, world: World, who: str) -> None:
    addresses = _addresses(world)
    client.force_login(getattr(world, who))
    expected = 200 if who in LEADS else 404
    for name, address in addresses.items():
        assert client.get(address).status_code == expected, name


@pytest.mark.parametrize("who", EVERYONE)
def test_the_initiative_itself_is_for_who_has_a_role(
    client: Client, world: World, who: str
) -> None:
    client.force_login(getattr(world, who))
    has_role = who in {"lead", "co_lead", "sponsor", "contributor"}
    address = reverse("initiatives:initiative", args=[world.initiative.pk])
    assert client.get(address).status_code == (200 if has_role else 404)
    Initiative.objects.update(open_to_workspace=True)
    inside = who not in {"stranger", "outsider"}
    assert client.get(address).status_code == (200 if inside else 404)


@pytest.mark.parametrize("who", [one for one in EVERYONE if one not in LEADS])
def test_nobody_but_leads_changes_anything(client: Client, world: World, who: str) -> None:
    addresses = _addresses(world)
    for verb in VERBS:
        addresses[verb] = reverse(f"initiatives:{verb}", args=[world.initiative.pk])
    client.force_login(getattr(world, who))
    for name, address in addresses.items():
        assert client.post(address, {"title": "x", "target": "y"}).status_code == 404, name
    assert Participation.objects.filter(pk=world.joan.pk).exists()


def test_who_is_not_signed_in_is_sent_to_sign_in(client: Client, world: World) -> None:
    for address in _addresses(world).values():
        assert "/account/" in client.get(address).headers["Location"]


@pytest.mark.parametrize(
    "verb",
    ["stage_earlier", "stage_later", "stage_reached", "stage_not_reached", "stage_removed"],
)
def test_no_get_changes_a_stage(client: Client, world: World, verb: str) -> None:
    client.force_login(world.lead)
    stage = Stage.objects.filter(initiative=world.initiative)[0]
    address = reverse(f"initiatives:{verb}", args=[world.initiative.pk, stage.pk])
    assert client.get(address).status_code == 405
    client.force_login(world.outsider)
    assert client.post(address).status_code == 404


def test_a_row_is_not_found_under_another_initiative(client: Client, world: World) -> None:
    mine = actions.start_initiative(
        world.workspace, title="Mine too", target="t", by=world.lead, at=NOW
    )
    client.force_login(world.lead)
    stage = Stage.objects.filter(initiative=world.initiative)[0]
    assert client.get(f"/initiatives/{mine.pk}/stages/{stage.pk}/").status_code == 404
    assert client.get(f"/initiatives/{mine.pk}/people/{world.joan.pk}/why/").status_code == 404


def test_a_huge_number_is_simply_not_there(client: Client, world: World) -> None:
    client.force_login(world.lead)
    assert client.get(f"/initiatives/{'9' * 30}/").status_code == 404
