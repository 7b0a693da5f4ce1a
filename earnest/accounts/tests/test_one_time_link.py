"""A link that signs in: once, soon, and never by being opened alone."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.core.cache import cache
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from earnest.accounts import actions, queries
from earnest.accounts.models import SignInLink
from tests.worlds import World


def is_signed_in(client: Client) -> bool:
    return client.get("/account/you/").status_code == 200


def test_opening_the_link_only_shows_a_button(client: Client, world: World) -> None:
    path = actions.make_sign_in_link(world.lead, at=timezone.now())
    assert "Sign in as lead@example.org" in client.get(path).text
    assert client.head(path).status_code == 200
    assert not is_signed_in(client)
    assert client.post(path).headers["Location"] == "/"
    assert is_signed_in(client)


def test_it_works_once(client: Client, world: World) -> None:
    path = actions.make_sign_in_link(world.lead, at=timezone.now())
    client.post(path)
    second = Client()
    assert second.post(path).status_code == 404
    assert not is_signed_in(second)


def test_of_two_at_once_one_gets_in(world: World) -> None:
    now = timezone.now()
    actions.make_sign_in_link(world.lead, at=now)
    link = SignInLink.objects.get()
    actions.use_sign_in_link(link, at=now)
    with pytest.raises(actions.LinkIsOver):
        actions.use_sign_in_link(link, at=now)


def test_it_ends_after_a_quarter_of_an_hour(client: Client, world: World) -> None:
    path = actions.make_sign_in_link(world.lead, at=timezone.now() - timedelta(minutes=16))
    response = client.post(path)
    assert response.status_code == 404
    assert "This link has ended" in response.text


def test_the_database_alone_cannot_open_it(world: World) -> None:
    path = actions.make_sign_in_link(world.lead, at=timezone.now())
    secret = path.strip("/").split("/")[-1]
    row = SignInLink.objects.get()
    assert secret not in {row.secret_hash, row.salt}


def test_it_is_mailed_to_who_asks(client: Client, world: World) -> None:
    response = client.post("/account/link/", {"email": "Lead@example.org"})
    assert "on its way" in response.text
    (message,) = mail.outbox
    assert message.to == ["lead@example.org"]
    found = re.search(r"http://localhost:8000(/account/link/\S+/)", str(message.body))
    assert found
    client.post(found[1])
    assert is_signed_in(client)


def test_an_unknown_address_gets_the_same_answer(client: Client, world: World) -> None:
    known = client.post("/account/link/", {"email": "lead@example.org"}).text
    unknown = client.post("/account/link/", {"email": "nobody@example.org"}).text
    strip = re.compile(r'value="[^"]+"')
    assert strip.sub("", known) == strip.sub("", unknown)
    assert len(mail.outbox) == 1


def test_a_closed_account_gets_no_link(client: Client, world: World) -> None:
    path = actions.make_sign_in_link(world.lead, at=timezone.now())
    world.lead.is_active = False
    world.lead.save()
    client.post("/account/link/", {"email": "lead@example.org"})
    assert not mail.outbox
    assert client.post(path).status_code == 404


def test_asking_again_and_again_is_refused(
    client: Client, world: World, settings: Settings
) -> None:
    settings.ACCOUNT_RATE_LIMITS = {}
    cache.clear()
    answers = [client.post("/account/link/", {"email": "lead@example.org"}) for _ in range(4)]
    assert [a.status_code for a in answers] == [200, 200, 200, 429]
    assert len(mail.outbox) == 3


def test_without_mail_the_page_says_who_can_print_one(
    client: Client, world: World, settings: Settings
) -> None:
    settings.EMAIL_URL = ""
    assert "earnest sign-in-link" in client.get("/account/link/").text
    assert "earnest sign-in-link" in client.get("/account/password/reset/").text
    client.post("/account/link/", {"email": "lead@example.org"})
    assert not SignInLink.objects.exists()


def test_a_new_password_is_chosen_by_a_mailed_link(client: Client, world: World) -> None:
    client.post("/account/password/reset/", {"email": "lead@example.org"})
    (message,) = mail.outbox
    found = re.search(r"http://localhost:8000(/account/password/\S+/)", str(message.body))
    assert found
    page = client.get(found[1], follow=True)
    told = {"password1": "a much longer way", "password2": "a much longer way"}
    client.post(page.redirect_chain[-1][0], told)
    world.lead.refresh_from_db()
    assert world.lead.check_password("a much longer way")
    assert "This link has ended" in Client().get(found[1]).text


def test_the_command_line_can_print_a_password_link(client: Client, world: World) -> None:
    page = client.get(queries.password_path(world.lead), follow=True)
    assert "Choose a new password" in page.text
