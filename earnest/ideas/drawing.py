"""The map of a space as a picture and in words, of what is published alone; and an address as a
picture for phones.

A file of its own: both the leads and everyone in the space see just this.
"""

from __future__ import annotations

import qrcode
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from qrcode.image.svg import SvgPathImage

from earnest.engine.opinion.picture import Picture, Spot, name_of, picture
from earnest.engine.opinion.where import Point, Where
from earnest.engine.published import Place
from earnest.ideas.models import Vote
from earnest.ideas.queries.maps import MapRead


def picture_of(read: MapRead) -> Picture | None:
    """Base clusters of five and more; None where there is nothing to draw."""
    places = [Place(*one) for one in read.stored.result.get("places", ())]
    spots = [Spot(one.x, one.y, one.group if read.k > 1 else -1, one.count) for one in places]
    return picture(spots) if len(spots) > 1 else None


def picture_for_phones(address: str) -> SafeString:
    """The address as a picture, drawn here: no other host is asked."""
    drawn = qrcode.make(address, image_factory=SvgPathImage, border=2)
    return mark_safe(str(drawn.to_string(encoding="unicode")))  # noqa: S308 — of our own address alone


def where_in_words(where: Where[int], read: MapRead) -> list[str]:
    """Where somebody sits, as sentences; what is uncertain is said so."""
    texts = {one.statement.pk: str(one.statement) for one in read.all}
    said = [
        ngettext("You answered %(n)s sentence.", "You answered %(n)s sentences.", where.votes)
        % {"n": where.votes},
        _sits(where),
        *(_with_group(one, texts) for one in where.with_group),
        *(_apart(one, texts) for one in where.apart),
        *(_with_all(one, texts) for one in where.with_all),
    ]
    return [one for one in said if one]


def _sits(where: Where[int]) -> str:
    if where.too_few:
        return _("There are too few answers yet to tell groups apart.")
    if where.group is None:
        return _("The next map will say near whom you are.")
    said = _("You are nearest to group %(letter)s, which is about %(n)s people.") % {
        "letter": name_of(where.group),
        "n": where.size,
    }
    if where.sure is not None and where.sure < SURE:
        said += " " + _("That is not sure: you are between groups.")
    return said


SURE = 0.7  # of draws in which somebody fell into the same group


def _with_group(one: Point[int], texts: dict[int, str]) -> str:
    said = _("With your group, and unlike the others, you said “%(vote)s” to “%(words)s”.")
    return said % _named(one, texts)


def _apart(one: Point[int], texts: dict[int, str]) -> str:
    said = _("Unlike most of your group you said “%(vote)s” to “%(words)s”.")
    return said % _named(one, texts)


def _with_all(one: Point[int], texts: dict[int, str]) -> str:
    said = _("Like most people of every group you said “%(vote)s” to “%(words)s”.")
    return said % _named(one, texts)


def _named(one: Point[int], texts: dict[int, str]) -> dict[str, str]:
    return {"vote": str(Vote.Value(one.vote).label), "words": texts.get(one.statement, "…")}
