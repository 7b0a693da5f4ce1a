"""Listening in the browser: offline, in two windows, with marks, on a phone, and leaving nothing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urlsplit

import pytest
from django.utils.timezone import now
from playwright.sync_api import Page, Route, expect
from pytest_django.live_server_helper import LiveServer

from earnest.initiatives import actions as initiatives
from earnest.listening.models import Conversation
from tests import worlds
from tests.browser import chromium, places
from tests.worlds import World

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

NOTES = "textarea[name=text]"
KEPT = "Object.keys(localStorage).filter((key) => /talk|sheet|sent/.test(key))"
MIRRORED = """() => new Promise(async (resolve) => {
    if (!(await indexedDB.databases()).length) return resolve([]);
    const asked = indexedDB.open("earnest");
    asked.onsuccess = () => {
        const found = asked.result.transaction("kept").objectStore("kept").getAllKeys();
        found.onsuccess = () => { asked.result.close(); resolve(found.result); };
    };
})"""


@dataclass
class Leader:
    """The lead of the world, who listens to Joan."""

    page: Page
    world: World

    @property
    def path(self) -> str:
        return f"/listen/{self.world.initiative.pk}/?with={self.world.joan.pk}"

    def listen(self, page: Page | None = None) -> Page:
        there = page or self.page
        there.goto(self.path)
        expect(there.locator("form[data-ready]")).to_be_visible()
        return there

    def wait_for_worker(self) -> None:
        """The page can be opened offline from here on."""
        self.page.evaluate("navigator.serviceWorker.ready.then(() => true)")
        assert self.page.evaluate("caches.match('/listen/shell/').then(Boolean)")

    def end(self) -> str:
        self.page.get_by_role("button", name="End and look back").click()
        self.page.wait_for_url("**/found/")
        return Conversation.objects.latest("pk").notes


@pytest.fixture
def leader(page: Page) -> Iterator[Leader]:
    world = worlds.build(at=now())
    places.sign_in(page, world.lead)
    yield Leader(page, world)
    page.context.set_offline(False)


def test_it_opens_and_goes_on_where_no_server_answers(leader: Leader) -> None:
    page = leader.listen()
    leader.wait_for_worker()
    page.keyboard.type("Fridays are")
    page.context.set_offline(True)
    page.keyboard.type(" hard.")
    page.reload()
    expect(page.get_by_role("heading", level=1)).to_have_text("Listening to Joan")
    expect(page.locator(NOTES)).to_have_value("Fridays are hard.")
    page.keyboard.type("\n? who decides")
    page.get_by_role("button", name="End and look back").click()
    expect(page.get_by_role("status")).to_contain_text("Kept on this device, sent when")
    page.context.set_offline(False)
    page.wait_for_url("**/found/")
    assert Conversation.objects.get().notes == "Fridays are hard.\n? who decides"
    assert page.evaluate(KEPT) == []
    assert page.evaluate(MIRRORED) == []


def test_offline_the_choice_shows_the_talks_of_this_device(leader: Leader) -> None:
    page = leader.listen()
    leader.wait_for_worker()
    page.keyboard.type("begun")
    page.context.set_offline(True)
    page.goto(f"/listen/{leader.world.initiative.pk}/")
    expect(page.get_by_role("status")).to_contain_text("nobody can be chosen")
    expect(page.get_by_label("Notes", exact=True)).to_be_hidden()
    page.get_by_role("link", name="Joan").click()
    expect(page.locator(NOTES)).to_have_value("begun")


def test_what_waits_is_said_and_sent_from_any_other_page(leader: Leader) -> None:
    page = leader.listen()
    page.route("**/written/", lambda route: route.abort())
    page.keyboard.type("only here")
    page.goto("/")
    expect(page.get_by_text("What you wrote with Joan waits on this device.")).to_be_visible()
    page.unroute("**/written/")
    expect(page.get_by_text("What you wrote with Joan has arrived.")).to_be_visible()
    page.goto(f"/initiatives/{leader.world.initiative.pk}/conversations/")
    expect(page.get_by_text("A talk with Joan Okafor")).to_be_visible()


def test_who_ends_hears_a_word_also_where_no_answer_comes(leader: Leader) -> None:
    page = leader.listen()
    page.context.route("**/written/", lambda _: None, times=1)  # neither an answer nor an error
    page.keyboard.type("Fridays are hard.")
    page.wait_for_timeout(1200)  # it is on its way
    page.get_by_role("button", name="End and look back").click()
    expect(page.locator("#notice")).to_contain_text("Kept on this device", timeout=5000)
    page.wait_for_url("**/found/", timeout=40_000)
    assert Conversation.objects.get().notes == "Fridays are hard."


def test_an_answer_that_was_cut_off_is_asked_for_again(leader: Leader) -> None:
    page = leader.listen()

    def cut_off(route: Route) -> None:
        route.fetch()
        route.fulfill(status=200, content_type="application/json", body='{"url": "/liste')

    page.context.route("**/ended/", cut_off, times=1)
    page.keyboard.type("Fridays are hard.")
    assert leader.end() == "Fridays are hard."
    assert page.evaluate(KEPT) == []


def test_two_windows_keep_both_texts(leader: Leader) -> None:
    one = leader.listen()
    one.keyboard.type("from the first")
    two = leader.listen(one.context.new_page())
    expect(two.get_by_role("status")).to_contain_text("another window of this talk is kept as well")
    two.keyboard.type("from the second")
    one.bring_to_front()
    assert sorted(leader.end().split("\n\n")) == ["from the first", "from the second"]
    expect(two.get_by_role("status")).to_contain_text("This talk was ended.")
    assert two.evaluate(KEPT) == []


def test_a_window_that_died_is_taken_up_again(leader: Leader) -> None:
    page = leader.listen()
    page.keyboard.type("before")
    again = page.context.new_page()
    page.close()
    leader.page = leader.listen(again)
    expect(again.locator(NOTES)).to_have_value("before")
    again.keyboard.type(" and after")
    assert leader.end() == "before and after"


def test_marks_by_button_stand_at_the_start_of_the_line(leader: Leader) -> None:
    page = leader.listen()
    page.keyboard.type("first line\none list for all")
    page.get_by_role("button", name="need").click()
    expect(page.locator(NOTES)).to_have_value("first line\n! one list for all")
    expect(page.locator(NOTES)).to_be_focused()
    page.get_by_role("button", name="idea").click()  # another mark takes its place
    expect(page.locator(NOTES)).to_have_value("first line\n+ one list for all")
    page.get_by_role("button", name="idea").click()  # the same again takes it away
    page.keyboard.type("!")
    expect(page.locator(NOTES)).to_have_value("first line\none list for all!")
    page.keyboard.press("Control+z")
    page.keyboard.press("Control+z")
    expect(page.locator(NOTES)).to_have_value("first line\n+ one list for all")


def test_marks_by_keyboard_alone(leader: Leader) -> None:
    page = leader.listen()
    page.keyboard.type("who decides")
    for _tab in range(5):
        page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="question")).to_be_focused()
    page.keyboard.press("Enter")
    page.keyboard.type("?")
    page.get_by_role("button", name="Write it as our promise").click()
    expect(page.locator(NOTES)).to_have_value(
        "? who decides?\n< I will show Joan the plan before I show anyone else\n"
    )


def test_signing_out_leaves_nothing_on_the_device(leader: Leader) -> None:
    page = leader.listen()
    leader.wait_for_worker()
    page.keyboard.type("words of Joan")
    other = page.context.new_page()
    other.goto("/")
    other.get_by_role("button", name="Sign out", exact=True).click()
    other.wait_for_url("**/login/**")
    assert other.evaluate("({...localStorage})") == {}
    assert other.evaluate(MIRRORED) == []
    assert other.evaluate("caches.keys()") == []
    expect(page.locator(NOTES)).to_have_value("")
    expect(page.get_by_role("status")).to_contain_text("You signed out.")
    places.sign_in(page, leader.world.lead)
    leader.listen()
    expect(page.locator(NOTES)).to_have_value("words of Joan")  # from the server
    assert leader.end() == "words of Joan"


def test_signing_out_asks_before_words_are_lost(leader: Leader) -> None:
    page = leader.listen()
    page.route("**/written/", lambda route: route.abort())
    page.keyboard.type("nowhere else")
    page.goto("/")
    page.get_by_role("button", name="Sign out", exact=True).click()
    asked = page.get_by_role("dialog")
    expect(asked).to_contain_text("What you wrote with Joan could not be sent.")
    asked.get_by_role("button", name="Stay signed in").click()
    assert len(page.evaluate(KEPT)) == 2
    page.get_by_role("button", name="Sign out", exact=True).click()
    asked.get_by_role("button", name="Sign out and remove it").click()
    page.wait_for_url("**/login/**")
    assert page.evaluate("({...localStorage})") == {}


def test_another_user_of_the_device_sees_nothing_and_loses_nothing(leader: Leader) -> None:
    page = leader.listen()
    page.route("**/written/", lambda route: route.abort())
    page.keyboard.type("mine alone")
    page.context.clear_cookies()  # the session is over; nobody signed out
    page.unroute("**/written/")
    places.sign_in(page, leader.world.co_lead)
    leader.listen()
    expect(page.locator(NOTES)).to_have_value("")
    expect(page.get_by_text("mine alone")).to_have_count(0)
    page.goto("/")
    page.get_by_role("button", name="Sign out", exact=True).click()
    page.wait_for_url("**/login/**")
    places.sign_in(page, leader.world.lead)
    leader.listen()
    expect(page.locator(NOTES)).to_have_value("mine alone")


def test_who_asked_to_stop_is_refused_and_the_words_stay_until_thrown_away(leader: Leader) -> None:
    page = leader.listen()
    initiatives.say_wish(leader.world.joan, initiatives.Wish.NOT_THIS, at=now())
    page.keyboard.type("too late")
    expect(page.get_by_role("status")).to_contain_text("Joan asked to be left alone")
    page.reload()
    expect(page.locator(NOTES)).to_have_value("too late")
    page.get_by_role("button", name="Throw it away").click()
    page.get_by_role("button", name="Throw them away").click()
    page.wait_for_url("**/conversations/")
    assert page.evaluate(KEPT) == []
    assert not Conversation.objects.exists()


def test_signed_out_meanwhile_it_says_so_and_keeps_the_words(leader: Leader) -> None:
    page = leader.listen()
    page.context.clear_cookies()
    page.keyboard.type("still here")
    expect(page.get_by_role("status")).to_contain_text("You are signed out here.")
    assert len(page.evaluate(KEPT)) == 2
    places.sign_in(page, leader.world.lead)
    leader.listen()
    assert leader.end() == "still here"


def test_nothing_written_is_nothing_kept(leader: Leader) -> None:
    page = leader.listen()
    page.get_by_role("button", name="End and look back").click()
    expect(page.get_by_role("status")).to_contain_text("Nothing is written yet.")


COVERED = """() => {
    const keys = document.querySelector(".keys").getBoundingClientRect();
    const notes = document.querySelector("textarea").getBoundingClientRect();
    const bar = document.querySelector(".rail");
    return {
        sizes: [...document.querySelectorAll(".keys button, header button")].map((one) => {
            const box = one.getBoundingClientRect();
            return Math.min(box.width, box.height);
        }),
        keysEnd: keys.bottom <= innerHeight + 1 && keys.top > innerHeight / 2,
        seen: Math.min(keys.top, innerHeight) - Math.max(notes.top, 0),
        wide: document.documentElement.scrollWidth <= innerWidth,
        bar: bar !== null,
    };
}"""


def test_on_a_phone_the_marks_lie_under_the_thumb_and_the_notes_are_seen(leader: Leader) -> None:
    leader.page.set_viewport_size({"width": 390, "height": 844})
    page = leader.listen()
    there = page.evaluate(COVERED)
    assert min(there["sizes"]) >= 40
    assert min(there["sizes"][1:]) >= 44
    assert there["keysEnd"]
    assert there["wide"]
    assert not there["bar"]
    assert there["seen"] > 250
    page.keyboard.type("\n".join(f"line {n}" for n in range(40)))
    caret_line = "() => { const t = document.querySelector('textarea').getBoundingClientRect();"
    caret_line += " return t.bottom - document.querySelector('.keys').getBoundingClientRect().top }"
    assert page.evaluate(caret_line) < 60  # what one writes last is above the marks
    page.set_viewport_size({"width": 390, "height": 480})  # the keyboard is up
    assert page.evaluate(COVERED)["seen"] > 80


def test_without_https_it_says_so_and_saves_to_the_server(
    leader: Leader, live_server: LiveServer, settings: object
) -> None:
    settings.ALLOWED_HOSTS = ["*"]  # type: ignore[attr-defined]
    elsewhere = leader.page.context.browser
    assert elsewhere is not None
    mapped = [*chromium.ARGUMENTS, "--host-resolver-rules=MAP earnest.test 127.0.0.1"]
    browser = elsewhere.browser_type.launch(executable_path=chromium.executable(), args=mapped)
    port = urlsplit(live_server.url).port
    page = browser.new_context(base_url=f"http://earnest.test:{port}").new_page()
    places.sign_in(page, leader.world.lead)
    leader.page = leader.listen(page)
    expect(page.get_by_role("status")).to_contain_text("This address is not HTTPS")
    page.keyboard.type("on the server alone")
    expect(page.locator("#kept")).to_have_text("saved")
    assert page.evaluate("({...localStorage})") == {}
    assert leader.end() == "on the server alone"
    browser.close()


def test_without_script_it_is_a_plain_form(plain_page: Page) -> None:
    world = worlds.build(at=now())
    places.sign_in(plain_page, world.lead)
    plain_page.goto(f"/initiatives/{world.initiative.pk}/conversations/")
    plain_page.get_by_role("link", name="Listen", exact=True).click()
    plain_page.get_by_label("Joan Okafor").check()
    plain_page.get_by_role("button", name="Begin").click()
    plain_page.get_by_label("Notes", exact=True).fill("by form alone")
    plain_page.get_by_role("button", name="End and look back").click()
    assert Conversation.objects.get().notes == "by form alone"
