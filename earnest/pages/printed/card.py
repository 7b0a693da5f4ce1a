"""An evidence card on paper: one sheet, with the chart drawn anew from the same numbers (1.12)."""

from __future__ import annotations

from typing import Any

from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from earnest.initiatives.models import Initiative
from earnest.pages.printed.setting import set_by
from earnest.pilots.charts.cards import Picture, picture_of, table_of
from earnest.pilots.models import CardFigure, CardVersion
from earnest.pilots.queries.cards import CardShown, VoiceShown
from earnest.plans.charts import Mark

SIDE_BY_SIDE, FEWEST_ROWS = 3, 4

type Data = dict[str, Any]


def card_pdf(shown: CardShown) -> bytes:
    """The same as on the screen; nothing in it is read as markup."""
    return set_by("card", _told(shown))


def _told(shown: CardShown) -> Data:
    version = shown.version
    initiative = version.card.initiative
    return {
        "title": shown.texts["title"],
        "lang": (get_language() or "en").split("-")[0],
        "where": _where(version),
        "outcome": version.get_outcome_display(),
        "helped": version.outcome == CardVersion.Outcome.HELPED,
        "made": _("Version %(number)d, %(day)s · %(title)s")
        % {
            "number": version.number,
            "day": date_format(version.published_at, "j M Y"),
            "title": initiative.title,
        },
        "parts": _parts(shown),
        "measures": _("What the measures say"),
        "nothing": _("Nothing was measured."),
        "figures": [_figure(one, version) for one in shown.figures],
        "words": _("In their words"),
        "voices": [_voice(one) for one in shown.voices],
        "whom": _("Whom to ask: %s") % _whom(version, initiative),
        "means": _(
            "Whoever is quoted said yes to it for this card, and can take it back: ask for the "
            "card anew before you hand it on. Readings that count fewer than five are left out."
        ),
    }


def _where(version: CardVersion) -> str:
    days = [date_format(day, "j M Y") for day in (version.began_on, version.ended_on) if day]
    return " · ".join(one for one in (version.where, " – ".join(days)) if one)


def _whom(version: CardVersion, initiative: Initiative) -> str:
    return version.whom.name if version.whom else _("those who lead “%s”") % initiative.title


def _parts(shown: CardShown) -> dict[str, list[list[str]]]:
    """Before the measures, and after them: a heading and its words, where there are any."""
    texts = shown.texts
    before = [
        (_("Why it was stopped"), texts["stopped_why"]),
        (_("What was tried"), texts["tried"]),
    ]
    after = [
        (_("How it went"), texts["told"]),
        (_("What it cost"), texts["cost"]),
        (_("What to look out for"), texts["look_out"]),
    ]
    return {
        "before": [list(one) for one in before if one[1]],
        "after": [list(one) for one in after if one[1]],
    }


def _voice(one: VoiceShown) -> Data:
    by = one.name or _("a colleague")
    return {"words": one.words, "by": f"{by}, {date_format(one.said_on)}" if one.said_on else by}


def _figure(one: CardFigure, version: CardVersion) -> Data:
    picture = picture_of(one, version)
    left_out = ngettext(
        "%d reading counts fewer than five and is left out.",
        "%d readings count fewer than five and are left out.",
        one.left_out,
    )
    return {
        "name": capfirst(one.name),
        "sentence": _sentence(one),
        "chart": _chart(picture) if picture else None,
        "table": _table(one, version),
        "compared": _("Solid: here. Dashed: %s.") % one.comparison if one.comparison else "",
        "left_out": left_out % one.left_out if one.left_out else "",
        "compared_few": _(
            "What it is compared with may be fewer than five people: its figures, and what is found "
            "with them, stay with those who lead it."
        )
        if one.compared_few
        else "",
    }


def _table(one: CardFigure, version: CardVersion) -> Data | None:
    """The numbers behind the chart, as on the screen, in so many columns that a sheet holds them."""
    wide = 3 if one.comparison else 2
    rows = [
        [date_format(row.on, "j M Y"), row.there, row.compared][:wide] for row in table_of(one)
    ]
    if not rows:
        return None
    each = max(FEWEST_ROWS, -(-len(rows) // SIDE_BY_SIDE))
    return {
        "called": _("The numbers behind it"),
        "head": [_("Day"), version.where or _("Here"), one.comparison][:wide],
        "side_by_side": [rows[at : at + each] for at in range(0, len(rows), each)],
    }


def _sentence(one: CardFigure) -> str:
    if one.too_few:
        return _("Fewer than five people took part: its figures stay with those who lead it.")
    return one.sentence or _("Too early to say: too little was read.")


def _chart(picture: Picture) -> Data:
    return {
        "width": picture.width,
        "height": picture.height,
        "left": picture.left,
        "right": picture.right,
        "top": picture.top,
        "bottom": picture.bottom,
        "there": [list(one) for one in picture.there],
        "compared": [list(one) for one in picture.compared],
        "heights": [_mark(one) for one in picture.heights],
        "days": [_mark(one) for one in picture.days],
        "began": _mark(picture.began) if picture.began else None,
        "ended": _mark(picture.ended) if picture.ended else None,
        "words": picture.words,
    }


def _mark(one: Mark) -> Data:
    return {"at": one.at, "text": one.text, "anchor": one.anchor}
