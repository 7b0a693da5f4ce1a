"""The last real contact, counted anew: talks, what they said, what we answered (3.14)."""

from __future__ import annotations

from typing import Any

from django.db import migrations
from django.db.models import Exists, F, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce, Greatest


def count_anew(apps: Any, _schema_editor: Any) -> None:
    """Asks, reminders, check-ins and progress mail had been counted as contacts."""
    contact = apps.get_model("messaging", "Contact")
    taken_back = contact.objects.filter(person_id=OuterRef("person_id"), corrects=OuterRef("id"))
    real = contact.objects.filter(
        Q(direction="they") | Q(kind__in=("talk", "reply")),
        ~Exists(taken_back),
        participation_id=OuterRef("pk"),
        corrects=None,
    ).order_by("-at")
    talks = apps.get_model("listening", "Conversation").objects.filter(people=OuterRef("pk"))
    participation = apps.get_model("initiatives", "Participation")
    rows = participation.objects.exclude(last_contact_at=None).annotate(
        wrote=Subquery(real.values("at")[:1]),
        spoke=Subquery(talks.order_by("-noted_at").values("noted_at")[:1]),
    )
    last = Coalesce(Greatest(F("wrote"), F("spoke")), F("wrote"), F("spoke"))
    rows.update(last_contact_at=last)


class Migration(migrations.Migration):
    dependencies = (
        ("rhythm", "0004_digest"),
        ("messaging", "0004_message_sealed"),
        ("listening", "0001_initial"),
        ("initiatives", "0004_told_some_at_a_time"),
    )
    operations = (migrations.RunPython(count_anew, migrations.RunPython.noop),)
