"""The pages around listening: whom, the page itself, what its device sends, talks not ended."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid4

import pytest
from django.test import Client
from django.utils.timezone import now

from earnest.initiatives import actions as initiatives
from earnest.initiatives.models import Participation
from earnest.listening.models import Conversation, Sheet, Talk
from tests.worlds import World

SCRIPT = {"Accept": "application/json"}


@pytest.fixture
def lead(client: Client, world: World) -> Client:
    client.force_login(world.lead)
    return client


def at(world: World, verb: str = "") -> str:
    return f"/listen/{world.initiative.pk}/{verb}"


def sheet(*people: Participation, text: str = "words", **more: object) -> dict[str, Any]:
    keys: dict[str, Any] = {
        "talk": str(UUID(int=1)),
        "tab": str(UUID(int=2)),
        "revision": 1,
        "text": text,
    }
    return {**keys, "with": [one.pk for one in people], **more}


def write(lead: Client, world: World, **more: Any) -> dict[str, Any]:
    answer = lead.post(at(world, "written/"), sheet(world.joan, **more), headers=SCRIPT)
    return {"status": answer.status_code, **answer.json()}


def test_first_one_says_whom_one_listens_to(lead: Client, world: World) -> None:
    page = lead.get(at(world)).content.decode()
    assert "Whom do you listen to?" in page
    assert "Joan Okafor" in page
    found = lead.get(at(world), {"find": "1", "q": "rey", "with": str(world.joan.pk)})
    assert [one.person.name for one in found.context["choices"]] == ["Joan Okafor", "Sam Reyes"]
    assert "Choose at least one person." in lead.get(at(world), {"q": ""}).content.decode()


def test_the_page_shows_prompts_and_keeps_target_and_plan_closed(
    lead: Client, world: World
) -> None:
    page = lead.get(at(world), {"with": world.joan.pk}).content.decode()
    for prompt in ["What is the real challenge here?", "What else is on your plate?"]:
        assert prompt in page
    assert "If they ask for your plan" in page
    assert world.initiative.target not in page


@pytest.mark.parametrize("keys", ["{joan}&with=999999", "999999", "{joan}&with={elsewhere}"])
def test_somebody_who_is_not_on_it_is_not_found(lead: Client, world: World, keys: str) -> None:
    there = initiatives.put_on(
        world.other_initiative,
        world.joan.person,
        held_by=world.outsider,
        by=world.outsider,
        at=now(),
    )
    asked = keys.format(joan=world.joan.pk, elsewhere=there.pk)
    assert lead.get(f"{at(world)}?with={asked}").status_code == 404


def test_the_empty_page_for_the_device_names_nobody(lead: Client, world: World) -> None:
    page = lead.get("/listen/shell/").content.decode()
    for word in [
        world.initiative.title,
        "Joan",
        world.lead.name,
        f'data-listener="{world.lead.pk}"',
    ]:
        assert word not in page


def test_the_worker_may_be_asked_for_by_anybody_and_is_a_script(client: Client) -> None:
    answer = client.get("/listen/sw.js")
    assert answer.headers["Content-Type"].startswith("text/javascript")
    assert answer.headers["Cache-Control"] == "no-cache"
    assert "worker-src 'self'" in answer.headers["Content-Security-Policy"]


def test_what_the_device_sends_is_kept_exactly(lead: Client, world: World) -> None:
    text = " “ Fridays \n\n! ünï 🙂 \t\n"
    assert write(lead, world, text=text) == {"status": 200, "revision": 1, "ended": ""}
    assert Sheet.objects.get().text == text


def test_ending_by_script_says_where_to_look_back(lead: Client, world: World) -> None:
    write(lead, world)
    said = lead.post(at(world, "ended/"), {"talk": UUID(int=1)}, headers=SCRIPT).json()
    noted = Conversation.objects.get()
    assert said == {"url": f"/conversations/{noted.pk}/found/"}
    later = write(lead, world, tab=str(UUID(int=3)), text="later")
    assert later["ended"] == said["url"]


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"text": "x" * 200_001}, "That is more than 200,000 characters."),
        ({"revision": "-1"}, "greater than or equal to 0"),
        ({"tab": "nothing"}, "valid UUID"),
        ({"begun": 10**30}, "less than or equal"),
        ({"with": []}, "Say whom you listen to."),
    ],
)
def test_what_makes_no_sense_is_refused_in_a_sentence(
    lead: Client, world: World, more: dict[str, object], said: str
) -> None:
    answer = write(lead, world, **more)
    assert answer["status"] == 400
    assert said in str(answer["sentence"])
    assert not Talk.objects.exists()


def test_who_asked_to_stop_is_refused_in_a_sentence(lead: Client, world: World) -> None:
    initiatives.say_wish(world.joan, initiatives.Wish.NOT_THIS, at=now())
    answer = write(lead, world)
    assert answer["status"] == 409
    assert str(answer["sentence"]).startswith("Joan asked to be left alone")
    page = lead.get(at(world), {"with": world.joan.pk}).content.decode()
    assert "Joan asked to be left alone" in page
    assert "readonly" in page


def test_without_script_it_is_one_form(lead: Client, world: World) -> None:
    answer = lead.post(at(world, "ended/"), sheet(world.joan, text="one\r\ntwo"))
    noted = Conversation.objects.get()
    assert answer.headers["Location"] == f"/conversations/{noted.pk}/found/"
    assert noted.notes == "one\ntwo"
    again = lead.post(at(world, "ended/"), sheet(world.joan, text="one\r\ntwo"))
    assert again.headers["Location"] == answer.headers["Location"]
    assert Conversation.objects.count() == 1


def test_without_script_a_fault_keeps_what_was_typed(lead: Client, world: World) -> None:
    page = lead.post(at(world, "ended/"), sheet(world.joan, text="kept", tab="wrong"))
    assert page.status_code == 400
    assert "kept</textarea>" in page.content.decode()
    empty = lead.post(at(world, "ended/"), sheet(world.joan, text=" "))
    assert "Nothing is written yet." in empty.content.decode()


def test_a_talk_not_ended_is_listed_to_go_on_or_to_end(lead: Client, world: World) -> None:
    write(lead, world, text="half a talk")
    path = f"/initiatives/{world.initiative.pk}/conversations/"
    page = lead.get(path).content.decode()
    assert "A talk with Joan Okafor" in page
    assert f"with={world.joan.pk}&amp;talk={UUID(int=1)}" in page
    lead.post(at(world, "ended/"), {"talk": UUID(int=1)})
    assert "not ended" not in lead.get(path).content.decode()


def test_a_co_lead_sees_that_a_talk_is_not_ended_and_leaves_it_to_its_writer(
    lead: Client, world: World
) -> None:
    write(lead, world)
    other = Client()
    other.force_login(world.co_lead)
    page = other.get(f"/initiatives/{world.initiative.pk}/conversations/").content.decode()
    assert "A talk with Joan Okafor" in page
    assert "Go on" not in page
    assert other.post(at(world, "ended/"), {"talk": UUID(int=1)}).status_code == 404


def test_ending_a_talk_nobody_wrote_in_keeps_nothing(lead: Client, world: World) -> None:
    write(lead, world, text=" ")
    lead.post(at(world, "ended/"), {"talk": UUID(int=1)})
    assert (Talk.objects.count(), Conversation.objects.count()) == (0, 0)


def test_going_on_elsewhere_begins_with_what_was_written_last(lead: Client, world: World) -> None:
    write(lead, world, text="first device")
    known = lead.get(at(world), {"with": world.joan.pk}).context["known"]
    assert known["talk"] == str(UUID(int=1))
    assert known["last"]["text"] == "first device"
    with_sam = lead.get(at(world), {"with": [world.joan.pk, world.sam.pk]}).context["known"]
    assert with_sam["talk"] == ""


def test_of_two_open_talks_the_one_asked_for_is_gone_on_with(lead: Client, world: World) -> None:
    write(lead, world)
    write(lead, world, talk=str(uuid4()), text="another")
    asked = {"with": str(world.joan.pk), "talk": str(UUID(int=1))}
    assert lead.get(at(world), asked).context["known"]["talk"] == str(UUID(int=1))


def test_what_is_being_written_stands_on_the_persons_page_for_both(
    lead: Client, world: World
) -> None:
    write(lead, world, text="Fridays are the problem")
    page = lead.get(f"/initiatives/{world.initiative.pk}/people/{world.joan.pk}/")
    assert "Fridays are the problem" in page.content.decode()
    theirs = Client()
    secret = initiatives.make_link(world.joan, by=world.lead, at=now())
    own = theirs.get(f"/p/{secret}/", follow=True).content.decode()
    assert "Being written down now" in own
    assert "Fridays are the problem" in own


def test_in_a_small_group_each_reads_what_names_them(lead: Client, world: World) -> None:
    text = "Sam: the night shift needs a list.\nJoan: Fridays are hard."
    lead.post(at(world, "written/"), sheet(world.joan, world.sam, text=text), headers=SCRIPT)
    page = lead.get(f"/initiatives/{world.initiative.pk}/people/{world.joan.pk}/")
    assert "Fridays are hard." in page.content.decode()
    assert "night shift" not in page.content.decode()


def test_signing_out_clears_the_device_where_its_script_said_that_nothing_waits(
    lead: Client, world: World
) -> None:
    kept = Client()
    kept.force_login(world.co_lead)
    cleared = lead.post("/account/logout/", {"device": "clear"})
    assert cleared.headers["Clear-Site-Data"] == '"storage"'
    assert "Clear-Site-Data" not in kept.post("/account/logout/").headers
