"""Golden notes: what each gives, and what must give nothing."""

import pytest

from earnest.engine.language.tests.conftest import Read

# text → (kind, direction, speaker, whom, words) of everything found
OURS = [
    ("I'll send Joan the minutes.", "Joan", "send Joan the minutes"),
    ("I’ll send Joan the minutes.", "Joan", "send Joan the minutes"),
    ("I will definitely call Sam.", "Sam", "call Sam"),
    ("I'm going to order two desks", None, "order two desks"),
    ("I promised to show Joan the plan.", "Joan", "show Joan the plan"),
    ("I promised Joan the numbers.", "Joan", "the numbers"),
    ("I promised Joan to send the list.", "Joan", "send the list"),
    ("I told Joan I'd be back on Monday.", "Joan", "be back"),
    ("Let me check with IT and get back to you.", None, "check with IT and get back to you"),
    ("We'll send them the figures.", None, "send them the figures"),
    ("I need to call Sam by Friday.", "Sam", "call Sam"),
    ("Will send Joan the draft.", "Joan", "send Joan the draft"),
    ("TODO: send Joan the draft", "Joan", "send Joan the draft"),
    ("- I'll look at the rota", None, "look at the rota"),
    ("Me: I'll look at the rota", None, "look at the rota"),
    ("I'll have a look at the forms.", None, "have a look at the forms"),
    ("I'll ask Sam when the system starts.", None, "ask Sam when the system starts"),
    ("I'll send the list because she asked.", None, "send the list"),
]
THEIRS = [
    ("Joan will ask her team.", "Joan", "ask her team"),
    ("Met Joan. She'll send the list.", "Joan", "send the list"),
    ("Sam promised to send the figures.", "Sam", "send the figures"),
    ("Tomás agreed to run the pilot.", "Tomás", "run the pilot"),
    ("Joan said she'd talk to Pete.", "Joan", "talk to Pete"),
    ("Joan told me she would speak to her team", "Joan", "speak to her team"),
    ("Sam has offered to train two people.", "Sam", "train two people"),
    ("Joan promised me the list.", "Joan", "the list"),
    ("Joan: I'll ask Sam.", "Joan", "ask Sam"),
    ("They'll send us the numbers.", None, "send us the numbers"),
    ("Joan and Sam were here. She'll send it.", None, "send it"),
    ("Sam told Joan he'll bring the plan.", "Sam", "bring the plan"),
]
NOTHING = [
    "It will rain tomorrow.",
    "The system will go live in May.",
    "The new forms will arrive on Monday.",
    "I will not send it.",
    "I won't be there on Friday.",
    "I'll never send it.",
    "I'll be honest, this is hard.",
    "I'll say it plainly.",
    "We'll see.",
    "We will see each other on Monday.",
    "If I'll ever see that, fine.",
    "I hope she'll come.",
    "I doubt Sam will send it.",
    "She doesn't think he'll send it.",
    "Joan will be on holiday next week.",
    "Joan will retire next year.",
    "Had the meeting on Friday. Sam sent the numbers on Tuesday.",
    "Talked with Joan about the rota.",
    "Could you send the list by Friday?",
    "I told Joan to send the list.",
    "I asked Sam if he would send it.",
    "She asked for the numbers.",
    "No problem. She is not worried.",
    "I am worried about Friday.",
    "She talked to Pete.",
    "I asked Joan what makes it hard.",
    "What else is on your plate?",
    "The weather was bad and the train was late.",
    "Let's meet again on Tuesday.",
    "I can see the point.",
    "The “new” form.",
    "Ich rufe Sam am Dienstag an.",
    "明日送ります。",
    "",
    "\n\n  \n",
]


@pytest.mark.parametrize(("text", "whom", "said"), OURS)
def test_our_own_promises(read: Read, text: str, whom: str | None, said: str) -> None:
    (found,) = read(text)
    assert (found.kind, found.direction) == ("promise", "ours")
    assert (found.whom, found.words, found.speaker) == (whom, said, None)


@pytest.mark.parametrize(("text", "speaker", "said"), THEIRS)
def test_their_promises(read: Read, text: str, speaker: str | None, said: str) -> None:
    (found,) = read(text)
    assert (found.kind, found.direction) == ("promise", "theirs")
    assert (found.speaker, found.whom, found.words) == (speaker, speaker, said)


@pytest.mark.parametrize("text", NOTHING)
def test_what_is_no_finding(read: Read, text: str) -> None:
    assert read(text) == ()


def test_two_promises_of_one_sentence_are_two(read: Read) -> None:
    first, second = read("Met Joan. I'll send her the list and she'll forward it to her team.")
    assert (first.direction, first.words) == ("ours", "send her the list")
    assert (second.direction, second.words) == ("theirs", "forward it to her team")


LEFT_OUT = [
    ("Joan's back. She'll ask Sam, and will find out by Wednesday.", "theirs", "find out"),
    ("I'll ask Sam and will call Joan by Wednesday.", "ours", "call Joan"),
]


@pytest.mark.parametrize(("text", "direction", "said"), LEFT_OUT)
def test_a_second_will_without_a_person_is_the_same_persons(
    read: Read, text: str, direction: str, said: str
) -> None:
    first, second = read(text)
    assert (first.words, first.due) == ("ask Sam", None)
    assert (second.direction, second.words, second.speaker) == (direction, said, first.speaker)
    assert second.due_words == "by Wednesday"


@pytest.mark.parametrize(
    "text",
    [
        "I'll ask Sam who knows the form and will send it.",
        "I'll ask about the power and will of the team.",
    ],
)
def test_a_will_of_another_is_not_taken_for_the_same_persons(read: Read, text: str) -> None:
    assert len([one for one in read(text) if one.kind == "promise"]) == 1


def test_a_refused_promise_ends_the_one_before(read: Read) -> None:
    (found,) = read("I'll send Joan the list and I will not tell Sam.")
    assert found.words == "send Joan the list"


def test_a_wrapped_line_is_one_sentence(read: Read) -> None:
    (found,) = read("I'll send Joan the draft before the others\nsee it, in two weeks.")
    assert found.words == "send Joan the draft before the others see it"


def test_lines_without_stops_are_sentences_of_their_own(read: Read) -> None:
    found = read("I'll send Joan the draft\nI'll call Sam")
    assert [one.words for one in found] == ["send Joan the draft", "call Sam"]


LONG = """Meeting with Tomás Herrera, 4 Dec, canteen

He runs the night shift, 14 people. Doesn't trust the board: "It's green when we're drowning."
He'll try the new one for a week, starting Monday. I said I would sit in on Thursday night
and that I'd bring the list of open requests.
Suggested I talk to Priya Nair in Leeds, who did the same last year.
If he's fine with it, I'll share my notes with the team. I'll keep him posted.
"""


def test_a_page_of_notes(read: Read) -> None:
    assert [(one.kind.value, one.direction, one.whom or one.speaker) for one in read(LONG)] == [
        ("quote", None, "Tomás Herrera"),
        ("promise", "theirs", "Tomás Herrera"),
        ("promise", "ours", None),
        ("promise", "ours", None),
        ("referral", None, "Priya Nair"),
        ("promise", "ours", None),
        ("promise", "ours", "Tomás Herrera"),
    ]
