"""Five questions before one asks: sources, what is inherited, and the gate (2.8, 2.9)."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client

from earnest.initiatives.actions import Wish, say_wish
from earnest.initiatives.models import AskedToStop
from earnest.listening.actions.briefs import (
    Answered,
    BriefThere,
    change_group_brief,
    write_brief,
    write_group_brief,
)
from earnest.listening.models import Brief, BriefAnswer, Need, NeedNamed, Quote
from earnest.listening.queries.briefs import gate_for, gates_for
from earnest.people.models import Team
from tests.worlds import NOW, World

FIVE = {
    "pressure": Answered("Friday load", "said", on=date(2026, 11, 14)),
    "priority": Answered("fewer no-shows", "colleague", "Sam"),
    "result": Answered("95 % filled", "document", "her plan"),
    "helps": Answered("one list instead of three"),
    "today": Answered("the rota is drawn on Monday"),
}


@pytest.fixture
def lead(client: Client, world: World) -> Client:
    client.force_login(world.lead)
    return client


def write(world: World, **answers: Answered) -> None:
    write_brief(world.joan, answers, by=world.lead, at=NOW)
    world.joan.refresh_from_db()


def in_team(world: World, *names: str) -> list[Team]:
    """Joan's team and those above it, the narrowest last."""
    teams: list[Team] = []
    for name in names:
        above = teams[-1] if teams else None
        teams.append(Team.objects.create(workspace=world.workspace, name=name, parent=above))
    world.joan.person.team = teams[-1]
    world.joan.person.save()
    return teams


def test_the_gate_opens_when_all_five_are_answered(world: World) -> None:
    assert not gate_for(world.joan).is_open
    write(world, **FIVE)
    assert gate_for(world.joan).is_open


@pytest.mark.parametrize("topic", FIVE)
def test_each_of_the_five_is_needed(world: World, topic: str) -> None:
    write(world, **{key: one for key, one in FIVE.items() if key != topic})
    assert gate_for(world.joan).open_topics == (topic,)


def test_a_guess_is_kept_and_does_not_open_the_gate(world: World) -> None:
    write(world, **{**FIVE, "priority": Answered("speed, perhaps", "guess")})
    gate = gate_for(world.joan)
    assert gate.open_topics == ("priority",)
    assert [one.answer.words for one in gate.answers if one.answer and one.is_open] == [
        "speed, perhaps"
    ]


def test_what_is_ours_to_write_needs_no_source(world: World) -> None:
    write(world, helps=Answered("one list", "guess", "nowhere"))
    assert BriefAnswer.objects.get().source == "ours"


def test_the_nearest_team_goes_first_then_those_above_then_the_role(world: World) -> None:
    region, south = in_team(world, "Region", "Middle", "South")[0::2]
    world.joan.person.job = "Desk nurse"
    world.joan.person.save()
    words = {"priority": Answered("of role", "said"), "result": Answered("of role", "said")}
    write_group_brief(world.initiative, words, job="DESK nurse", by=world.lead, at=NOW)
    words = {"priority": Answered("of region", "said"), "pressure": Answered("of region", "said")}
    write_group_brief(world.initiative, words, team=region, by=world.lead, at=NOW)
    words = {"pressure": Answered("of south", "said")}
    write_group_brief(world.initiative, words, team=south, by=world.lead, at=NOW)
    write(world, today=Answered("own"))
    for gate in (gate_for(world.joan), gates_for(world.initiative, [world.joan])[world.joan.pk]):
        told = {
            one.topic: (one.answer.words, one.team, one.job) for one in gate.answers if one.answer
        }
        assert told == {
            "pressure": ("of south", "South", ""),
            "priority": ("of region", "Region", ""),
            "result": ("of role", "", "DESK nurse"),
            "today": ("own", "", ""),
        }


def test_what_is_known_of_the_person_stands_before_what_is_inherited(world: World) -> None:
    (south,) = in_team(world, "South")
    write_group_brief(
        world.initiative,
        {"pressure": Answered("theirs", "said")},
        team=south,
        by=world.lead,
        at=NOW,
    )
    write(world, pressure=Answered("hers", "said"))
    first = gate_for(world.joan).answers[0]
    assert first.answer is not None
    assert (first.answer.words, first.is_inherited) == ("hers", False)


def test_other_teams_roles_and_initiatives_say_nothing_of_her(world: World) -> None:
    in_team(world, "South")
    north = Team.objects.create(workspace=world.workspace, name="North")
    words = {"pressure": Answered("elsewhere", "said")}
    write_group_brief(world.initiative, words, team=north, by=world.lead, at=NOW)
    write_group_brief(world.initiative, words, job="Porter", by=world.lead, at=NOW)
    write_group_brief(world.other_initiative, words, job="", team=north, by=world.lead, at=NOW)
    assert gate_for(world.joan).is_empty
    assert gates_for(world.initiative, [world.joan])[world.joan.pk].is_empty


def test_a_team_is_written_of_once(world: World) -> None:
    (south,) = in_team(world, "South")
    write_group_brief(world.initiative, FIVE, team=south, by=world.lead, at=NOW)
    with pytest.raises(BriefThere):
        write_group_brief(world.initiative, FIVE, team=south, by=world.lead, at=NOW)


