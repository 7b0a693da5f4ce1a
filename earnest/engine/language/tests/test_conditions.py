import pytest

from earnest.engine.language.tests.conftest import Read

CONDITIONAL = [
    ("I'll let Joan know when it is decided.", "let Joan know", "when it is decided"),
    ("Once the budget is through, I'll order desks.", "order desks", "Once the budget is through"),
    ("Once the budget is through I'll order desks.", "order desks", "Once the budget is through"),
    ("Sam will call the plant if the board agrees.", "call the plant", "if the board agrees"),
    ("I'll order it as soon as we have a yes.", "order it", "as soon as we have a yes"),
    ("> she will order desks if it is decided", "order desks", "if it is decided"),
]
STANDING = [
    "I'll keep Joan updated.",
    "I'll keep her in the loop.",
    "I'll let them know as it goes.",
    "I'll send Joan the numbers every week.",
    "I'll call Joan on Fridays.",
    "< keep her updated",
]


@pytest.mark.parametrize(("text", "said", "condition"), CONDITIONAL)
def test_a_condition_is_kept_apart_from_the_deed(
    read: Read, text: str, said: str, condition: str
) -> None:
    (found,) = read(text)
    assert (found.words, found.condition, found.due) == (said, condition, None)


@pytest.mark.parametrize("text", STANDING)
def test_a_standing_promise_has_no_day(read: Read, text: str) -> None:
    (found,) = read(text)
    assert found.standing
    assert found.due is None


def test_a_date_beside_a_condition_counts(read: Read) -> None:
    (found,) = read("I'll call Joan by Tuesday, if the board agrees.")
    assert (found.words, found.condition) == ("call Joan", "if the board agrees")
    assert str(found.due) == "2025-12-09"
