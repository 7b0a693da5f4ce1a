"""Follow-ups that join contexts."""

from __future__ import annotations

from django.db import transaction
from django.tasks import task
from django.utils import timezone

from earnest.initiatives import actions as initiatives
from earnest.initiatives.models import Initiative
from earnest.people import actions as people
from earnest.people.models import PeopleImport, Person


@task()
def write_import_onto(import_id: int) -> None:
    """Write the people of a checked import, and put them on its initiative: all or nobody."""
    waiting = PeopleImport.objects.filter(pk=import_id, state=PeopleImport.State.WRITING)
    import_ = waiting.defer("file", "problems_csv").select_related("by", "workspace").first()
    if import_ is None:
        return
    with people.kept_outcome(import_):
        read = people.prepare_import(import_)
        at = timezone.now()
        with transaction.atomic():
            result = people.finish_import(import_, read, at=at)
            initiative = Initiative.objects.get(pk=import_.initiative_id or 0)
            there = (Person(pk=pk) for pk in result.people)
            initiatives.put_many_on(initiative, there, by=import_.by, at=at)
