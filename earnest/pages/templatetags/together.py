"""Addresses of a space on the side of the door its reader came by."""

from __future__ import annotations

from django import template

from earnest.pages.views.together.door import Here
from earnest.plans.models import Reply

register = template.Library()


@register.simple_tag
def there(here: Here, name: str, *args: object) -> str:
    """``{% there here "idea" idea.pk %}``: below their own page, or at the space's one address."""
    return here.url(name, *args)


@register.filter
def of_idea(became: dict[int, Reply] | str | None, pk: int) -> Reply | None:
    """What became of this one of them."""
    return became.get(pk) if isinstance(became, dict) else None
