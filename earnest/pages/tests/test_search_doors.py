"""Who finds what: every role × every sort; and nothing comes out whose own page would refuse."""

from __future__ import annotations

from urllib.parse import urldefrag

import pytest
from django.test import Client

from earnest.accounts.models import Membership, User
from earnest.ideas.actions.tips import TipDraft, name_tip
from earnest.ideas.actions.topics import start_peer_topic
from earnest.ideas.models import Answer, Idea, Space, Tip
from earnest.initiatives.models import Initiative, Participation, Role
from earnest.listening.models import Question, Quote
from earnest.pages import search
from earnest.pages.search import doors, finding
from earnest.pages.search.sorts import SORTS
from earnest.people import actions as people
from earnest.pilots.actions.cards import publish_card, withdraw_card
from earnest.pilots.models import Call, EvidenceCard
from earnest.pilots.tests.carded import a_card, a_pilot
from earnest.plans.models import Input
from earnest.promises.models import Promise
from tests.worlds import NOW, World

EVERYTHING = {sort.name for sort in SORTS}
# role: what they find of their initiative
FINDS = {
    "lead": EVERYTHING,
    "co_lead": EVERYTHING,
    "sponsor": {"initiative", "part", "need", "story", "card", "pilot"},
    "contributor": {"initiative", "part", "need", "card", "pilot"},
    "member": set(),
    "owner": set(),
    "admin": set(),
    "stranger": set(),
    "outsider": set(),
}


def fill(initiative: Initiative, joan: Participation, word: str = "zebra") -> None:
    """One of each sort, each with this word in it; the need one that others may read."""
    Initiative.objects.filter(pk=initiative.pk).update(target=f"A {word} at every door")
    of = {"initiative": initiative, "participation": joan, "words": f"The {word} comes first"}
    joan.person.job = f"{word} keeper"
    joan.person.save()
    Quote.objects.create(**of, said_on=NOW.date())
    Question.objects.create(**of, asked_on=NOW.date())
    Idea.objects.create(**of, on=NOW.date())
    Promise.objects.create(
        **of, direction="ours", when="standing", by=joan.held_by, made_at=NOW, state_at=NOW
    )
    Input.objects.create(**of, source="noted", at=NOW)
    initiative.parts.create(title="Cover", why=f"the {word}", made_at=NOW, changed_at=NOW)
    initiative.stories.create(
        title="Spring", did_not=f"the {word}", made_at=NOW, changed_at=NOW, published_at=NOW
    )
    initiative.needs.create(words=f"a {word}", made_at=NOW, people_count=5, called_at=NOW)
    pilot = initiative.pilots.create(
        part="Stairs", what="-", stop_if="-", starts_on=NOW, ends_on=NOW, made_at=NOW
    )
    about = {"title": "Stairs", "cost": f"one {word}"}
    card = EvidenceCard.objects.create(
        **about, initiative=initiative, pilot=pilot, made_at=NOW, changed_at=NOW
    )
    card.versions.create(**about, number=1, readers="initiative", published_at=NOW)
    _ask_openly(initiative, joan, word)
    _try_it(initiative, joan, word)
    _teach(initiative, joan, word)


def _ask_openly(initiative: Initiative, joan: Participation, word: str) -> None:
    """A question, an answer and a tip of hers, for those there alone."""
    space = Space.objects.create(
        initiative=initiative, question="What?", names=True, by=joan.held_by, made_at=NOW
    )
    topic = space.topics.create(
        workspace=initiative.workspace, kind="answers", question=f"A {word}?", started_at=NOW
    )
    voice = space.voices.create(participation=joan)
    key = joan.pk * 1000
    speaker = topic.speakers.create(pk=key, voice=voice)
    said = {"pk": key, "speaker": speaker, "words": f"The {word} comes first", "on": NOW.date()}
    topic.answers.create(**said)
    topic.tips.create(**said)


def _try_it(initiative: Initiative, joan: Participation, word: str) -> None:
    """A yes to going first, and a pilot."""
    call = Call.objects.create(initiative=initiative, what="A list", takes="An hour", asked_at=NOW)
    call.volunteers.create(participation=joan, part="Ward 3", words=f"The {word}", said_at=NOW)
    days = {"starts_on": NOW.date(), "ends_on": NOW.date()}
    initiative.pilots.create(part="Ward 3", what=f"A {word}", stop_if="-", made_at=NOW, **days)


