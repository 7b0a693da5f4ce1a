"""``earnest map``: a file of votes → where people stand together."""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np

from earnest.cli.files.beside import beside, in_words
from earnest.cli.files.problems import Problems, counted
from earnest.cli.files.progress import Progress
from earnest.cli.map.asked import check
from earnest.cli.map.cluster import each_of, too_large
from earnest.cli.map.reading.files import Reading, as_text, text_of
from earnest.cli.map.reading.gathering import Ballots, Gathering
from earnest.cli.map.told import Told
from earnest.cli.stop import Stop
from earnest.engine.opinion.exchange import Problem, Statement, Unreadable, read_statements
from earnest.engine.opinion.found import OpinionMap
from earnest.engine.opinion.groups import MOST
from earnest.engine.opinion.maps import DRAWS, opinion_map
from earnest.engine.opinion.maps import Progress as Step
from earnest.engine.opinion.votes import Votes
from earnest.engine.opinion.where import in_english

STEPS = {
    "centre": "what the middle is",
    "axes": "along what people differ most",
    "places": "where everybody stands",
    "groups": "which groups there are",
    "counts": "what each group says",
    "sure": "how sure that is",
}


@dataclass(slots=True)
class Run:
    """A call: what was asked for, and what it cost so far."""

    options: argparse.Namespace
    progress: Progress = field(default_factory=Progress)
    seconds: dict[str, float] = field(default_factory=dict)
    begun: float = field(default_factory=time.monotonic)
    from_disk: bool = False

    def timed[T](self, name: str, call: Callable[[], T]) -> T:
        begun = time.monotonic()
        found = call()
        self.seconds[name] = time.monotonic() - begun
        return found


def draw_map(options: argparse.Namespace) -> int:
    check(options)
    run = Run(options)
    run.from_disk = options.cluster or too_large(options.votes)
    each_of(options.cluster, from_disk=run.from_disk)
    known = _statements(run)
    with ExitStack() as stack:
        ballots = run.timed("reading", lambda: _ballots(run, known, _gathering(run, stack)))
        before = _before(options.before, ballots) if options.before else None
        found = run.timed("map", lambda: _mapped(run, ballots, known, before))
        _write(run, Told(ballots, found, known, run.seconds))
    return 0


def _gathering(run: Run, stack: ExitStack) -> Gathering:
    """In memory, or in a folder that goes with the call."""
    if not run.from_disk:
        return Gathering(keep_times=bool(run.options.polis))
    from earnest.cli.map.reading.spool import Spool

    folder = stack.enter_context(TemporaryDirectory(prefix="earnest-map-"))
    run.progress.tell(f"The votes are kept in {folder} meanwhile.")
    return Spool(folder=Path(folder))


def _statements(run: Run) -> dict[str, Statement]:
    path = run.options.comments
    if path is None:
        return {}
    problems, found = Problems(path), {}
    try:
        with path.open("rb") as file:
            text = as_text(file)[0] or text_of(file)
            for one in read_statements(text):
                if isinstance(one, Problem):
                    problems.add(one.line, one.reason)
                else:
                    found[one.id] = one
    except OSError as error:
        raise Stop(f"{path}: {error.strerror or error}.") from error
    except (Unreadable, UnicodeError) as error:
        raise Stop(f"{path}: {error}") from error
    _end_if_bad(run, problems)
    return found


def _ballots(run: Run, known: dict[str, Statement], into: Gathering) -> Ballots:
    path: Path = run.options.votes
    reading = Reading(path, into, Problems(path), known if run.options.comments else None)
    size, done = max(path.stat().st_size, 1) if path.is_file() else 0, 0
    for read in reading.parts():
        done += read
        share = f", {min(done / size, 1):.0%}" if size else ""
        run.progress.say(f"{path}: {into.rows:,} votes read{share}")
    run.progress.clear()
    _end_if_bad(run, reading.problems)
    if not into.rows:
        raise Stop(f"{path}: there is no vote in it.")
    into.also_statements.update(into.statements.mark(one) for one in known)
    run.progress.say("Sorting the votes")
    ballots = into.ballots()
    run.progress.clear()
    for words in _read_words(ballots):
        run.progress.tell(f"{path}: {words}")
    return ballots


