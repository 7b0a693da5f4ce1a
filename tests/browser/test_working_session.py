"""A whole working session: the lead's screen by keyboard alone, and everyone on their phones (4.6)."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass

import pytest
from django.urls import reverse
from django.utils.timezone import now
from playwright.sync_api import Browser, Locator, Page, expect
from pytest_django.live_server_helper import LiveServer

from earnest.ideas.actions import sessions
from earnest.ideas.actions.spaces import speak
from earnest.ideas.models import Idea, Phase, Session, Try
from earnest.ideas.tests.sat import a_session, go_to
from earnest.initiatives import actions as initiatives
from earnest.messaging.models import Message
from earnest.promises.models import Promise
from tests import worlds
from tests.browser import places
from tests.browser.conftest import opened
from tests.browser.test_every_page import CONTRAST, PHONE, WIDE, look
from tests.worlds import World

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.timeout(300),
]
PATIENCE_MS = 30_000  # a phone asks every few seconds, and a busy machine answers late


def there(found: Locator) -> Locator:
    expect(found.first).to_be_visible(timeout=PATIENCE_MS)
    return found


def sound(page: Page) -> None:
    """By day and by night, at its own size: the wide screen of the room, or somebody's phone.

    Every page stands in ``test_every_page`` at both sizes; here it is its state that is new.
    """
    size = page.viewport_size or {"width": WIDE[0], "height": WIDE[1]}
    of = (size["width"], size["height"])
    assert list(look(page, of, "light")) == []
    assert list(look(page, of, "dark", rules=CONTRAST)) == []
    page.emulate_media(color_scheme="light")


@dataclass
class Room:
    """Who leads, before the screen, and two phones."""

    world: World
    screen: Page
    joans: Page
    sams: Page

    def press(self, name: str) -> None:
        """A button of the screen, by keyboard."""
        there(self.screen.get_by_role("button", name=name)).first.press("Enter")

    def on_all(self, words: str) -> None:
        """The next step is on the screen and on every phone, which nobody had to touch."""
        for page in (self.screen, self.joans, self.sams):
            there(page.get_by_role("heading", level=1).filter(has_text=words))


@pytest.fixture
def room(chrome: Browser, live_server: LiveServer, transactional_db: None) -> Iterator[Room]:
    world = worlds.build(at=now())
    with ExitStack() as pages:
        screen, joans, sams = (
            pages.enter_context(opened(chrome, live_server, script=True)) for _one in range(3)
        )
        for page in (screen, joans, sams):
            page.context.set_default_timeout(PATIENCE_MS)
        for phone in (joans, sams):
            phone.set_viewport_size({"width": PHONE[0], "height": PHONE[1]})
        places.sign_in(screen, world.lead)
        yield Room(world, screen, joans, sams)


def begin(room: Room, *, names: bool = True) -> str:
    """Opened with nothing prepared; returns the code on the screen."""
    room.screen.goto(reverse("pages:sessions", args=[room.world.initiative.pk]))
    sound(room.screen)
    if not names:
        room.screen.get_by_role("radio", name="Without names").press("Space")
    room.press("Open the session")
    code = there(room.screen.locator(".code")).inner_text()
    assert code == Session.objects.get().code
    sound(room.screen)
    return code


def by_code(phone: Page, code: str) -> None:
    phone.goto(reverse("pages:join"))
    phone.get_by_label("The code on the screen").fill(code.lower())
    phone.keyboard.press("Enter")


def seated(room: Room, to: Phase) -> Session:
    """Joan there by her own link, Sam by the code; one idea of hers, written in silence."""
    world, at = room.world, now()
    session = go_to(a_session(world, at=at), Phase.ALONE, world, at=at)
    voice = speak(session.space, participation=world.joan, key_hash="", at=at)
    sessions.jot(session, voice, "A shared list of open slots", at=at)
    by_code(room.sams, session.code)
    there(room.sams.get_by_label("Your name")).fill("Sam")
    room.sams.keyboard.press("Enter")
    there(room.sams.locator(".door-number"))
    sessions.let_in(session.knocks.get(), world.sam, by=world.lead, at=at)
    go_to(session, to, world, at=now())
    room.joans.goto(f"/p/{initiatives.make_link(world.joan, by=None, at=at)}/")
    room.joans.get_by_role("link", name="Come in").press("Enter")
    room.screen.goto(reverse("pages:session_screen", args=[session.pk]))
    return session


def test_coming_in_and_writing_in_silence(room: Room) -> None:
    code = begin(room)
    _by_their_own_link(room)
    _let_in_by_the_code(room, code)
    _in_silence(room)


def test_building_and_taking_on(room: Room) -> None:
    seated(room, Phase.BUILD)
    _building(room)
    _who_tries_what(room)
    _what_came_out(room)


def _by_their_own_link(room: Room) -> None:
    phone = room.joans
    phone.goto(f"/p/{initiatives.make_link(room.world.joan, by=None, at=now())}/")
    phone.get_by_role("link", name="Come in").press("Enter")
    phone.get_by_role("button", name="I am here").press("Enter")
    there(room.screen.get_by_text("One is there: Joan Okafor"))
    sound(phone)


def _let_in_by_the_code(room: Room, code: str) -> None:
    phone = room.sams
    by_code(phone, code)
    there(phone.get_by_label("Your name")).fill("Sam")
    sound(phone)
    phone.keyboard.press("Enter")
    number = there(phone.locator(".door-number")).inner_text()
    there(room.screen.locator(".door-number").filter(has_text=number))
    sound(room.screen)
    room.press("I see Sam Reyes: let in")
    there(phone.get_by_text("let this phone in"))


def _in_silence(room: Room) -> None:
    room.press("Begin")
    room.on_all("Read the target together")
    sound(room.joans)
    room.press("Next: own ideas, in silence")
    room.on_all("Each for themselves")
    idea = there(room.joans.get_by_label("How would you make it work?"))
    idea.fill("A shared list of open slots")
    idea.press("Tab")
    room.joans.keyboard.press("Enter")
    there(room.joans.get_by_text("Kept."))
    sound(room.joans)
    there(room.screen.get_by_text("one has written"))
    assert "A shared list" not in room.screen.content()
    assert "A shared list" not in room.sams.content()
    room.sams.get_by_label("How would you make it work?").fill("Half a thought")
    room.press("Next: build on one")
    room.on_all("build on it")
    there(room.screen.get_by_text("A shared list of open slots"))
    kept = there(room.sams.get_by_label("How would you make it work?"))
    expect(kept).to_have_value("Half a thought")  # the step went on before it was sent


def _building(room: Room) -> None:
    room.on_all("build on it")
    room.sams.locator("summary").filter(has_text="Build on it").press("Enter")
    there(room.sams.get_by_label("Yes, and …")).fill("On the wall of the ward")
    sound(room.sams)
    room.sams.get_by_role("button", name="Add it").press("Enter")
    there(room.sams.get_by_text("Credit goes to both"))
    there(room.screen.get_by_text("On the wall of the ward"))
    sound(room.screen)
    grown = Idea.objects.get(words="On the wall of the ward")
    assert [one.of.words for one in grown.grew_from.all()] == ["A shared list of open slots"]


def _who_tries_what(room: Room) -> None:
    room.press("Next: who tries what by when")
    room.on_all("Who tries what")
    for phone, words in ((room.joans, "Draw the list"), (room.sams, "Ask the night shift")):
        there(phone.get_by_label("I try this")).fill(words)
        phone.get_by_role("button", name="I take this on").press("Enter")
        there(phone.get_by_role("listitem").filter(has_text=words))
        sound(phone)
        there(room.screen.get_by_text(words))
    sound(room.screen)
    own, noted = Promise.objects.order_by("pk")
    assert own.confirmed_at is not None
    assert (noted.participation, noted.confirmed_at) == (room.world.sam, None)


def _what_came_out(room: Room) -> None:
    room.press("End the session")
    there(room.screen.get_by_role("heading", name="What came out"))
    for phone in (room.joans, room.sams):
        there(phone.get_by_role("heading", level=1).filter(has_text="Thank you"))
        sound(phone)
    there(room.screen.get_by_text("waits for their own yes"))
    sound(room.screen)
    assert [one.participation for one in Message.objects.all()] == [room.world.sam]
    room.screen.goto("/")
    there(room.screen.get_by_text("A session ended: read what came out"))
    room.screen.get_by_role("link", name="Read", exact=True).first.press("Enter")
    room.press("I have read it")
    there(room.screen.get_by_text("The promises are followed"))
    room.screen.goto("/")
    assert "A session ended" not in room.screen.content()


def test_without_names_by_the_code_alone(room: Room) -> None:
    code = begin(room, names=False)
    phone = room.sams
    by_code(phone, code)
    there(phone.get_by_role("button", name="I am here")).press("Enter")
    there(room.screen.get_by_text("One is there"))
    room.press("Begin")
    for step in ("own ideas, in silence", "build on one", "who tries what by when"):
        room.press(f"Next: {step}")
    there(phone.get_by_label("I try this")).fill("Bring the list")
    phone.get_by_role("button", name="I take this on").press("Enter")
    there(phone.get_by_text("Noted, without a name."))
    sound(phone)
    there(room.screen.get_by_text("Bring the list"))
    room.press("End the session")
    there(phone.get_by_text("Nothing leads from here to there"))
    sound(phone)
    assert Try.objects.get().voice.participation is None
    assert not Promise.objects.exists()


# Whether all that was said, the time left and the next step are seen at once.
SEEN_AT_ONCE = """() => {
    const wall = [...document.querySelectorAll(".ideas-wall .card")];
    const steer = document.querySelector(".steer").getBoundingClientRect();
    const low = Math.max(...wall.map((card) => card.getBoundingClientRect().bottom));
    const clock = document.querySelector(".time-left").getBoundingClientRect();
    return [wall.length, clock.top >= 0, low <= steer.top, steer.bottom <= innerHeight];
}"""


def test_twelve_ideas_are_read_on_the_wall_without_scrolling(room: Room) -> None:
    world, at = room.world, now()
    session = go_to(a_session(world, at=at), Phase.ALONE, world, at=at)
    for one in range(12):
        voice = speak(session.space, participation=world.joan, key_hash="", at=at)
        words = f"Give number {one} of the desks a list of open slots that the night shift sees too"
        sessions.jot(session, voice, words, at=at)
    go_to(session, Phase.BUILD, world, at=at)
    room.screen.goto(reverse("pages:session_screen", args=[session.pk]))
    assert room.screen.evaluate(SEEN_AT_ONCE) == [12, True, True, True]


def test_nobody_ends_it_for_everyone_by_a_slip(room: Room) -> None:
    session = go_to(a_session(room.world, at=now()), Phase.TARGET, room.world, at=now())
    room.screen.goto(reverse("pages:session_screen", args=[session.pk]))
    end = room.screen.get_by_role("button", name="End it now, for everyone")
    expect(end).to_have_count(0)
    room.screen.locator("summary").filter(has_text="More").press("Enter")
    end.press("Enter")
    there(room.screen.get_by_role("heading", name="What came out"))