def _teach(initiative: Initiative, joan: Participation, word: str) -> None:
    """A lesson with a point, and something offered to her to try, for the leads alone."""
    lesson = initiative.lessons.create(
        title=f"The {word}", taught_on=NOW.date(), made_at=NOW, changed_at=NOW
    )
    point = lesson.points.create(position=0, words=f"The {word} comes first")
    lesson.moments.create(
        initiative=initiative, point=point, what=f"A {word} comes", made_at=NOW, watched_from=NOW
    )
    joan.try_outs.create(
        initiative=initiative,
        what=f"Feed the {word}",
        starts_at=NOW,
        place="The gate",
        help="Bo",
        why="Fridays",
        offered_at=NOW,
        state_at=NOW,
    )


def sorts_found(user: User, typed: str = "zebra") -> set[str]:
    return {group.sort.name for group in search.find(user, typed).groups}


@pytest.mark.parametrize("who", FINDS)
def test_everyone_finds_what_their_doors_show_and_nothing_else(world: World, who: str) -> None:
    fill(world.initiative, world.joan)
    assert sorts_found(getattr(world, who)) == FINDS[who]


@pytest.mark.parametrize("who", FINDS)
def test_what_is_open_to_the_workspace_every_member_finds_by_its_target(
    world: World, who: str
) -> None:
    fill(world.initiative, world.joan)
    Initiative.objects.filter(pk=world.initiative.pk).update(open_to_workspace=True)
    more = {"initiative"} if who in {"member", "owner", "admin"} else set()
    assert sorts_found(getattr(world, who)) == FINDS[who] | more


def test_a_tip_in_the_playbook_is_found_by_every_member_and_its_author_as_they_allow(
    world: World,
) -> None:
    fill(world.initiative, world.joan)
    Tip.objects.update(in_playbook=True)
    assert sorts_found(world.member) == {"tip"}
    [group] = search.find(world.member, "zebra").groups
    assert group.hits[0].row.who == ""
    Tip.objects.update(passing="named")
    [group] = search.find(world.member, "zebra").groups
    assert group.hits[0].row.who == "Joan Okafor"
    assert sorts_found(world.outsider) == set()


def test_a_tip_of_the_example_is_for_its_leads_alone(world: World) -> None:
    Initiative.objects.filter(pk=world.initiative.pk).update(is_example=True)
    fill(world.initiative, world.joan)
    Tip.objects.update(in_playbook=True)
    assert sorts_found(world.member) == set()
    assert "tip" in sorts_found(world.lead)


def test_what_members_ask_each_other_is_found_by_every_member_and_nobody_else(
    world: World, client: Client
) -> None:
    topic = start_peer_topic(world.workspace, "Your zebra?", by=world.lead, at=NOW)
    name_tip(topic, world.member, TipDraft("The zebra first"), at=NOW)
    finders = {who for who in FINDS if sorts_found(getattr(world, who)) == {"topic", "tip"}}
    assert finders == set(FINDS) - {"stranger", "outsider"}
    client.force_login(world.contributor)
    for group in search.find(world.contributor, "zebra").groups:
        assert client.get(group.hits[0].url).status_code == 200


def test_an_answer_that_waits_for_five_people_is_found_by_nobody(world: World) -> None:
    fill(world.initiative, world.joan)
    Answer.objects.update(shown=False)
    assert "answer" not in sorts_found(world.lead)


def test_of_an_answer_without_names_no_day_is_told(world: World) -> None:
    """Five are seen at once; by its day one of them could be told apart."""
    fill(world.initiative, world.joan)

    def day() -> object:
        found = search.find(world.lead, "zebra").groups
        return next(one.hits[0].row.day for one in found if one.sort.name == "answer")

    assert day() == NOW.date()
    Space.objects.update(names=False)
    assert day() is None


