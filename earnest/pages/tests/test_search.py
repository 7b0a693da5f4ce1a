"""What is found, as it is written at this moment, on both databases alike."""

from __future__ import annotations

import pytest
from django.db import connection

from earnest.listening.models import Quote
from earnest.pages import search
from earnest.people.models import Person, Team
from tests.worlds import NOW, World


def say(world: World, words: str, **more: object) -> Quote:
    said = {"initiative": world.initiative, "participation": world.joan, "said_on": NOW.date()}
    return Quote.objects.create(**{**said, "words": words, **more})


def found(world: World, typed: str, **more: object) -> list[tuple[str, int]]:
    """Sort and key of everything the lead finds."""
    results = search.find(world.lead, typed, **more)  # type: ignore[arg-type]
    return [(group.sort.name, hit.row.pk) for group in results.groups for hit in group.hits]


def test_words_are_found_as_soon_as_they_are_written(world: World) -> None:
    quote = say(world, "Fridays are the worst of all")
    assert found(world, "worst") == [("quote", quote.pk)]


@pytest.mark.parametrize(
    ("written", "typed"),
    [
        ("Rösti im Café", "cafe rosti"),
        ("resume", "résumé"),
        ("Re\u0301sume\u0301", "resume"),
        ("die Straße zum Hafen", "strasse"),
        ("die Strasse zum Hafen", "Straße"),
        ("GROSSE SORGE", "große"),
        ("öffnen um acht", "OFFNEN"),
        ("قالت مُحَمَّد يعرف", "محمد"),
        ("لا أحد يعرف الجواب", "أحد"),
        ("我们需要更多休息时间", "休息"),
        ("我们需要更多休息时间", "需要 时间"),
        ("会議がながい", "ながい"),
        ("Йога и чай", "йога"),
        ("Η ΏΡΑ ΤΟΥ ΣΊΣΥΦΟΥΣ", "σίσυφους"),
        ("यह भाषा हिन्दी है", "हिन्दी"),
        ("weekend🎉cover", "weekend cover"),
        ("it costs 42.50 each", "42.50"),
        ("don't wait", "don’t"),
        ("the night-shift list", "night shift"),
        ("an e-mail a day", "e-mail"),
        ("some_thing/else", "thing else"),
        ("cover at the weekend", "cover week"),
        ("cover at the weekend", '"the weekend"'),
        ("cover at the weekend", "“at the” cover"),
        ("cover at the weekend", '"at the weekend"'),
        ("cover at the weekend", '"cover at the week'),
        ("cover at the weekend", '"the week'),
        ("我们需要更多休息时间", '"更多休息'),
        ("v2 of the list", "v2"),
        ("x" * 5000 + " zebra", "zebra"),
    ],
)
def test_written_so_and_typed_so_they_are_found(world: World, written: str, typed: str) -> None:
    quote = say(world, written)
    say(world, "something else altogether")
    assert found(world, typed) == [("quote", quote.pk)]


@pytest.mark.parametrize(
    ("written", "typed"),
    [
        ("cover at the weekend", "cover morning"),
        ("cover at the weekend", '"weekend the"'),
        ("cover at the weekend", '"week"'),
        ("at the end of the weekend", '"at the weekend"'),
        ("at the end of the weekend", '"at the week'),
        ("cover at the weekend", "wee cover"),
        ("我们需要更多休息时间", "息休"),
        ("йога", "иога"),
        ("plain", "i1"),
        ("plain", "\ue000i1"),
    ],
)
def test_what_does_not_stand_there_is_not_found(world: World, written: str, typed: str) -> None:
    say(world, written)
    assert found(world, typed) == []


@pytest.mark.parametrize(
    "typed",
    [
        "", " ", '"', '""', "AND", "OR NOT", "NEAR(a b)", "*", "a*", ":", "words:cover", "-cover",
        "(", ")", "cover)", "(cover", "'", "''", "';--", "%", "_", "\\", "&", "|", "!", "<->", "^x",
        "{a}", "\0", "\ud83c\udf89", "🎉", "cover " * 400, "x" * 9000, '"' * 300, "ـ", "\u0301", "ß",
        "cover\ncover", "a", "é", "\u200b", "＂cover＂", "我", "๏",
    ],
)  # fmt: skip
def test_whatever_is_typed_is_never_an_error(world: World, typed: str) -> None:
    say(world, "cover at the weekend")
    assert len(found(world, typed)) <= 1


def test_operators_are_words_like_others(world: World) -> None:
    quote = say(world, "do it and not before")
    assert found(world, "NOT AND") == [("quote", quote.pk)]
    assert found(world, "before:") == [("quote", quote.pk)]


def test_newest_come_first_and_a_page_goes_on_below_the_last(world: World) -> None:
    made = [say(world, f"weekend {n}").pk for n in range(70)]
    first = search.find(world.lead, "weekend", sort="quote").groups[0]
    assert [hit.row.pk for hit in first.hits] == made[:-31:-1]
    second = search.find(world.lead, "weekend", sort="quote", after=first.next_after).groups[0]
    third = search.find(world.lead, "weekend", sort="quote", after=second.next_after).groups[0]
    assert [len(one.hits) for one in (second, third)] == [30, 10]
    assert third.next_after is None
    shown = [hit.row.pk for one in (first, second, third) for hit in one.hits]
    assert shown == made[::-1]


def test_people_are_found_by_name_work_and_team_and_never_by_address(world: World) -> None:
    joan, sam = ("person", world.joan.pk), ("person", world.sam.pk)
    person = world.joan.person
    assert found(world, "okaf") == [joan]
    team = Team.objects.create(workspace=world.workspace, name="North")
    Person.objects.update(team=team)
    assert found(world, "north") == [sam, joan]
    Team.objects.update(name="South")
    assert found(world, "north") == []
    assert found(world, "south reyes") == [sam]
    team.delete()
    assert found(world, "south") == []
    Person.objects.filter(pk=person.pk).update(name="Joan Miller", job="Night nurse")
    assert found(world, "okafor") == []
    assert found(world, "nurse miller") == [joan]
    assert found(world, "example") == []


def test_raw_sql_is_followed_like_any_write(world: World) -> None:
    quote = say(world, "weekend cover")
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE listening_quote SET words = 'morning cover' WHERE id = %s", [quote.pk]
        )
    assert found(world, "weekend") == []
    assert found(world, "morning") == [("quote", quote.pk)]
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM listening_quote WHERE id = %s", [quote.pk])
    assert found(world, "morning") == []
