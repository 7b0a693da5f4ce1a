"""A link that is still good stands in no log, whatever was wrong with the request."""

from __future__ import annotations

import logging

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode

from earnest.accounts import actions
from earnest.accounts.models import User
from earnest.core.logs import WithoutSecrets, without_secrets
from tests.worlds import World


@pytest.fixture
def log(caplog: pytest.LogCaptureFixture) -> pytest.LogCaptureFixture:
    caplog.handler.addFilter(WithoutSecrets())
    caplog.set_level(logging.DEBUG)
    return caplog


def test_a_live_link_sent_without_the_token_of_its_form_is_cut(
    world: World, log: pytest.LogCaptureFixture
) -> None:
    now = timezone.now()
    invite = actions.invite(world.workspace, "n@example.org", role="admin", by=world.owner, at=now)
    sign_in = actions.make_sign_in_link(world.lead, at=now)
    joining = reverse("accounts:join", args=[invite.secret])
    strict = Client(enforce_csrf_checks=True)
    for path in (sign_in, joining):
        assert strict.post(path).status_code == 403
        assert path.split("/")[-2] not in log.text
    strict.force_login(world.stranger)  # not who was invited
    assert strict.get(joining).status_code == 403
    assert joining.split("/")[-2] not in log.text
    assert {"django.request", "django.security.csrf"} <= {r.name for r in log.records}
    assert "/account/link/…/" in log.text
    assert "/join/…/" in log.text


@pytest.mark.django_db
def test_the_link_of_the_first_run_is_cut(log: pytest.LogCaptureFixture) -> None:
    path = actions.setup_link(timezone.now())
    assert path
    assert not User.objects.exists()
    assert Client(enforce_csrf_checks=True).post(path).status_code == 403
    assert path.split("/")[-2] not in log.text


@pytest.mark.parametrize(
    "place",
    [
        *("p", "join", "together", "room", "setup"),
        *("account/link", "account/email", "account/password/reset/key"),
    ],
)
def test_every_secret_is_cut_plain_and_in_a_query(place: str) -> None:
    path = f"/{place}/Abc-1:se_cret/"
    assert without_secrets(f"Not Found: {path}") == f"Not Found: /{place}/…/"
    query = urlencode({"next": path})
    assert "cret" not in without_secrets(f"/account/login/?{query}")
    assert without_secrets(f"/{place}/ as it is") == f"/{place}/ as it is"
