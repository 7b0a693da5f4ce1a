"""The first yes and the first deed of everybody, from the record as it stands."""

from django.db import migrations


def first_dates(apps, schema_editor):  # type: ignore[no-untyped-def]
    evidence = apps.get_model("standing", "Evidence").objects
    rungs = apps.get_model("standing", "Rung").objects
    taken_back = set(evidence.exclude(corrects=None).values_list("corrects", flat=True))
    fields = {"nodded": "said_at", "agreed": "said_at", "did": "did_at"}
    seen = set()
    rows = (
        evidence.filter(kind__in=fields, value=1)
        .order_by("at")
        .values_list("id", "participation_id", "kind", "at")
    )
    for key, participation, kind, at in rows.iterator():
        first = (participation, fields[kind])
        if key not in taken_back and first not in seen:
            seen.add(first)
            rungs.filter(pk=participation).update(**{fields[kind]: at})


class Migration(migrations.Migration):
    dependencies = [("standing", "0003_first_yes_and_deed")]
    operations = [migrations.RunPython(first_dates, migrations.RunPython.noop)]