def test_a_brief_with_nothing_left_is_gone(world: World) -> None:
    brief = write_group_brief(
        world.initiative, {"today": Answered("now")}, job="Porter", by=world.lead, at=NOW
    )
    assert not change_group_brief(brief, {"today": Answered("")}, by=world.lead, at=NOW)
    assert not Brief.objects.exists()


def test_after_a_stop_nothing_new_is_known_of_them(world: World, lead: Client) -> None:
    say_wish(world.joan, Wish.NOT_THIS, at=NOW)
    with pytest.raises(AskedToStop):
        write(world, **FIVE)
    html = lead.get(f"/people/{world.joan.pk}/brief/").content.decode()
    assert "asked to be left alone" in html
    assert "<textarea" not in html


def posted(lead: Client, world: World, **given: str) -> str:
    """What the page answers, filled as it was shown and then as given."""
    address = f"/people/{world.joan.pk}/brief/"
    shown = lead.get(address).context["form"]
    form = {one.add_prefix("seen"): one.initial.get("seen", "") for one in shown}
    return lead.post(address, {**form, **given}, follow=True).content.decode()


def test_answers_are_written_one_at_a_time_and_empty_ones_stay_empty(
    lead: Client, world: World
) -> None:
    html = posted(lead, world, **{"pressure-words": "Friday load", "pressure-source": "said"})
    assert "Saved." in html
    posted(
        lead,
        world,
        **{"pressure-words": "Friday load", "pressure-source": "said", "today-words": "now"},
    )
    assert set(BriefAnswer.objects.values_list("topic", flat=True)) == {"pressure", "today"}


def test_an_answer_without_a_source_is_refused_kindly_and_what_was_typed_stays(
    lead: Client, world: World
) -> None:
    html = posted(lead, world, **{"pressure-words": "Friday load", "today-words": "now"})
    assert "A guess is fine, and shown as one." in html
    assert "Friday load" in html
    assert not BriefAnswer.objects.exists()


def test_what_somebody_else_wrote_meanwhile_is_not_written_over(lead: Client, world: World) -> None:
    before = lead.get(f"/people/{world.joan.pk}/brief/").context["form"]
    write(world, today=Answered("written by Bo"))
    form = {one.add_prefix("seen"): one.initial.get("seen", "") for one in before}
    form |= {"helps-words": "one list", "today-words": "written by Amara"}
    answer = lead.post(f"/people/{world.joan.pk}/brief/", form)
    assert "Somebody changed this meanwhile: “written by Bo”" in answer.content.decode()
    assert BriefAnswer.objects.get().words == "written by Bo"
    untouched = {**form, "today-words": ""}  # as it was shown: empty
    lead.post(f"/people/{world.joan.pk}/brief/", untouched)
    assert BriefAnswer.objects.get(topic="today").words == "written by Bo"
    assert BriefAnswer.objects.get(topic="helps").words == "one list"


def test_what_needs_care_is_warned_of_and_kept_only_when_they_want_it(
    lead: Client, world: World
) -> None:
    given = {"pressure-words": "She is pregnant", "pressure-source": "said"}
    html = posted(lead, world, **given)
    assert "This touches" in html
    assert not BriefAnswer.objects.exists()
    posted(lead, world, **given, kept_with_care="yes")
    assert BriefAnswer.objects.get().words == "She is pregnant"


def test_known_words_are_taken_as_they_said_it_with_the_day(lead: Client, world: World) -> None:
    need = Need.objects.create(initiative=world.initiative, words="quiet Fridays", made_at=NOW)
    NeedNamed.objects.create(need=need, participation=world.joan, at=NOW)
    quote = Quote.objects.create(
        initiative=world.initiative,
        participation=world.joan,
        words="Forty open slots.",
        said_on=date(2026, 11, 3),
    )
    assert "quiet Fridays" in lead.get(f"/people/{world.joan.pk}/brief/").content.decode()
    take = {"take": f"pressure:quote-{quote.pk}", "today-words": "typed before"}
    shown = lead.post(f"/people/{world.joan.pk}/brief/", take)
    assert shown.status_code == 200
    html = shown.content.decode()
    assert "Forty open slots." in html.split('name="pressure-words"')[1].split("</textarea>")[0]
    assert 'value="2026-11-03"' in html
    assert "typed before" in html
    assert not BriefAnswer.objects.exists()


def test_a_team_is_answered_for_on_a_page_of_its_own(lead: Client, world: World) -> None:
    (south,) = in_team(world, "South")
    address = f"/initiatives/{world.initiative.pk}/briefs/new/"
    nobody = lead.post(address, {"today-words": "now"}).content.decode()
    assert "Choose a team, or write a role" in nobody
    nothing = lead.post(address, {"team": south.pk}).content.decode()
    assert "Answer at least one of the five." in nothing
    lead.post(address, {"team": south.pk, "pressure-words": "rain", "pressure-source": "guess"})
    brief = Brief.objects.get()
    assert "team South" in lead.get(f"/people/{world.joan.pk}/brief/").content.decode()
    assert "rain" in lead.get(f"/initiatives/{world.initiative.pk}/briefs/").content.decode()
    again = lead.post(address, {"team": south.pk, "today-words": "now"}).content.decode()
    assert "There is one for South already" in again
    assert "rain" in lead.get(f"/briefs/{brief.pk}/").content.decode()
