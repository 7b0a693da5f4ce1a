"""Lessons on a person's own page: one tap opens the point, one says how it went (0.4, 0.8, 0.11)."""

from __future__ import annotations

from datetime import timedelta

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils.timezone import now

from earnest.pages.tests.own import opened
from earnest.practice import actions
from earnest.practice.models import Agreement, Attendance, CameUp, FollowUp
from earnest.practice.tests.taught import POINTS, a_lesson, first_point, were_there
from tests.worlds import World


def html(client: Client, path: str) -> str:
    return client.get(path).content.decode()


def test_a_lesson_waits_on_their_page_and_opens_in_one_tap(client: Client, world: World) -> None:
    lesson = a_lesson(world, world.joan, links=(("the form", "https://intranet.example/form"),))
    own = opened(client, world.joan)
    assert "waits for its moment" in html(client, own)
    point = first_point(lesson)
    answer = client.post(f"{own}points/{point.pk}/came-up/", follow=True)
    page = answer.content.decode()
    assert f"<h1>{POINTS[0]}</h1>" in page
    assert "https://intranet.example/form" in page
    assert "waits for its moment" not in html(client, own)
    row = CameUp.objects.get()
    assert f"{own}came-up/{row.pk}/" in html(client, own)


def test_how_it_went_is_one_tap_and_a_line_of_their_own(client: Client, world: World) -> None:
    row = actions.say_it_came_up(world.joan, first_point(a_lesson(world, world.joan)), at=now())
    own = opened(client, world.joan)
    client.post(f"{own}came-up/{row.pk}/how/", {"how": "helped"})
    said = {"how": "helped", "words": "The night shift knew whom to ask"}
    client.post(f"{own}came-up/{row.pk}/how/", said)
    assert [one.words for one in CameUp.objects.standing()] == [said["words"]]
    assert said["words"] in html(client, own)
    client.force_login(world.lead)
    person = f"/initiatives/{world.initiative.pk}/people/{world.joan.pk}/"
    assert said["words"] in html(client, person)
    assert said["words"] in html(client, f"/practice/lessons/{row.lesson_id}/")


def test_no_answer_is_refused_in_words(client: Client, world: World) -> None:
    row = actions.say_it_came_up(world.joan, first_point(a_lesson(world, world.joan)), at=now())
    own = opened(client, world.joan)
    answer = client.post(f"{own}came-up/{row.pk}/how/", {"words": "well"})
    assert answer.status_code == 400
    assert "One tap is enough" in answer.content.decode()


def test_looking_changes_nothing_also_with_the_answer_in_the_link(
    client: Client, world: World
) -> None:
    a_lesson(world, world.joan)
    FollowUp.objects.filter(after=3).update(state="asked", asked_at=now())
    row = FollowUp.objects.get(after=3)
    own = opened(client, world.joan)
    page = html(client, f"{own}follow-up/{row.pk}/?answer=show_again")
    assert page.index('value="show_again"') < page.index('value="came_up"')
    row.refresh_from_db()
    assert not row.is_answered
    client.post(f"{own}follow-up/{row.pk}/answered/", {"answer": "no_chance"})
    row.refresh_from_db()
    assert row.answer == "no_chance"


def test_one_line_alone_is_an_answer_and_nothing_is_not(client: Client, world: World) -> None:
    a_lesson(world, world.joan)
    FollowUp.objects.filter(after=3).update(state="asked", asked_at=now())
    row = FollowUp.objects.get(after=3)
    own = opened(client, world.joan)
    assert client.post(f"{own}follow-up/{row.pk}/answered/", {}).status_code == 400
    client.post(f"{own}follow-up/{row.pk}/answered/", {"words": "nobody hands anything over"})
    row.refresh_from_db()
    assert (row.answer, row.words) == ("", "nobody hands anything over")


def test_answered_that_it_came_up_the_card_opens(client: Client, world: World) -> None:
    a_lesson(world, world.joan)
    FollowUp.objects.filter(after=3).update(state="asked", asked_at=now())
    row = FollowUp.objects.get(after=3)
    own = opened(client, world.joan)
    answer = client.post(f"{own}follow-up/{row.pk}/answered/", {"answer": "came_up"})
    assert answer.headers["Location"] == f"{own}came-up/{CameUp.objects.get().pk}/"


