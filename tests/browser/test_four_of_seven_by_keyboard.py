"""By keyboard alone: the rhythm, what changed, the mirror, asked again, a voice, a step back, search."""

from __future__ import annotations

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Locator, Page, expect

from earnest.initiatives.models import Participation
from earnest.listening.models import Quote
from earnest.pages.models import WeeklyLine
from earnest.plans.models import StoryVoice
from earnest.promises.models import AskedAgain
from earnest.rhythm.models import Audience, ProgressMail
from tests import test_doors as doors
from tests import worlds
from tests.browser import places

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
MOST_TABS = 60
SEEN = """here => here === document.activeElement
    && parseFloat(getComputedStyle(here).outlineWidth) >= 2"""
type Scene = places.Scene


@pytest.fixture
def scene(transactional_db: None) -> Scene:
    """One of each thing, without the example: these flows need nobody else."""
    now = timezone.now()
    world = worlds.build(at=now)
    ids = doors.furnish(world).ids
    here = Participation.objects.filter(pk=world.joan.pk)
    here.update(last_contact_at=now, first_told_at=now)
    return places.Scene(world, ids, world.initiative, world.joan)


def go(page: Page, name: str, scene: Scene, more: str = "") -> None:
    page.goto(places.address(name, scene.ids) + more)


def tab_to(page: Page, there: Locator) -> None:
    """Tab from where one is, until the focus is there and can be seen."""
    expect(there).to_have_count(1)
    if page.evaluate("document.activeElement === document.body"):
        page.keyboard.press("Tab")
        expect(page.get_by_role("link", name="Skip to the content")).to_be_focused()
        page.keyboard.press("Enter")
    for _press in range(MOST_TABS):
        page.keyboard.press("Tab")
        if there.evaluate("here => here === document.activeElement"):
            assert there.evaluate(SEEN), "the focus is not to be seen"
            return
    pytest.fail(f"Tab never came to {there}")


def button(page: Page, name: str) -> Locator:
    return page.locator("main").get_by_role("button", name=name)


def press(page: Page, there: Locator, key: str = "Enter") -> None:
    tab_to(page, there)
    page.keyboard.press(key)


def sends(page: Page) -> None:
    """Enter, where one is, and the page that follows."""
    with page.expect_navigation():
        page.keyboard.press("Enter")


def enter(page: Page, there: Locator) -> None:
    tab_to(page, there)
    sends(page)


def test_who_has_a_rhythm_of_their_own_and_wrong_days_stay_typed(page: Page, scene: Scene) -> None:
    places.sign_in(page, scene.world.lead)
    Audience.objects.all().delete()
    go(page, "rhythm:rhythm", scene)
    enter(page, page.get_by_role("link", name="Add an audience"))
    enter(page, button(page, "Go on to the days"))
    expect(page.locator("[aria-invalid=true]").first).to_be_focused()  # nobody was chosen
    page.keyboard.press("ArrowUp")  # round to the last one: those who help
    expect(page.get_by_label("those who help")).to_be_checked()
    enter(page, button(page, "Go on to the days"))
    first = page.locator("main table input").first
    tab_to(page, first)
    page.keyboard.type("3")
    sends(page)
    expect(first).to_be_focused()
    expect(first).to_have_value("3")
    first.press("Control+a")
    page.keyboard.type("12")
    sends(page)
    expect(page.get_by_role("heading", level=1)).to_have_text("Rhythm")
    expect(page.locator("#messages")).to_contain_text("Kept. It counts from now on.")
    go(page, "rhythm:new_audience", scene, "?kind=help")  # a tab left open: who, once more
    enter(page, button(page, "Keep"))
    assert Audience.objects.count() == 1


def test_what_changed_is_written_read_and_sent_once(page: Page, scene: Scene) -> None:
    ProgressMail.objects.all().delete()
    places.sign_in(page, scene.world.lead)
    go(page, "rhythm:progress", scene, "?anyway=1")
    changed = page.get_by_label("What changed")
    changed.fill("")
    enter(page, button(page, "See how they will read it"))
    expect(changed).to_be_focused()
    expect(page.locator("main")).to_contain_text("There is nothing in it yet")
    page.keyboard.type("A trial first")
    enter(page, button(page, "See how they will read it"))
    expect(page.locator(".mail")).to_contain_text("A trial first")
    other = page.context.new_page()  # a second tab, with the same mail about to be sent
    other.goto(page.url + "?anyway=1")
    other.get_by_label("What changed").fill("A trial first")
    enter(other, button(other, "See how they will read it"))
    enter(page, button(page, "Send it"))
    expect(page.locator("#messages")).to_contain_text("One person is told.")
    enter(other, button(other, "Send it"))
    expect(other.locator("#messages")).to_contain_text("This one is out already")
    assert ProgressMail.objects.count() == 1


