"""Evidence cards: our words and what the measures say; others' words only with their yes (1.12)."""

from __future__ import annotations

from datetime import timedelta

import pytest

from earnest.initiatives import actions as initiatives
from earnest.initiatives.models import AskedToStop
from earnest.listening.models import Quote
from earnest.messaging.models import Message
from earnest.pilots import access
from earnest.pilots.actions import cards as actions
from earnest.pilots.actions.cards import CardDraft
from earnest.pilots.models import CardVersion, CardVoice, EvidenceCard, Pilot, PilotWord
from earnest.pilots.queries import cards as queries
from earnest.pilots.queries.drafting import draft_of
from earnest.pilots.tests.carded import EARLY, HELPED, a_card, a_pilot, measured, said, shown
from earnest.plans.models import Input
from tests.worlds import NOW, World

pytestmark = pytest.mark.django_db
State = CardVoice.State


@pytest.fixture
def pilot(world: World) -> Pilot:
    return a_pilot(world)


@pytest.fixture
def card(world: World, pilot: Pilot) -> EvidenceCard:
    return a_card(world, pilot)


@pytest.fixture
def quote(world: World, pilot: Pilot) -> Quote:
    pilot.people.create(participation=world.joan, since=NOW)
    return said(world.joan, "nobody calls me at night any more")


@pytest.fixture
def voice(world: World, card: EvidenceCard, quote: Quote) -> CardVoice:
    actions.choose_voices(card, [quote], by=world.lead, at=NOW)
    one = card.voices.get()
    actions.ask_voice(one, by=world.lead, at=NOW)
    return one


def publish(world: World, card: EvidenceCard, readers: str = "workspace") -> CardVersion | None:
    return actions.publish_card(card, readers, by=world.lead, at=NOW)


def voices(card: EvidenceCard) -> list[tuple[str, str]]:
    return [(one.words, one.name) for one in queries.read_card(shown(card)).voices]


def test_a_card_says_what_the_measures_say(world: World, pilot: Pilot, card: EvidenceCard) -> None:
    measured(pilot, HELPED)
    publish(world, card)
    read = queries.read_card(shown(card))
    assert read.version.outcome == "helped"
    assert [one.sentence for one in read.figures] == [HELPED["sentence"]]
    assert len(read.figures[0].points) == 10


def test_too_early_to_say_is_shown_as_such(world: World, pilot: Pilot, card: EvidenceCard) -> None:
    measured(pilot, EARLY)
    publish(world, card)
    assert shown(card).outcome == "early"
    assert queries.read_card(shown(card)).figures[0].sentence.startswith("Too early to say")


def test_what_did_not_help_is_told_as_well(world: World, pilot: Pilot, card: EvidenceCard) -> None:
    measured(pilot, {**HELPED, "low": -9.0, "high": -3.0})
    publish(world, card)
    assert shown(card).outcome == "not"


def test_what_helped_in_part_and_did_harm_in_part_is_told_as_both(
    world: World, pilot: Pilot, card: EvidenceCard
) -> None:
    measured(pilot, HELPED)
    other = {"name": "Hours lost", "better": "down", "effect": HELPED, "made_at": NOW}
    lost = pilot.measures.create(**other)
    lost.readings.create(on=NOW.date(), value=30, at=NOW)
    publish(world, card)
    assert shown(card).get_outcome_display() == "some better, some worse"


def test_less_is_better_where_less_is_better(
    world: World, pilot: Pilot, card: EvidenceCard
) -> None:
    one = measured(pilot, {**HELPED, "low": -9.0, "high": -3.0})
    one.better = "down"
    one.save()
    publish(world, card)
    assert shown(card).outcome == "helped"


def test_a_stopped_pilot_says_why(world: World, card: EvidenceCard) -> None:
    Pilot.objects.filter(pk=card.pilot_id).update(stopped_at=NOW, why="Requests waited for a week.")
    publish(world, card)
    assert shown(card).outcome == "stopped"
    assert shown(card).stopped_why == "Requests waited for a week."


def test_a_figure_about_fewer_than_five_is_left_out_and_said_to_be(
    world: World, pilot: Pilot, card: EvidenceCard
) -> None:
    one = measured(pilot, HELPED, of=3)
    publish(world, card)
    figure = queries.read_card(shown(card)).figures[0]
    assert (figure.sentence, figure.points, figure.left_out) == ("", [], one.readings.count())


def test_of_fewer_than_five_people_no_figure_stands_there(
    world: World, pilot: Pilot, card: EvidenceCard
) -> None:
    measured(pilot, HELPED)
    Pilot.objects.update(people_count=4)
    publish(world, card)
    figure = queries.read_card(shown(card)).figures[0]
    assert (figure.too_few, figure.sentence, figure.points) == (True, "", [])
    assert shown(card).outcome == "early"