def test_answered_again_the_same_card_opens(client: Client, world: World) -> None:
    a_lesson(world, world.joan)
    FollowUp.objects.filter(after=3).update(state="asked", asked_at=now())
    row = FollowUp.objects.get(after=3)
    own = opened(client, world.joan)
    url = f"{own}follow-up/{row.pk}/answered/"
    client.post(url, {"answer": "came_up"})
    actions.say_how_it_went(CameUp.objects.get(), actions.Went("helped"), at=now())
    for words in ("", "on the ward"):
        client.post(url, {"answer": "came_up", "words": words})
    assert CameUp.objects.standing().count() == 1


def test_a_line_beside_it_came_up_is_said_to_be_saved(client: Client, world: World) -> None:
    a_lesson(world, world.joan)
    FollowUp.objects.filter(after=3).update(state="asked", asked_at=now())
    row = FollowUp.objects.get(after=3)
    own = opened(client, world.joan)
    said = {"answer": "came_up", "words": "The story came along"}
    answer = client.post(f"{own}follow-up/{row.pk}/answered/", said, follow=True)
    assert "Your line is saved." in answer.content.decode()


def test_before_it_they_say_whether_they_come(client: Client, world: World) -> None:
    lesson = a_lesson(world, on=(now() + timedelta(days=5)).date())
    were_there(world, lesson, world.joan, state="unknown")
    own = opened(client, world.joan)
    client.post(f"{own}lessons/{lesson.pk}/will/come/")
    assert Attendance.objects.get().will == "come"
    assert client.post(f"{own}lessons/{lesson.pk}/will/perhaps/").status_code == 404


def test_a_colleague_is_named_once_and_taken_back(client: Client, world: World) -> None:
    lesson = a_lesson(world, world.joan)
    own = opened(client, world.joan)
    asked = client.post(f"{own}lessons/{lesson.pk}/colleague/", {"name": "Sam"})
    assert asked.status_code == 400
    client.post(f"{own}lessons/{lesson.pk}/colleague/", {"name": "Sam Reyes"})
    agreed = Agreement.objects.get()
    sams = Client()
    other = opened(sams, world.sam)
    page = html(sams, f"{other}for/{agreed.pk}/")
    assert POINTS[0] in page
    point = first_point(lesson)
    sams.post(f"{other}for/{agreed.pk}/{point.pk}/came-up/")
    assert "Sam Reyes said on" in html(client, own)
    client.post(f"{own}colleagues/{agreed.pk}/no-more/")
    assert sams.get(f"{other}for/{agreed.pk}/").status_code == 404
    assert sams.post(f"{other}for/{agreed.pk}/{point.pk}/came-up/").status_code == 404


def test_a_file_is_handed_out_to_be_saved_and_never_as_a_page(client: Client, world: World) -> None:
    lesson = a_lesson(world, world.joan)
    client.force_login(world.lead)
    sent = SimpleUploadedFile("../a “page”.html", b"<script>alert(1)</script>", "text/html")
    client.post(f"/practice/lessons/{lesson.pk}/files/", {"file": sent})
    file = lesson.files.get()
    own = opened(client, world.joan)
    for path in (f"/practice/files/{file.pk}/", f"{own}lessons/{lesson.pk}/files/{file.pk}/"):
        answer = client.get(path)
        assert answer.content == b"<script>alert(1)</script>"
        assert answer.headers["Content-Type"] == "application/octet-stream"
        assert answer.headers["Content-Disposition"].startswith("attachment")
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert "sandbox" in answer.headers["Content-Security-Policy"]


def test_a_file_too_large_is_refused_in_words(client: Client, world: World) -> None:
    lesson = a_lesson(world)
    client.force_login(world.lead)
    sent = SimpleUploadedFile("film.mp4", b"0" * 4_000_001)
    answer = client.post(f"/practice/lessons/{lesson.pk}/files/", {"file": sent})
    assert answer.status_code == 400
    assert "larger than 4 MB" in answer.content.decode()
    assert not lesson.files.exists()
