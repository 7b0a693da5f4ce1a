"""The overview as PDF and as a picture: nobody's name, no word not passed on, no harm by any sign."""

from __future__ import annotations

import io

import pytest
from django.test import Client
from pypdf import PdfReader

from conftest import Told
from earnest.initiatives.models import Initiative, Stage
from earnest.listening.models import Need
from earnest.pages import printed
from earnest.pages.printed.overview import data_of
from earnest.pages.queries.overview import overview_to_print
from earnest.people.models import Person, Team
from earnest.plans.tests.given import FRIDAY, a_need, a_quote
from tests.worlds import NOW, World

HOSTILE = [
    '#panic("no") #sys.inputs $x^2$ @ref <label> *bold* _it_ `raw` "quoted" \\ // /* =',
    '#import "@preview/x:1": * ]]] [[[ }}} {{{ #{1/0} \\u{0}',
    "مرحبا بالعالم, שלום 🙂 👩‍🚒 日本語 ﷽",
    "line\nbreak\ttab \u202e\u2066 \x07",
]


def text_of(pdf: bytes) -> str:
    return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages)


def as_pdf(initiative: Initiative) -> bytes:
    initiative.refresh_from_db()
    page = overview_to_print(initiative, at=NOW)
    return printed.as_pdf(initiative, page, today=NOW.date())


def test_it_is_a_pdf_with_the_day_the_figures_and_what_they_mean(
    client: Client, world: World
) -> None:
    client.force_login(world.lead)
    answer = client.get(f"/initiatives/{world.initiative.pk}/overview/pdf/")
    assert answer.headers["Content-Type"] == "application/pdf"
    text = text_of(answer.content)
    for words in ["One intake", "As of ", "2 people", "not heard yet", "Never used for appraisal"]:
        assert words in text


def test_the_picture_is_one_and_has_words_to_go_with_it(client: Client, world: World) -> None:
    client.force_login(world.lead)
    here = f"/initiatives/{world.initiative.pk}/overview/"
    answer = client.get(f"{here}picture/")
    assert answer.headers["Content-Type"] == "image/png"
    assert answer.content.startswith(b"\x89PNG\r\n")
    assert "Where everyone stands: not heard yet 2." in client.get(here).content.decode()


def test_nobody_on_it_is_named(world: World) -> None:
    text = text_of(as_pdf(world.initiative))
    assert "Joan" not in text
    assert "Reyes" not in text
    page = overview_to_print(world.initiative, at=NOW)
    assert all(row.marks == [] for row in page.teams.rows)


@pytest.mark.parametrize("words", HOSTILE)
def test_no_sign_anybody_typed_means_anything_to_typst(world: World, words: str) -> None:
    initiative = world.initiative
    Initiative.objects.filter(pk=initiative.pk).update(title=words[:160], target=words)
    team = Team.objects.create(workspace=world.workspace, name=words[:120])
    Person.objects.filter(pk=world.joan.person_id).update(team=team)
    Stage.objects.create(initiative=initiative, position=1, name=words[:80], reached_on=NOW.date())
    assert as_pdf(initiative).startswith(b"%PDF-")


def test_signs_stand_there_as_they_were_typed(world: World) -> None:
    Initiative.objects.filter(pk=world.initiative.pk).update(title='#x $y$ @z *b* "q" \\ <l>')
    text = text_of(as_pdf(world.initiative))
    for sign in ("#x", "$y$", "@z", "*b*", "\\", "<l>"):
        assert sign in text


def test_words_that_were_not_passed_on_are_left_out(world: World) -> None:
    quote = a_quote(world.joan)
    Stage.objects.create(
        initiative=world.initiative, position=1, name=f"Heard: {FRIDAY}", reached_on=NOW.date()
    )
    assert FRIDAY not in str(_data(world))
    quote.passed_on = "named"
    quote.save()
    assert FRIDAY in str(_data(world))


def test_of_needs_only_those_of_five_people_that_a_lead_gave_a_name_to(world: World) -> None:
    called = a_need(world, world.joan, words="Cover on Fridays")
    few = a_need(world, world.joan, words="A quiet room")
    own = a_need(world, world.sam, words="my own tired words")
    Need.objects.filter(pk__in=[called.pk, few.pk]).update(called_at=NOW)
    Need.objects.filter(pk__in=[called.pk, own.pk]).update(people_count=5)
    assert [one["words"] for one in _data(world)["needs"]] == ["Cover on Fridays"]


def _data(world: World) -> dict[str, list[dict[str, str]]]:
    page = overview_to_print(world.initiative, at=NOW)
    return data_of(world.initiative, page, today=NOW.date())


def test_the_example_fits_on_two_sheets(told_then: Told) -> None:
    _world, example = told_then
    assert len(PdfReader(io.BytesIO(as_pdf(example))).pages) <= 2