def test_the_question_of_the_week_is_answered_once(page: Page, scene: Scene) -> None:
    WeeklyLine.objects.all().delete()
    places.sign_in(page, scene.world.lead)
    go(page, "pages:mirror_on", scene)
    line = page.get_by_role("textbox", name="How do I help us cooperate")
    tab_to(page, line)
    page.keyboard.type("I asked Joan twice")
    enter(page, button(page, "Keep it for myself"))
    expect(line).to_have_value("I asked Joan twice")  # a name: it stays typed, and is not kept
    expect(line).to_be_focused()
    page.keyboard.press("Control+a")
    page.keyboard.type("I listen first")
    enter(page, button(page, "Keep it for myself"))
    expect(page.locator("main")).to_contain_text("I listen first")
    assert WeeklyLine.objects.get().words == "I listen first"


def test_asked_again_every_answer_by_keys_on_a_phone(page: Page, scene: Scene) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    places.become(page, doors.LINK, scene)
    again = AskedAgain.objects.get(pk=scene.ids["again"])
    go(page, "pages:mine_again", scene)
    enter(page, button(page, AskedAgain.Answer.GOES_ON.label.capitalize()))
    for answer in (AskedAgain.Answer.ANOTHER_WAY, AskedAgain.Answer.NOT_ANY_MORE):
        press(page, page.locator("main summary"))
        name = answer.label[0].upper() + answer.label[1:]
        enter(page, button(page, name))
        again.refresh_from_db()
        assert again.answer == answer
    press(page, page.get_by_label("It is a no for me now"), "Space")
    enter(page, button(page, "Save the line"))
    why = page.get_by_label("In a line")
    expect(why).to_be_focused()
    expect(page.locator("main")).to_contain_text("Why, in a line?")
    expect(page.get_by_label("It is a no for me now")).to_be_checked()
    page.keyboard.type("The vans")
    enter(page, button(page, "Save the line"))
    again.refresh_from_db()
    assert (again.words, again.is_no) == ("The vans", True)


def test_a_voice_answers_by_keys_and_sees_which_answer_stands(page: Page, scene: Scene) -> None:
    Quote.objects.update(passed_on=Quote.PassedOn.UNNAMED)
    page.set_viewport_size({"width": 390, "height": 844})
    places.become(page, doors.LINK, scene)
    go(page, "pages:mine_voice", scene)
    for name, state in (("Yes, without my name", "unnamed"), ("No", "refused")):
        answer = page.get_by_role("button", name=name, exact=True)
        enter(page, answer)
        expect(answer).to_have_attribute("aria-pressed", "true")
        wash = answer.evaluate("here => getComputedStyle(here).backgroundColor")
        other = page.locator("main button[aria-pressed=false]").first
        assert wash != other.evaluate("here => getComputedStyle(here).backgroundColor")
        assert StoryVoice.objects.get(pk=scene.ids["voice"]).state == state


def test_search_is_entered_by_its_key_and_what_is_found_takes_no_focus(
    page: Page, scene: Scene
) -> None:
    places.sign_in(page, scene.world.lead)
    page.goto("/search/")
    field = page.locator("#q")
    expect(field).to_be_focused()
    with page.expect_response(lambda answer: "q=joan" in answer.url):
        page.keyboard.type("joan")
    found = page.locator("#found .hits a").first
    expect(found).to_contain_text("Joan")
    expect(field).to_be_focused()
    tab_to(page, found)
    sends(page)
    page.keyboard.press("/")
    expect(page.locator(".find input")).to_be_focused()


def test_stepping_back_by_keys_from_asking_to_what_changes(page: Page, scene: Scene) -> None:
    places.sign_in(page, scene.world.lead)
    go(page, "listening:step_back", scene)
    folds = page.locator("main summary")
    press(page, folds.filter(has_text="Keep why"))
    why = page.locator("main form[action$='/reason/'] textarea")
    tab_to(page, why)
    page.keyboard.type("Not while we are two")
    enter(page, button(page, "Keep it"))
    expect(page.locator("main .voice").first).to_contain_text("Not while we are two")
    press(page, folds.filter(has_text="Write it down"))
    enter(page, button(page, "Write it down"))
    expect(page.locator("main [aria-invalid=true]").first).to_be_focused()
    assert reverse("listening:step_back_outcome", args=[scene.ids["step_back"]]) in page.url
