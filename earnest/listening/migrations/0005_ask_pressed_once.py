"""The same press of the button makes one ask."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("listening", "0004_whose_doing")]

    operations = [
        migrations.AddField(
            model_name="ask",
            name="key",
            field=models.UUIDField(editable=False, null=True, unique=True),
        ),
    ]
