from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor


def call_open_mixed(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """No clear difference was said where one measure was surely better and another surely worse."""
    rows = apps.get_model("pilots", "CardVersion").objects.using(schema_editor.connection.alias)
    rows.filter(outcome="open").update(outcome="mixed")


class Migration(migrations.Migration):
    dependencies = [
        ("pilots", "0005_of_how_many"),
    ]

    operations = [
        migrations.AlterField(
            model_name="cardversion",
            name="outcome",
            field=models.CharField(
                choices=[
                    ("helped", "it helped"),
                    ("not", "it did not help"),
                    ("mixed", "some better, some worse"),
                    ("early", "too early to say"),
                    ("stopped", "stopped early"),
                ],
                max_length=7,
            ),
        ),
        migrations.RunPython(call_open_mixed, migrations.RunPython.noop),
    ]
