"""Until now a need was called as they put it: that stays theirs, whatever it is called later."""

from __future__ import annotations

from django.apps.registry import Apps as StateApps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.models import Count, Min, OuterRef, Subquery


def copy_words(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    need, named = apps.get_model("listening", "Need"), apps.get_model("listening", "NeedNamed")
    called = need.objects.filter(pk=OuterRef("need_id")).values("words")[:1]
    named.objects.filter(words="").update(words=Subquery(called))


def count_again(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    need, quote = apps.get_model("listening", "Need"), apps.get_model("listening", "Quote")
    counted = need.objects.annotate(oldest=Min("named__at"), quoted=Count("quotes", distinct=True))
    for one in counted.iterator():
        people = set(one.named.exclude(participation=None).values_list("participation", flat=True))
        quotes = quote.objects.filter(needs=one, erased_at=None).exclude(participation=None)
        people |= set(quotes.values_list("participation", flat=True))
        need.objects.filter(pk=one.pk).update(
            people_count=len(people), quotes_count=one.quoted, first_named_at=one.oldest
        )


class Migration(migrations.Migration):
    dependencies = [("listening", "0010_needs_gathered")]
    operations = [
        migrations.RunPython(copy_words, migrations.RunPython.noop, elidable=True),
        migrations.RunPython(count_again, migrations.RunPython.noop, elidable=True),
    ]
