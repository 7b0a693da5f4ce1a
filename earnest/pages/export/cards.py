"""Evidence cards as they are published, as Markdown; and with people who asked for it, as CSV."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import Q
from django.utils.translation import gettext as _

from earnest.initiatives.models import Initiative
from earnest.pages.export.writing import File, Rows, plain, table
from earnest.pilots.models import CardVersion
from earnest.pilots.queries.cards import CardShown, read_card

STOPPED = Q(participation__stopped_at__isnull=False) | Q(
    participation__person__stopped_at__isnull=False
)


def files_of(initiative: Initiative, with_people: bool) -> Iterator[File]:
    yield File(
        "cards.md",
        _("what pilots tried and what came of it, as it was published"),
        _cards(initiative, with_people=with_people),
    )
    if with_people:
        yield File(
            "asked_for.csv",
            _("who asked for a pilot, by which card, and what became of it"),
            table(
                ("at", "name", "part", "why", "card", "version", "state", "answer"),
                _asked(initiative),
            ),
        )


def _cards(initiative: Initiative, *, with_people: bool) -> Iterator[str]:
    """Voices leave only where they said yes to everyone in the workspace: a yes for few is none
    for whoever gets the file."""
    yield f"# {_('Evidence cards')}\n\n"
    shown = CardVersion.objects.filter(shown=True, card__initiative=initiative)
    for version in shown.select_related("card__initiative", "card__pilot", "whom").order_by("pk"):
        yield _card(read_card(version), voices=with_people or version.is_for_all)


def _card(shown: CardShown, *, voices: bool) -> str:
    version, texts = shown.version, shown.texts
    out = f"## {plain(texts['title'])}\n\n{plain(version.where)} · {version.get_outcome_display()}\n\n"
    out += "".join(f"- {plain(one.sentence)}\n" for one in shown.figures if one.sentence)
    for heading, name in (
        (_("Why it was stopped"), "stopped_why"),
        (_("What was tried"), "tried"),
        (_("How it went"), "told"),
        (_("What it cost"), "cost"),
        (_("What to look out for"), "look_out"),
    ):
        out += f"\n### {heading}\n\n{plain(texts[name])}\n" if texts[name].strip() else ""
    gone = {one.words for one in version.card.voices.filter(STOPPED)} if voices else set()
    lines = [
        f"- “{plain(one.words)}”{f' ({plain(one.name)})' if one.name else ''}\n"
        for one in shown.voices
        if voices and one.words not in gone
    ]
    return out + ("\n" + "".join(lines) if lines else "") + "\n"


def _asked(initiative: Initiative) -> Rows:
    rows = initiative.asked_for_it.exclude(STOPPED).select_related(
        "participation__person", "user", "version__card"
    )
    for one in rows.order_by("at", "pk"):
        who = one.participation.person.name if one.participation else str(one.user or "")
        day = initiative.workspace.day(one.at)
        card = (one.version.title, one.version.number)
        yield (day, who, one.part, one.why, *card, one.get_state_display(), one.answer)
