"""Ideas of spaces on a person's record, in everything held, erased and let go (privacy.md 3, 10, 13)."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client

from earnest.ideas import actions, queries
from earnest.ideas.models import Idea, Invited, Support
from earnest.ideas.queries import Reader
from earnest.ideas.tests.spaces import browser, idea_of, named_space, unnamed_space, voice_of
from earnest.initiatives.models import Initiative
from earnest.pages import erasure, sweeps
from earnest.pages.everything import everything_about
from earnest.pages.record import record_of
from earnest.pages.tests.own import opened
from earnest.plans import actions as plans
from tests.worlds import NOW, World

pytestmark = pytest.mark.django_db


def lived(world: World) -> Idea:
    """Joan gave an idea that Sam built on, is for his, and was asked."""
    space = named_space(world)
    actions.invite(space, [world.joan], "", by=world.lead, at=NOW)
    joan, sam = voice_of(space, world.joan), voice_of(space, world.sam)
    first = idea_of(joan, "Paint the ibis line")
    second = idea_of(sam, "And number it", of=first)
    actions.support_idea(second, joan, at=NOW)
    return first


def test_everything_done_in_a_space_stands_on_the_record(world: World) -> None:
    lived(world)
    record = record_of(world.joan, today=NOW.date())
    assert [one.words for one in record.ideas] == ["Paint the ibis line"]
    assert [one.words for one in record.together.supports] == ["And number it"]
    assert [one.question for one in record.together.asked] == ["How would you make it work?"]


def test_their_page_leads_into_the_space(client: Client, world: World) -> None:
    lived(world)
    own = opened(client, world.joan)
    html = client.get(own).content.decode()
    assert f"{own}spaces/{named_space(world).pk}/" in html
    assert "And number it" in html


def test_erased_the_words_and_support_are_gone_and_the_lineage_stays(world: World) -> None:
    first = lived(world)
    merged = idea_of(voice_of(named_space(world), world.sam), "A painted line")
    actions.merge_ideas(first, merged, by=world.lead, at=NOW)
    erasure.erase_person(world.joan.person, by=world.lead, at=NOW)
    first.refresh_from_db()
    merged.refresh_from_db()
    assert (first.words, first.gone, merged.merged_into) == ("erased", "erased", None)
    assert not Support.objects.exists()
    assert not Invited.objects.exists()
    trees = queries.trees_page(named_space(world), Reader(leads=True)).nodes
    tree = next(one for one in trees if one.shown.pk == first.pk)
    assert (tree.shown.words, tree.shown.author) == ("", "")
    assert [one.shown.words for one in tree.children] == ["And number it"]
    assert tree.children[0].shown.idea.supporters == 0


def test_an_idea_taken_back_is_on_nobodys_record(world: World) -> None:
    first = lived(world)
    plans.mend_idea(first, "", at=NOW)
    assert record_of(world.joan, today=NOW.date()).ideas == []


def test_ideas_that_lead_to_nobody_go_when_peoples_records_go(world: World) -> None:
    idea = idea_of(browser(unnamed_space(world), "a browser"), "Paint the ibis line")
    Initiative.objects.filter(pk=world.initiative.pk).update(closed_at=NOW)
    sweeps.keep_no_longer(at=NOW + timedelta(days=30))
    idea.refresh_from_db()
    assert idea.words == "Paint the ibis line"
    sweeps.keep_no_longer(at=NOW + timedelta(days=400))
    idea.refresh_from_db()
    assert (idea.words, idea.gone) == ("erased", "erased")


def test_everything_held_names_ideas_support_and_asking(world: World) -> None:
    lived(world)
    held = str(everything_about(world.joan, at=NOW))
    for words in ("Paint the ibis line", "And number it", "How would you make it work?"):
        assert words in held