@pytest.mark.parametrize(("count", "named"), [(4, True), (5, False)])
def test_a_need_of_fewer_than_five_or_in_somebodys_own_words_is_for_leads_alone(
    world: World, count: int, named: bool
) -> None:
    need = world.initiative.needs.create(
        words="a zebra", made_at=NOW, people_count=count, called_at=NOW if named else None
    )
    assert sorts_found(world.lead) == {"need"}
    assert sorts_found(world.sponsor) == set()
    type(need).objects.update(people_count=5, called_at=NOW)
    assert sorts_found(world.sponsor) == {"need"}
    type(need).objects.update(people_count=4)
    assert sorts_found(world.sponsor) == set()


def test_a_draft_of_a_story_is_for_leads_and_one_for_everyone_for_every_member(
    world: World,
) -> None:
    told = world.initiative.stories
    told.create(title="A zebra", made_at=NOW, changed_at=NOW)
    finders = {who for who in FINDS if sorts_found(getattr(world, who))}
    assert finders == {"lead", "co_lead"}
    told.update(published_at=NOW)
    finders = {who for who in FINDS if sorts_found(getattr(world, who))}
    assert finders == {"lead", "co_lead", "sponsor"}
    told.update(readers="workspace")
    finders = {who for who in FINDS if sorts_found(getattr(world, who))}
    assert finders == set(FINDS) - {"stranger", "outsider"}


def test_a_card_is_found_as_it_is_published_by_whoever_may_read_it(world: World) -> None:
    card = a_card(world, a_pilot(world), tried="A zebra on the stairs")
    everyone = set(FINDS) - {"stranger", "outsider"}
    on_it = {"lead", "co_lead", "sponsor", "contributor"}
    for readers, wanted in (("", set()), ("initiative", on_it), ("workspace", everyone)):
        if readers:
            publish_card(card, readers, by=world.lead, at=NOW)
        assert {who for who in FINDS if sorts_found(getattr(world, who))} == wanted
    withdraw_card(card, by=world.lead, at=NOW)
    assert not {who for who in FINDS if sorts_found(getattr(world, who))}


@pytest.mark.parametrize("choice", Quote.PassedOn.values)
def test_a_quote_is_found_by_leads_alone_whatever_was_chosen(world: World, choice: str) -> None:
    said = {"initiative": world.initiative, "participation": world.joan, "said_on": NOW.date()}
    Quote.objects.create(**said, words="zebra", passed_on=choice)
    found = {who for who in FINDS if sorts_found(getattr(world, who))}
    assert found == {"lead", "co_lead"}


def test_who_leads_one_initiative_finds_no_person_of_another(world: World) -> None:
    ann, *_ = people.add_people(world.workspace, [people.Named("Ann Zebra")], by=world.lead, at=NOW)
    assert sorts_found(world.lead) == set()
    second = Initiative.objects.create(
        workspace=world.workspace, title="Second", target="Rest", made_at=NOW
    )
    Participation.objects.create(person=ann, initiative=second, held_by=world.co_lead, since=NOW)
    assert sorts_found(world.lead) == set()
    Role.objects.create(initiative=second, user=world.co_lead, kind="lead", since=NOW)
    assert sorts_found(world.co_lead) == {"person"}


def test_a_role_that_ends_ends_what_is_found(world: World) -> None:
    fill(world.initiative, world.joan)
    Role.objects.filter(user=world.co_lead).update(kind="sponsor")
    assert sorts_found(world.co_lead) == FINDS["sponsor"]
    Membership.objects.filter(user=world.co_lead).delete()
    assert sorts_found(world.co_lead) == set()


def test_one_initiative_alone_can_be_searched_by_who_may_see_it(world: World) -> None:
    fill(world.initiative, world.joan)
    here = search.find(world.lead, "zebra", initiative=world.initiative.pk)
    assert {group.sort.name for group in here.groups} == EVERYTHING
    elsewhere = search.find(world.lead, "zebra", initiative=world.other_initiative.pk)
    assert elsewhere.groups == []


