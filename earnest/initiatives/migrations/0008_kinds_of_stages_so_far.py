"""Stages that an initiative began with, and whose words nobody changed, are of a kind from now on."""

from typing import Any

from django.db import migrations

KINDS = {
    "Heard": "listen",
    "Shaped": "shape",
    "Small pilot": "pilot",
    "Practised": "practise",
    "Grown": "grow",
}


def give_kinds(apps: Any, schema_editor: Any) -> None:
    stages = apps.get_model("initiatives", "Stage").objects
    for name, kind in KINDS.items():
        stages.filter(name=name, kind="").update(kind=kind)


class Migration(migrations.Migration):
    dependencies = [("initiatives", "0007_stage_kinds")]

    operations = [migrations.RunPython(give_kinds, migrations.RunPython.noop)]
