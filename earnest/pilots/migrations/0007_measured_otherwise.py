from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("pilots", "0006_some_better_some_worse"),
    ]

    operations = [
        migrations.AlterField(
            model_name="pilotstep",
            name="kind",
            field=models.CharField(
                choices=[
                    ("started", "started"),
                    ("extended", "extended"),
                    ("went_on", "went on"),
                    ("measured", "measured otherwise"),
                    ("stopped", "stopped"),
                    ("ended", "ended"),
                ],
                max_length=8,
            ),
        ),
    ]