def test_each_publishing_is_a_version_and_the_same_twice_is_one(
    world: World, pilot: Pilot, card: EvidenceCard
) -> None:
    assert publish(world, card)
    assert publish(world, card) is None
    actions.change_card(card, CardDraft("One desk", tried="Two desks."), by=world.lead, at=NOW)
    assert shown(card).tried == "One desk answers all."
    assert publish(world, card)
    assert [(one.number, one.shown) for one in card.versions.all()] == [(2, True), (1, False)]
    measured(pilot, HELPED)
    assert publish(world, card)


def test_withdrawn_it_is_read_by_its_leads_alone(world: World, card: EvidenceCard) -> None:
    publish(world, card)
    assert access.card_versions_for(world.member).exists()
    assert actions.withdraw_card(card, by=world.lead, at=NOW)
    assert not actions.withdraw_card(card, by=world.lead, at=NOW)
    assert not access.card_versions_for(world.member).exists()
    assert card.versions.get().withdrawn_at == NOW
    publish(world, card)
    assert shown(card).number == 2


def test_who_reads_a_card(world: World, card: EvidenceCard) -> None:
    on_it = (world.lead, world.co_lead, world.sponsor, world.contributor)
    publish(world, card, "initiative")
    assert all(access.card_versions_for(who).exists() for who in on_it)
    assert not access.card_versions_for(world.member).exists()
    publish(world, card, "workspace")
    assert all(access.card_versions_for(who).exists() for who in (*on_it, world.member))
    assert not access.card_versions_for(world.outsider).exists()
    world.workspace.memberships.filter(user=world.sponsor).delete()
    assert not access.card_versions_for(world.sponsor).exists()


def test_words_stand_there_only_with_their_yes_for_it(
    world: World, card: EvidenceCard, voice: CardVoice
) -> None:
    publish(world, card)
    assert voices(card) == []
    actions.answer_voice(voice, State.NAMED, readers="workspace", at=NOW)
    assert voices(card) == [("nobody calls me at night any more", "Joan Okafor")]
    actions.answer_voice(voice, State.UNNAMED, readers="workspace", at=NOW)
    assert voices(card) == [("nobody calls me at night any more", "")]
    assert actions.answer_voice(voice, State.REFUSED, readers="workspace", at=NOW)
    assert not actions.answer_voice(voice, State.REFUSED, readers="workspace", at=NOW)
    assert voices(card) == []


def test_a_word_about_the_pilot_stands_there_as_it_may_be_passed_on(
    world: World, pilot: Pilot, card: EvidenceCard
) -> None:
    given = Input.objects.create(
        initiative=world.initiative,
        participation=world.joan,
        words="one more screen, and I am home earlier",
        source="page",
        passed_on="named",
        at=NOW,
    )
    word = PilotWord.objects.create(pilot=pilot, input=given, at=NOW)
    assert queries.words_to_choose(card) == [word]
    actions.choose_voices(card, words=[word], by=world.lead, at=NOW)
    one = card.voices.get()
    actions.ask_voice(one, by=world.lead, at=NOW)
    actions.answer_voice(one, State.NAMED, readers="workspace", at=NOW)
    publish(world, card)
    assert voices(card) == [("one more screen, and I am home earlier", "Joan Okafor")]
    Input.objects.update(passed_on="unnamed")
    assert voices(card) == [("one more screen, and I am home earlier", "")]
    Input.objects.update(passed_on="leads")
    assert voices(card) == []


def test_the_day_of_a_word_is_that_of_the_workspace(
    world: World, pilot: Pilot, card: EvidenceCard
) -> None:
    world.workspace.time_zone = "Pacific/Auckland"
    world.workspace.save()
    late = NOW.replace(hour=23)
    given = Input.objects.create(
        initiative=world.initiative,
        participation=world.joan,
        words="I am home earlier",
        source="page",
        passed_on="named",
        at=late,
    )
    word = PilotWord.objects.create(pilot=pilot, input=given, at=late)
    card.voices.create(participation=world.joan, word=word, state=State.NAMED, chosen_at=NOW)
    publish(world, card, "initiative")
    (voice,) = queries.read_card(shown(card)).voices
    assert voice.said_on == late.date() + timedelta(days=1)


def test_of_what_they_let_be_passed_on_the_narrower_holds(
    world: World, card: EvidenceCard, voice: CardVoice
) -> None:
    publish(world, card)
    actions.answer_voice(voice, State.NAMED, readers="workspace", at=NOW)
    Quote.objects.update(passed_on="unnamed")
    assert voices(card) == [(voice.words, "")]
    Quote.objects.update(passed_on="leads")
    assert voices(card) == []