def a_place_with_much_in_it(world: World) -> None:
    """Several initiatives, open and not, each with one of each sort; roles all over."""
    fill(world.initiative, world.joan)
    fill(world.other_initiative, _somebody(world, world.other_initiative))
    kinds = Role.Kind.values * 2
    users = [world.lead, world.sponsor, world.member, world.owner, world.contributor]
    for n in range(len(kinds)):
        one = Initiative.objects.create(
            workspace=world.workspace,
            title=f"Another {n}",
            target="Rest",
            made_at=NOW,
            open_to_workspace=n % 2 == 0,
        )
        for k, user in enumerate(users):
            if (n + k) % 3:
                Role.objects.create(
                    initiative=one, user=user, kind=kinds[(n + k) % len(kinds)], since=NOW
                )
        fill(one, _somebody(world, one))
        if n % 2:
            one.needs.update(people_count=2)
        if n % 3 == 0:
            one.stories.update(readers="workspace")


def _somebody(world: World, initiative: Initiative) -> Participation:
    person = initiative.workspace.people.create(name=f"Somebody {initiative.pk}")
    return Participation.objects.create(
        person=person, initiative=initiative, held_by=world.lead, since=NOW
    )


@pytest.mark.parametrize("who", FINDS)
def test_the_page_of_everything_found_opens_to_whoever_found_it(
    client: Client, world: World, who: str
) -> None:
    a_place_with_much_in_it(world)
    user = getattr(world, who)
    client.force_login(user)
    for sort in SORTS:
        for group in search.find(user, "zebra", sort=sort.name).groups:
            for hit in group.hits:
                address, anchor = urldefrag(hit.url)
                page = client.get(address)
                assert page.status_code == 200, hit.url
                assert not anchor or f'id="{anchor}"' in page.content.decode()


@pytest.mark.parametrize("who", FINDS)
def test_doors_put_together_beforehand_let_through_what_the_doors_do(
    world: World, who: str
) -> None:
    a_place_with_much_in_it(world)
    user = getattr(world, who)
    for sort in SORTS:
        everything = list(sort.rows(world.lead).model._default_manager.values_list("pk", flat=True))
        through = {row.pk for row in doors.rows(user, {sort.name: everything})}
        assert through == set(sort.rows(user).values_list("pk", flat=True)), sort.name


def test_an_index_that_is_wrong_lets_nothing_through(world: World) -> None:
    """The doors are asked again: even if every row said it were ours."""
    fill(world.other_initiative, _somebody(world, world.other_initiative))
    theirs = {
        sort.name: list(sort.rows(world.outsider).values_list("pk", flat=True)) for sort in SORTS
    }
    assert all(theirs.values())
    assert finding._rows(world.lead, theirs) == {}


def test_words_for_the_leads_alone_are_neither_shown_nor_found_in_the_plan_by_others(
    world: World,
) -> None:
    said = {"initiative": world.initiative, "participation": world.joan, "said_on": NOW.date()}
    quote = Quote.objects.create(**said, words="The zebra eats at noon")
    world.initiative.parts.create(
        title="Cover", why="Somebody said: the  Zebra eats at noon.", made_at=NOW, changed_at=NOW
    )
    assert "part" in sorts_found(world.lead)
    for who in (world.sponsor, world.contributor):
        assert sorts_found(who) == set()  # not by the very words
        [group] = search.find(who, "somebody").groups
        assert "Zebra" not in "".join(piece.text for piece in group.hits[0].words)
    Quote.objects.filter(pk=quote.pk).update(passed_on=Quote.PassedOn.UNNAMED)
    assert sorts_found(world.sponsor) == {"part"}


def test_nobody_elses_words_are_found_in_a_story_whoever_may_read_it(world: World) -> None:
    told = {"title": "Spring", "did_not": "We heard: the zebra eats at noon."}
    at = {"made_at": NOW, "changed_at": NOW, "published_at": NOW}
    world.initiative.stories.create(**told, **at, readers="workspace")
    assert sorts_found(world.member) == {"story"}
    Quote.objects.create(
        initiative=world.initiative,
        participation=world.joan,
        said_on=NOW.date(),
        words="The zebra eats at noon",
        passed_on=Quote.PassedOn.NAMED,
    )
    assert sorts_found(world.member) == set()
    assert sorts_found(world.lead) == {"quote", "story"}
