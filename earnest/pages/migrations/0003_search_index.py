"""The index of the search: nothing but a reason for ``migrate`` to run, after which it stands."""

from typing import ClassVar

from django.db import migrations


class Migration(migrations.Migration):
    dependencies: ClassVar = [("pages", "0002_mirror")]
    operations: ClassVar = []
