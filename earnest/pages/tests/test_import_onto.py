"""A lead brings a file of people onto their initiative."""

from __future__ import annotations

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from earnest.initiatives.models import Initiative, Role
from earnest.people.models import PeopleImport, Person
from tests.worlds import World

FILE = "name,email\nJoan Okafor,JOAN@example.org\nAda Quist,ada@example.org\nBen,ben@example.org\n"


def import_file(client: Client, world: World, text: str = FILE) -> PeopleImport:
    client.force_login(world.lead)
    upload = SimpleUploadedFile("people.csv", text.encode())
    client.post(f"/initiatives/{world.initiative.pk}/people/import/", {"file": upload})
    made = PeopleImport.objects.latest("pk")
    chosen = {f"column-{i}": field for i, field in enumerate(made.columns)}
    page = client.get(f"/imports/{made.pk}/columns/").context["form"]
    data = {
        name: page.get_initial_for_field(field, name) or "" for name, field in page.fields.items()
    }
    client.post(f"/imports/{made.pk}/columns/", {**chosen, **data})
    return made


def test_everyone_in_the_file_is_on_the_initiative_once(client: Client, world: World) -> None:
    made = import_file(client, world)
    client.post(f"/imports/{made.pk}/confirm/", {"which": "all"})
    made.refresh_from_db()
    assert (made.state, made.new, made.known) == ("done", 2, 1)
    on_it = set(world.initiative.participations.values_list("person__name", flat=True))
    assert on_it == {"Joan Okafor", "Sam Reyes", "Ada Quist", "Ben"}
    assert Initiative.objects.get(pk=world.initiative.pk).people_count == 4


def test_nothing_is_written_before_one_says_so(client: Client, world: World) -> None:
    import_file(client, world)
    assert not Person.objects.filter(name="Ada Quist").exists()


def test_who_leads_nothing_finds_no_import(client: Client, world: World) -> None:
    client.force_login(world.member)
    assert client.get(f"/initiatives/{world.initiative.pk}/people/import/").status_code == 404


def test_who_leads_it_no_more_writes_nobody(client: Client, world: World) -> None:
    made = import_file(client, world)
    Role.objects.filter(user=world.lead).update(kind="contributor")
    client.post(f"/imports/{made.pk}/confirm/", {"which": "all"})
    made.refresh_from_db()
    assert made.state == "failed"
    assert not Person.objects.filter(name="Ada Quist").exists()
    page = client.get(f"/imports/{made.pk}/").content.decode()
    assert "You do not lead this initiative any more. Nothing was imported." in page


def test_own_goals_in_a_leads_file_stay_on_the_initiative(client: Client, world: World) -> None:
    text = "name,email,own goals\nJoan Okafor,joan@example.org,Fewer nights\nAda,ada@example.org,Quiet\n"
    made = import_file(client, world, text)
    client.post(f"/imports/{made.pk}/confirm/", {"which": "all"})
    noted = world.initiative.participations.exclude(own_goals="")
    assert set(noted.values_list("person__email", "own_goals")) == {
        ("joan@example.org", "Fewer nights"),
        ("ada@example.org", "Quiet"),
    }
    assert not Person.objects.exclude(own_goals="").exists()
