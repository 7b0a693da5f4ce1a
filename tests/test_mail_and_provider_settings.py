"""EARNEST_EMAIL_URL, EARNEST_INBOX_URL and EARNEST_OIDC_*: what is understood, and what is refused loudly."""

from __future__ import annotations

import warnings

import pytest
from django.core import mail
from environs import Env

from earnest.config import environment

OIDC = {
    "EARNEST_OIDC_SERVER": "https://login.example.org/realms/harbour/",
    "EARNEST_OIDC_CLIENT_ID": "earnest",
    "EARNEST_OIDC_SECRET": "a-secret",
}


def oidc(monkeypatch: pytest.MonkeyPatch, **told: str) -> environment.Oidc:
    for name, value in told.items():
        monkeypatch.setenv(name, value)
    return environment.oidc(Env())


@pytest.mark.parametrize(
    ("url", "port", "tls", "ssl"),
    [
        ("smtp://mail.example.org", 25, False, False),
        ("submission://me%40example.org:p%2Fw@mail.example.org", 587, True, False),
        ("smtps://me:pw@mail.example.org:4650", 4650, False, True),
    ],
)
def test_a_mail_server_is_understood(url: str, port: int, *, tls: bool, ssl: bool) -> None:
    told = environment.mailer(url)["OPTIONS"]
    assert (told["port"], told["use_tls"], told["use_ssl"]) == (port, tls, ssl)
    if tls:
        assert (told["username"], told["password"]) == ("me@example.org", "p/w")


@pytest.mark.parametrize("url", ["", "console://", "file:///tmp/mail"])
def test_mail_may_go_nowhere_or_stay_here(url: str) -> None:
    assert environment.mailer(url)["BACKEND"].endswith("EmailBackend")


@pytest.mark.parametrize(
    "url", ["mail.example.org", "smtp://", "ftp://x", "smtp://host:port", "file://", "smtp://[x"]
)
def test_a_mail_address_without_sense_is_refused_and_not_repeated(url: str) -> None:
    with pytest.raises(environment.BadSetting, match="EARNEST_EMAIL_URL: write"):
        environment.mailer(url)


def test_mail_leaves_without_a_warning() -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        mail.EmailMessage("Hello", "there", to=["joan@example.org"]).send()
    assert len(mail.outbox) == 1


def test_no_provider_is_fine(monkeypatch: pytest.MonkeyPatch) -> None:
    told = oidc(monkeypatch)
    assert (told.apps(), told.origins()) == ([], [])


def test_a_provider_opens_the_policy_for_its_origin_alone(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    told = oidc(monkeypatch, **OIDC, EARNEST_OIDC_JOINS_WORKSPACE="7")
    assert told.origins() == ["https://login.example.org"]
    assert told.apps()[0]["settings"] == {"server_url": "https://login.example.org/realms/harbour"}
    assert (told.name, told.joins_workspace) == ("login.example.org", 7)


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"EARNEST_OIDC_SECRET": ""}, "EARNEST_OIDC_SECRET: missing"),
        ({"EARNEST_OIDC_SERVER": "login.example.org"}, "EARNEST_OIDC_SERVER"),
        ({"EARNEST_OIDC_SERVER": "http://login.example.org"}, "must begin with https"),
        ({"EARNEST_OIDC_JOINS_WORKSPACE": "Harbour"}, "EARNEST_OIDC_JOINS_WORKSPACE"),
    ],
)
def test_half_a_provider_is_refused(
    monkeypatch: pytest.MonkeyPatch, changed: dict[str, str], said: str
) -> None:
    with pytest.raises(environment.BadSetting, match=said):
        oidc(monkeypatch, **(OIDC | changed))


@pytest.mark.parametrize(
    "url",
    [
        "mail.example.org",
        "imaps://mail.example.org",
        "imaps://me@mail.example.org",
        "imaps://me:pw@",
        "imaps://me:pw@host:port",
        "imap://me:pw@mail.example.org",
        "pop3://me:pw@mail.example.org",
        "imaps://[x",
    ],
)
def test_a_mailbox_without_sense_is_refused_and_not_repeated(url: str) -> None:
    with pytest.raises(environment.BadSetting, match="EARNEST_INBOX_URL: write") as refused:
        environment.inbox(url)
    assert "pw" not in str(refused.value).replace("password", "")


def test_a_mailbox_is_understood() -> None:
    told = environment.inbox("imaps://me%40example.org:p%2Fw@mail.example.org/In%20box")
    assert told
    assert (told.host, told.port, told.user, told.password) == (
        "mail.example.org",
        993,
        "me@example.org",
        "p/w",
    )
    assert (told.folder, told.encrypted) == ("In box", True)
    assert environment.inbox("") is None
