from __future__ import annotations

import pytest
from django.test import Client

from earnest.accounts import actions as accounts
from earnest.core.models import Event
from earnest.initiatives.models import Initiative, Role
from tests.worlds import NOW, World

NEW = "/initiatives/new/"


@pytest.fixture
def as_member(client: Client, world: World) -> Client:
    client.force_login(world.member)
    return client


def test_a_member_begins_an_initiative_with_title_and_target(
    as_member: Client, world: World
) -> None:
    sent = as_member.post(NEW, {"title": "Calm Fridays", "target": "Nobody stays after six"})
    begun = Initiative.objects.get(title="Calm Fridays")
    assert sent.headers["Location"] == f"/initiatives/{begun.pk}/"
    assert begun.workspace == world.workspace
    assert begun.roles.get().user == world.member
    assert begun.roles.get().kind == Role.Kind.LEAD
    assert Event.objects.filter(action="initiative_started", object_id=begun.pk).exists()


def test_the_path_it_begins_with_is_an_offer_of_five_stages(
    as_member: Client, world: World
) -> None:
    as_member.post(NEW, {"title": "Calm Fridays", "target": "Nobody stays after six"})
    stages = Initiative.objects.get(title="Calm Fridays").stages.all()
    assert [s.name for s in stages] == ["Heard", "Shaped", "Small pilot", "Practised", "Grown"]
    assert all(s.must_be_true and s.reached_on is None for s in stages)


def test_one_may_begin_without_stages_and_take_the_path_later(
    as_member: Client, world: World
) -> None:
    words = {"title": "Calm Fridays", "target": "Nobody stays after six", "path": "none"}
    as_member.post(NEW, words)
    begun = Initiative.objects.get(title="Calm Fridays")
    assert not begun.stages.exists()
    as_member.post(f"/initiatives/{begun.pk}/stages/taken/")
    assert begun.stages.count() == 5


def test_the_target_is_asked_before_the_title(as_member: Client) -> None:
    html = as_member.get(NEW).content.decode()
    assert html.index('name="target"') < html.index('name="title"')


@pytest.mark.parametrize(
    ("title", "target", "sentence"),
    [
        ("x" * 161, "Nobody stays", "at most 160 characters"),
        ("Calm", "", "Say in one sentence what should be happening."),
        ("Calm", "   ", "Say in one sentence what should be happening."),
        ("", "Nobody stays", "Give it a short title"),
        ("Calm", "x" * 301, "at most 300 characters"),
    ],
)
def test_wrong_input_is_explained_and_what_was_typed_stays(
    as_member: Client, title: str, target: str, sentence: str
) -> None:
    before = Initiative.objects.count()
    html = as_member.post(NEW, {"title": title, "target": target}).content.decode()
    assert sentence in html
    assert title in html
    assert target in html
    assert Initiative.objects.count() == before


def test_who_is_in_several_workspaces_chooses_one(as_member: Client, world: World) -> None:
    accounts.add_member(
        world.other_workspace, world.member, role="member", by=world.outsider, at=NOW
    )
    assert 'name="workspace"' in as_member.get(NEW).content.decode()
    words = {"title": "Calm", "target": "Nobody stays"}
    assert "This field is required" in as_member.post(NEW, words).content.decode()
    as_member.post(NEW, {**words, "workspace": world.other_workspace.pk})
    assert Initiative.objects.get(title="Calm").workspace == world.other_workspace


def test_nobody_begins_one_in_a_workspace_they_are_not_in(client: Client, world: World) -> None:
    client.force_login(world.stranger)
    words = {"title": "Calm", "target": "Nobody stays", "workspace": world.workspace.pk}
    assert "you belong to none yet" in client.post(NEW, words).content.decode()
    assert not Initiative.objects.filter(title="Calm").exists()


def test_the_list_is_empty_and_says_what_to_do_first(as_member: Client) -> None:
    html = as_member.get("/initiatives/").content.decode()
    assert "Begin with one sentence" in html


def test_the_list_shows_every_role_and_what_is_open_apart(client: Client, world: World) -> None:
    client.force_login(world.sponsor)
    html = client.get("/initiatives/").content.decode()
    assert world.initiative.title in html
    assert "sponsor" in html
    client.force_login(world.member)
    assert world.initiative.title not in client.get("/initiatives/").content.decode()
    Initiative.objects.update(open_to_workspace=True)
    html = client.get("/initiatives/").content.decode()
    assert "Open to the workspace" in html
    assert world.initiative.title in html
    assert world.other_initiative.title not in html


def test_fifty_to_a_page_and_the_next_ones_by_key(as_member: Client, world: World) -> None:
    many = [
        Initiative(workspace=world.workspace, title=f"No {n:03}", target="t", made_at=NOW)
        for n in range(60)
    ]
    Initiative.objects.bulk_create(many)
    Role.objects.bulk_create(
        Role(initiative=i, user=world.member, kind="sponsor", since=NOW) for i in many
    )
    page = as_member.get("/initiatives/")
    assert [one.initiative.title for one in page.context["mine"].rows][::49] == ["No 059", "No 010"]
    assert "No 059" in page.content.decode()
    later = as_member.get("/initiatives/", {"before": page.context["mine"].next_key})
    assert [one.initiative.title for one in later.context["mine"].rows][::9] == ["No 009", "No 000"]
    assert as_member.get("/initiatives/", {"before": "9" * 40 + "x"}).status_code == 200
