"""No column of words is forgotten when somebody is erased."""

from __future__ import annotations

import pytest
from django.apps import apps
from django.db.models import CharField, EmailField, JSONField, TextField

from earnest.listening.naming import ERASED, Names
from earnest.pages.traces import IN_WORKSPACE, ON_INITIATIVES, redact_initiatives
from earnest.practice.models import MomentCame
from earnest.practice.tests.moments import furnish_moments
from tests.worlds import NOW, World

# Columns that hold no words about anybody, or are erased as a whole elsewhere.
OTHERWISE = {
    # Accounts belong to those who sign in, not to those who are asked.
    "accounts.User": {"password", "name", "email", "time_zone", "language"},
    "accounts.Workspace": {"name", "time_zone", "privacy_contact"},  # of the organisation
    "accounts.Invite": {"salt", "secret_hash", "email"},  # deleted: accounts.forget_invites
    "accounts.SignInLink": {"salt", "secret_hash"},
    "people.Person": {"name", "email", "time_zone", "language"},  # people.actions.erasing
    "people.PeopleImport": {"write_job", "head", "columns", "problems"},  # emptied whole
    "intake.Inbound": {"mark"},  # a hash; the mail itself is emptied: intake.erasure
    "listening.Conversation": {"notes"},  # listening.erasure, at the same length
    "initiatives.PersonLink": {"secret_hash"},
    "ideas.Voice": {"key_hash"},  # of a browser's secret, where there are no names
    "messaging.Message": {"calendar_method", "thread", "message_id", "in_reply_to"},
    "messaging.Suppression": {"address_hash"},
    "ideas.Speaker": {"told_as"},  # the Message-ID of a mail
    "pages.ProofCode": {"code_hash"},
    "standing.Evidence": {"source", "item", "reason"},  # pointers; the row goes as a whole
    "standing.Belief": {
        "last",
        "state",
        "made_with",
        "conditions",
        "weakest",
    },  # numbers, words of ours
    "standing.Parameters": {"values"},  # numbers of a whole workspace
    "rhythm.Chosen": {"step"},
    "core.Event": {"action", "object_type", "detail"},  # never anybody's words
    "listening.Finding": {"direction"},
    "core.Lease": {"name", "holder"},
    "initiatives.Measure": {"unit"},  # minutes, percent: no room for a name
    "initiatives.ScheduleChange": {"moved"},  # days alone
    "checkins.Round": {"results"},  # numbers alone
    "checkins.AnswerSlot": {"key"},  # a hash of a secret in a mail
    "promises.AskedAgain": {"deed"},  # a pointer; the row goes as a whole
    "ideas.Session": {"code"},  # random, on a screen for half an hour
    "ideas.Knock": {"key_hash"},  # of a phone's secret, while it waits at the door
    "ideas.OpinionMap": {"result", "too_few"},  # numbers, and keys of sentences
    "pilots.CardFigure": {"unit", "points"},  # numbers, days
    "pilots.PilotMeasure": {"unit", "effect"},  # numbers, and words of ours
    "pilots.ReadingDoor": {"address", "sealed"},  # random, and a sealed secret
    "pilots.ReadingCame": {"digest"},  # of a body
    "practice.MomentSeen": {"source"},  # a pointer; the row goes as a whole
    "practice.MomentDoor": {"address", "sealed"},  # random, and a secret under lock
    "practice.MomentCame": {"digest"},  # of a body
    "practice.WatchMark": {"name"},
    "plans.Version": {"parts"},  # pages.traces.redact_versions
}


def test_every_column_of_words_is_searched_or_left_out_on_purpose() -> None:
    searched = {
        place.model._meta.label: set(place.columns) for place in (*ON_INITIATIVES, *IN_WORKSPACE)
    }
    for model in apps.get_models():
        label = model._meta.label
        if not model.__module__.startswith("earnest."):
            continue
        words = {
            field.name
            for field in model._meta.local_fields
            if isinstance(field, (CharField, TextField, EmailField, JSONField))
            and not field.choices
        }
        left = words - searched.get(label, set()) - OTHERWISE.get(label, set())
        assert not left, f"{label}: {left}"


@pytest.mark.django_db
def test_a_name_goes_out_of_the_plan_as_it_was_published(world: World) -> None:
    """Also where it is written with letters that JSON spells otherwise."""
    part = {
        "part": 1,
        "title": "Zoë's list",
        "what": "",
        "why": "Zoë Çelik asked",
        "owner": "user 1",
    }
    here = world.initiative.versions.create(
        number=1, summary="Zoë asked", parts=[part], published_at=NOW
    )
    there = world.other_initiative.versions.create(
        number=1, summary="-", parts=[part], published_at=NOW
    )
    redact_initiatives([world.initiative.pk], Names(whole=("Zoë Çelik", "Zoë")))
    here.refresh_from_db()
    there.refresh_from_db()
    assert here.parts == [
        {
            "part": 1,
            "title": f"{ERASED}'s list",
            "what": "",
            "why": f"{ERASED} asked",
            "owner": "user 1",
        }
    ]
    assert there.parts == [part]


@pytest.mark.django_db
def test_who_is_named_in_the_number_of_another_system_is_found(world: World) -> None:
    pk = furnish_moments(world)["moment_came"]
    MomentCame.objects.filter(pk=pk).update(key="Joan Okafor")
    door = MomentCame.objects.get(pk=pk).door
    again = MomentCame.objects.create(door=door, key="joan okafor", digest="y", at=NOW)
    redact_initiatives([world.initiative.pk], Names(whole=("Joan Okafor",)))
    keys = MomentCame.objects.order_by("pk").values_list("key", flat=True)
    assert list(keys) == [f"{pk} {ERASED}", f"{again.pk} {ERASED}"]