def _read_words(ballots: Ballots) -> Iterator[str]:
    people = counted(len(ballots.voters), "voter", "voters")
    statements = counted(len(ballots.statements), "statement", "statements")
    yield f"{counted(len(ballots.value), 'vote', 'votes')} of {people} on {statements}."
    if ballots.repeated:
        yield f"{counted(ballots.repeated, 'row says', 'rows say')} the same vote again."
    if ballots.changed:
        changed = counted(ballots.changed, "vote was changed", "votes were changed")
        at_once = f", {ballots.contradicting:,} of them at one moment" * bool(ballots.contradicting)
        yield f"{changed} later{at_once}; the last one counts."


def _end_if_bad(run: Run, problems: Problems) -> None:
    for words in problems.words():
        run.progress.tell(words)
    if not problems.count:
        return
    if not run.options.skip_bad:
        bad = counted(problems.count, "row is", "rows are")
        raise Stop(f"{problems.path}: {bad} bad; nothing was written. --skip-bad leaves them out.")
    left = counted(problems.count, "bad row", "bad rows")
    run.progress.tell(f"{problems.path}: {left} left out.")


def _before(path: Path, ballots: Ballots) -> dict[int, int]:
    """The groups of a map made before, by the places of who is still here."""
    try:
        told = json.loads(path.read_bytes())
        groups = {str(one["id"]): one["group"] for one in told["participants"]}
    except OSError as error:
        raise Stop(f"{path}: {error.strerror or error}.") from error
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise Stop(f"{path}: it is no map that this wrote.") from error
    return {
        place: group
        for place, name in enumerate(ballots.voters)
        if type(group := groups.get(name)) is int and 0 <= group < MOST
    }


def _mapped(
    run: Run, ballots: Ballots, known: dict[str, Statement], before: dict[int, int] | None
) -> OpinionMap:
    def on_progress(step: Step) -> None:
        run.progress.say(f"Working out {STEPS.get(step.step, step.step)}, {step.share:.0%}")

    votes = Votes(
        np.arange(len(ballots.voters)),
        np.arange(len(ballots.statements)),
        ballots.starts,
        ballots.statement,
        ballots.value,
    )
    found = opinion_map(
        votes,
        seed=run.options.seed,
        groups_before=before,
        moderated=moderated(ballots, known),
        bootstrap=0 if run.options.no_sure else DRAWS,
        on_progress=on_progress,
        each=each_of(run.options.cluster, from_disk=run.from_disk),
    )
    run.progress.clear()
    return found


def moderated(ballots: Ballots, known: dict[str, Statement]) -> list[int]:
    """The places of the statements that were taken out."""
    return [
        place
        for place, name in enumerate(ballots.statements)
        if name in known and known[name].moderated < 0
    ]


def _write(run: Run, told: Told) -> None:
    options = run.options
    voter = _voter(options.where, told) if options.where is not None else None
    you = (float(told.map.x[voter]), float(told.map.y[voter])) if voter is not None else None
    run.seconds["before_writing"] = time.monotonic() - run.begun
    for path, kind in ((options.out, "json"), (options.svg, "svg"), (options.html, "html")):
        if path:
            _write_file(path, _content(kind, told, you))
            run.progress.tell(f"{path}: {_short(told)}.")
    if options.polis:
        from earnest.cli.map.as_polis import write_polis

        for path in write_polis(told, options.polis):
            run.progress.tell(f"{path}: written.")
    if voter is not None:
        texts = {place: told.text(place) for place in range(len(told.ballots.statements))}
        words = in_english(told.where(voter), texts)
        print("".join(one if one.isprintable() else " " for one in words))


def _content(kind: str, told: Told, you: tuple[float, float] | None) -> Iterable[bytes]:
    if kind == "json":
        from earnest.cli.map.as_json import as_json

        return as_json(told)
    if kind == "svg":
        from earnest.cli.map.as_svg import as_svg

        return [as_svg(told, you=you).encode()]
    from earnest.cli.map.as_html import as_html

    return (piece.encode() for piece in as_html(told, you=you))


def _write_file(path: Path, content: Iterable[bytes]) -> None:
    with beside(path) as place:
        with in_words(path):
            for piece in content:
                place.file.write(piece)
        place.keep()


def _short(told: Told) -> str:
    return told.too_few or counted(told.k, "group", "groups")


def _voter(name: str, told: Told) -> int:
    try:
        return told.ballots.voters.index(name.strip())
    except ValueError:
        raise Stop(f"{name!r} has no vote here.") from None
