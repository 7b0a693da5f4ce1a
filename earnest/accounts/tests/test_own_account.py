"""One's own name, language, zone, password and address."""

from __future__ import annotations

import re
import time

import pytest
from django.contrib.auth import SESSION_KEY
from django.core import mail
from django.test import Client
from pytest_django import Settings

from earnest.accounts import queries
from tests.worlds import PASSWORD, World


def reauthenticate(client: Client) -> None:
    client.post("/account/reauthenticate/", {"password": PASSWORD, "next": "/account/you/"})


@pytest.fixture
def lead(client: Client, world: World) -> Client:
    client.force_login(world.lead)
    return client


def test_name_and_zone_are_kept(lead: Client, world: World) -> None:
    told = {"name": "Amara Lead", "language": "en", "time_zone": "Asia/Tokyo"}
    assert lead.post("/account/you/", told).status_code == 302
    world.lead.refresh_from_db()
    assert (world.lead.name, world.lead.time_zone) == ("Amara Lead", "Asia/Tokyo")


def test_a_zone_that_is_none_is_refused(lead: Client, world: World) -> None:
    told = {"name": "Amara", "language": "en", "time_zone": "Nowhere"}
    assert "Select a valid choice" in lead.post("/account/you/", told).text


def test_pages_speak_the_language_one_chose(lead: Client, world: World, settings: Settings) -> None:
    settings.LANGUAGES = [("en", "English"), ("de", "Deutsch")]
    world.lead.language = "de"
    world.lead.save()
    assert '<html lang="de">' in lead.get("/account/you/").text


def test_the_password_is_changed_with_the_old_one(lead: Client, world: World) -> None:
    new = {"password1": "a much longer way", "password2": "a much longer way"}
    wrong = lead.post("/account/password/change/", {"oldpassword": "no", **new})
    assert "not your password of today" in wrong.text
    right = lead.post("/account/password/change/", {"oldpassword": PASSWORD, **new})
    assert right.headers["Location"] == "/account/you/"
    world.lead.refresh_from_db()
    assert world.lead.check_password("a much longer way")
    assert SESSION_KEY in lead.session


def test_a_new_address_counts_once_its_link_was_used(lead: Client, world: World) -> None:
    assert "/account/reauthenticate/" in lead.get("/account/email/").headers["Location"]
    reauthenticate(lead)
    lead.post("/account/email/", {"email": "Amara@example.org"})
    (message,) = mail.outbox
    assert message.to == ["amara@example.org"]
    found = re.search(r"http://localhost:8000(/account/email/\S+/)", str(message.body))
    assert found
    assert "Use amara@example.org" in lead.get(found[1]).text
    world.lead.refresh_from_db()
    assert world.lead.email == "lead@example.org"
    lead.post(found[1])
    world.lead.refresh_from_db()
    assert world.lead.email == "amara@example.org"
    assert mail.outbox[1].to == ["lead@example.org"]
    assert lead.post(found[1]).status_code == 404


def test_somebody_elses_address_gets_the_same_answer_and_no_mail(
    lead: Client, world: World
) -> None:
    reauthenticate(lead)
    page = lead.post("/account/email/", {"email": "SAM.member@example.org"})
    assert "Look at your mail" in page.text
    mail.outbox.clear()
    taken = lead.post("/account/email/", {"email": "Member@example.org"})
    assert "Look at your mail" in taken.text
    assert not mail.outbox


def test_a_link_of_somebody_else_moves_nobody(lead: Client, world: World) -> None:
    token = queries.new_email_token(world.member, "mine@example.org")
    assert lead.post(f"/account/email/{token}/").status_code == 404


def test_an_address_taken_meanwhile_is_refused(lead: Client, world: World) -> None:
    token = queries.new_email_token(world.lead, "member@example.org")
    assert lead.post(f"/account/email/{token}/").status_code == 404


def test_without_mail_the_page_says_so(lead: Client, world: World, settings: Settings) -> None:
    settings.EMAIL_URL = ""
    reauthenticate(lead)
    assert "No mail is set up" in lead.get("/account/email/").text


def test_reauthentication_is_asked_again_after_a_while(
    lead: Client, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    reauthenticate(lead)
    assert lead.get("/account/email/").status_code == 200
    later = time.time() + 3600
    monkeypatch.setattr("time.time", lambda: later)
    assert lead.get("/account/email/").status_code == 302