def test_a_yes_for_few_readers_is_asked_for_anew_before_everyone_reads(
    world: World, card: EvidenceCard, voice: CardVoice
) -> None:
    publish(world, card, "initiative")
    actions.answer_voice(voice, State.NAMED, readers="initiative", at=NOW)
    assert len(voices(card)) == 1
    publish(world, card, "workspace")
    assert voices(card) == []
    actions.answer_voice(voice, State.UNNAMED, readers="workspace", at=NOW)
    assert len(voices(card)) == 1


def test_a_yes_holds_for_the_readers_they_read_about_not_for_those_it_has_by_then(
    world: World, card: EvidenceCard, voice: CardVoice
) -> None:
    publish(world, card, "workspace")
    actions.answer_voice(voice, State.NAMED, readers="initiative", at=NOW)
    assert voices(card) == []
    assert actions.answer_voice(voice, State.NAMED, readers="workspace", at=NOW)
    assert len(voices(card)) == 1


def test_words_copied_into_the_text_are_not_read(
    world: World, card: EvidenceCard, quote: Quote
) -> None:
    EvidenceCard.objects.update(told=f"She said: {quote.words}. So it works.")
    publish(world, card)
    assert queries.read_card(shown(card)).texts["told"] == "She said: […]. So it works."


def test_only_words_of_people_in_the_pilot_are_to_choose(
    world: World, card: EvidenceCard, quote: Quote
) -> None:
    said(world.sam, "from elsewhere")
    said(world.joan, "for the leads", passed_on="leads")
    assert queries.quotes_to_choose(card) == [quote]


def test_an_ask_leaves_by_mail_once_and_a_stop_is_obeyed(
    world: World, card: EvidenceCard, voice: CardVoice
) -> None:
    mail = Message.objects.get(participation=world.joan)
    assert (mail.kind, mail.thread) == (Message.Kind.ASK, f"card {card.pk}")
    assert f"[[page]]card-words/{voice.pk}/" in mail.text
    assert "nobody calls me at night any more" in mail.text
    assert actions.ask_voice(voice, by=world.lead, at=NOW) is None
    initiatives.say_wish(world.joan, initiatives.Wish.NOT_THIS, at=NOW)
    more = CardVoice.objects.create(
        card=card, participation=world.joan, quote=said(world.joan, "and more"), chosen_at=NOW
    )
    more.participation.refresh_from_db()
    with pytest.raises(AskedToStop):
        actions.ask_voice(more, by=world.lead, at=NOW)
    assert actions.answer_voice(voice, State.REFUSED, readers="workspace", at=NOW)


def test_who_said_no_is_not_dropped_and_asked_anew(
    world: World, card: EvidenceCard, voice: CardVoice
) -> None:
    actions.answer_voice(voice, State.REFUSED, readers="workspace", at=NOW)
    assert not actions.drop_voice(voice, by=world.lead, at=NOW)
    assert card.voices.get().state == State.REFUSED


def test_who_was_asked_is_not_dropped_and_asked_anew(
    world: World, card: EvidenceCard, voice: CardVoice
) -> None:
    Message.objects.update(state=Message.State.SENT)
    assert not actions.drop_voice(voice, by=world.lead, at=NOW)
    assert card.voices.get().state == State.ASKED
    assert actions.ask_voice(voice, by=world.lead, at=NOW) is None


def test_a_voice_dropped_asks_nothing_any_more(
    world: World, card: EvidenceCard, voice: CardVoice
) -> None:
    Message.objects.update(state=Message.State.WAITING)
    assert actions.drop_voice(voice, by=world.lead, at=NOW)
    assert Message.objects.get().state == Message.State.WITHDRAWN


def test_the_draft_is_made_of_the_record_and_holds_nobodys_words(
    world: World, pilot: Pilot, quote: Quote
) -> None:
    measured(pilot, HELPED)
    steps = {"ends_on": pilot.ends_on, "by": world.lead}
    pilot.steps.create(kind="extended", why="The tool came late.", at=NOW, **steps)
    pilot.steps.create(kind="went_on", why=quote.words, at=NOW + timedelta(hours=1), **steps)
    made = draft_of(pilot)
    assert made["title"] == "South desk: One desk answers all"
    assert made["tried"].splitlines() == [
        "One desk answers all, in South desk.",
        "Seen by: Requests with one owner within a day.",
    ]
    assert made["told"] == "20 Nov 2026, extended: The tool came late."
    assert made["cost"] == "41 days, with 6 people."
    assert "longer than three days" in made["look_out"]


def test_a_pilot_has_one_card(world: World, pilot: Pilot) -> None:
    first = actions.begin_card(pilot, CardDraft("One"), by=world.lead, at=NOW)
    assert actions.begin_card(pilot, CardDraft("Two"), by=world.lead, at=NOW) == first
