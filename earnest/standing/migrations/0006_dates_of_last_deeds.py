"""The last deed of everybody, and why a deed was not done, from the record as it stands."""

from django.db import migrations


def last_deeds(apps, schema_editor):  # type: ignore[no-untyped-def]
    evidence = apps.get_model("standing", "Evidence").objects
    rungs = apps.get_model("standing", "Rung").objects
    taken_back = set(evidence.exclude(corrects=None).values_list("corrects", flat=True))
    seen = set()
    rows = evidence.filter(kind="did", value=1).order_by("-at", "-id")
    for key, participation, at in rows.values_list("id", "participation_id", "at").iterator():
        if key not in taken_back and participation not in seen:
            seen.add(participation)
            rungs.filter(pk=participation).update(last_did_at=at)


class Migration(migrations.Migration):
    dependencies = [("standing", "0005_last_deed")]
    operations = [migrations.RunPython(last_deeds, migrations.RunPython.noop)]
