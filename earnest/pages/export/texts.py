"""What we say of the initiative, its plan and its way, as Markdown."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from django.utils.translation import gettext as _

from earnest.initiatives.models import (
    Initiative,
    OutsideEvidence,
    RunUpStep,
    ScheduleChange,
    Stage,
)
from earnest.pages.export.people import quotes_of_stopped
from earnest.pages.export.writing import File, plain
from earnest.plans.models import Version
from earnest.plans.queries.kept import Cut, cut_kept
from earnest.plans.queries.parts import PartShown, plan_of
from earnest.plans.queries.stories import StoryShown, read_story, stories_of


def files_of(initiative: Initiative, with_people: bool) -> Iterator[File]:
    yield File(
        "initiative.md",
        _("target, what is decided and open, value"),
        _about(initiative, with_people=with_people),
    )
    yield File(
        "plan.md",
        _("the parts of the plan, and its published versions"),
        _plan(initiative, with_people=with_people),
    )
    yield File(
        "stories.md",
        _("what worked and what did not, as it was told"),
        _stories(initiative, with_people=with_people),
    )
    yield File(
        "milestones.md",
        _("stages, the run-up, days that moved, and backing"),
        _milestones(initiative, with_people=with_people),
    )


def cut_for(initiative: Initiative, texts: Iterable[str], *, with_people: bool) -> Cut:
    """For whoever the files are handed to: without words for the leads alone, where these were
    copied into our own (privacy.md 4)."""
    return str if with_people else cut_kept(initiative, texts)


def _said(heading: str, words: str) -> str:
    return f"## {heading}\n\n{plain(words)}\n\n" if words.strip() else ""


def _about(initiative: Initiative, *, with_people: bool) -> Iterator[str]:
    told = {
        _("Target"): initiative.target,
        _("Already decided"): initiative.decided,
        _("Still open"): initiative.still_open,
        _("Who decides"): initiative.who_decides,
        _("What the organisation gains"): initiative.value_organisation,
        _("What each person gains"): initiative.value_individual,
    }
    texts = [initiative.title, *told.values()]
    cut = cut_for(initiative, texts, with_people=with_people)
    yield f"# {plain(cut(initiative.title))}\n\n"
    for heading, words in told.items():
        yield _said(heading, cut(words))
    days = {
        _("First day"): initiative.starts_on,
        _("When it is decided"): initiative.decides_on,
        _("Launch"): initiative.launches_on,
        _("Closed"): initiative.workspace.day(initiative.closed_at)
        if initiative.closed_at
        else None,
    }
    lines = [f"- {name}: {day.isoformat()}\n" for name, day in days.items() if day]
    if lines:
        yield f"## {_('Days')}\n\n" + "".join(lines)


def _plan(initiative: Initiative, *, with_people: bool) -> Iterator[str]:
    shown = plan_of(initiative, leads=with_people)
    yield f"# {_('Plan')}\n\n"
    for one in shown.parts:
        yield _part(one)
    if shown.dropped:
        yield f"# {_('Dropped')}\n\n"
    for one in shown.dropped:
        yield f"- {plain(one.part.title)}: {plain(one.part.dropped_why)}\n"
    yield f"\n# {_('Versions')}\n\n"
    rows = initiative.versions.prefetch_related("changes").order_by("number")
    for version in rows.iterator(chunk_size=20):
        yield _version(version, initiative, with_people=with_people)


def _part(one: PartShown) -> str:
    out = f"## {plain(one.part.title)}\n\n"
    if one.part.what:
        out += f"{plain(one.part.what)}\n\n"
    out += f"{_('Why')}: {plain(one.part.why)}\n\n"
    if owner := _owner(one):
        out += f"{_('Who sees to it')}: {plain(owner)}\n\n"
    lines = [f"- {plain(need.words)} ({need.how})\n" for need in one.needs]
    return out + (f"{_('Needs it answers')}:\n\n" + "".join(lines) + "\n" if lines else "")


def _owner(one: PartShown) -> str:
    """Who asked to be left out is not named, whatever they saw to before."""
    there = None if one.part.owner_user_id else one.part.owner_person
    return _("a colleague") if there and there.asked_to_stop else one.owner


def _version(version: Version, initiative: Initiative, *, with_people: bool) -> str:
    changes = [(one.get_kind_display(), one.title, one.words) for one in version.changes.all()]
    texts = [version.summary, *(words for _kind, *both in changes for words in both)]
    cut = cut_for(initiative, texts, with_people=with_people)
    day = initiative.workspace.day(version.published_at).isoformat()
    heading = _("Version %(number)d, %(day)s") % {"number": version.number, "day": day}
    lines = [
        f"- {kind}: {plain(cut(title))}{'. ' + plain(cut(words)) if words else ''}\n"
        for kind, title, words in changes
    ]
    return f"## {heading}\n\n{plain(cut(version.summary))}\n\n" + "".join(lines) + "\n"


def _stories(initiative: Initiative, *, with_people: bool) -> Iterator[str]:
    """Without people those that were published. Their voices leave only where they said yes to
    everyone in the workspace: a yes for few is none for whoever gets the file."""
    gone = quotes_of_stopped(initiative)
    yield f"# {_('Stories')}\n\n"
    published = initiative.stories.exclude(published_at=None)
    for story in stories_of(initiative, None if with_people else published):
        story.initiative = initiative
        yield _story(read_story(story), gone, with_people=with_people)


def _story(shown: StoryShown, gone: set[int], *, with_people: bool) -> str:
    told = shown.story
    out = f"## {plain(shown.title)}\n\n"
    if told.published_at is None:
        out += f"{_('A draft, for those who lead it')}\n\n"
    for heading, words in (
        (_("What worked"), shown.worked),
        (_("What did not"), shown.did_not),
        (_("What we would do differently"), shown.differently),
    ):
        out += f"### {heading}\n\n{plain(words)}\n\n" if words.strip() else ""
    for_all = with_people or told.readers == told.Readers.WORKSPACE
    voices = [one for one in shown.voices if for_all and one.pk not in gone]
    lines = [f"- “{plain(one.words)}”{_by(one.name)}\n" for one in voices]
    return out + ("".join(lines) + "\n" if lines else "")


def _by(name: str) -> str:
    return f" ({plain(name)})" if name else ""


def _milestones(initiative: Initiative, *, with_people: bool) -> Iterator[str]:
    sections = [
        (_("Stages"), [_stage(one) for one in initiative.stages.all()]),
        (_("Run-up"), [_step(one, with_people=with_people) for one in initiative.run_up.all()]),
        (_("Days that moved"), [_moved(one) for one in initiative.schedule_changes.order_by("at")]),
        (_("Backing"), [f"{one.on}: {one.who}: {one.what}" for one in initiative.backings.all()]),
        (_("Seen elsewhere"), [_found(one) for one in initiative.outside_evidence.all()]),
    ]
    texts = [line for _heading, lines in sections for line in lines]
    cut = cut_for(initiative, texts, with_people=with_people)
    for heading, lines in sections:
        yield f"# {heading}\n\n" + "".join(f"- {plain(cut(one))}\n" for one in lines) + "\n"


def _stage(one: Stage) -> str:
    must = f": {one.must_be_true}" if one.must_be_true else ""
    return f"{one.name}{must}" + (f" ({one.reached_on})" if one.reached_on else "")


def _step(one: RunUpStep, *, with_people: bool) -> str:
    return f"{one.on}: {f'{one.who}: ' if with_people else ''}{one.what}"


def _moved(one: ScheduleChange) -> str:
    days = (
        f"{_name_of(name)}: {old or '–'} → {new or '–'}" for name, (old, new) in one.moved.items()
    )
    return f"{one.initiative.workspace.day(one.at)}: {one.cause} ({', '.join(days)})"


def _found(one: OutsideEvidence) -> str:
    return f"{one.on}, {one.where}: {one.what} ({one.source})"


def _name_of(column: str) -> str:
    """A day as forms call it."""
    return str(getattr(Initiative._meta.get_field(column), "verbose_name", column))
