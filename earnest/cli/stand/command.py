"""``earnest stand``: what people said and did → how each stands, and how well that foretells deeds."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from earnest.cli.files.problems import Problems, counted
from earnest.cli.files.progress import Progress
from earnest.cli.stand.batches import batches, common_items, everybody, sorts_of
from earnest.cli.stand.estimates import PREDICTED, STANDING, Asked, Believed
from earnest.cli.stand.moments import read_as_of, write_moment
from earnest.cli.stand.reading import Reading
from earnest.cli.stand.rows import Gathering, Rows
from earnest.cli.stand.writing import Writing, writing
from earnest.cli.stop import Stop
from earnest.engine.belief import DEFAULTS, Fit, Params, fit
from earnest.engine.belief import Progress as Round
from earnest.engine.rows import Bad

USUAL_ACT = "kept"


def stand(options: argparse.Namespace) -> int:
    as_of = _checked(options)
    progress = Progress()
    params = DEFAULTS
    if options.fit_on:
        params = _fitted(_read(options.fit_on, options, progress), progress)
    into = Gathering(Problems(options.evidence), as_of, keep_said_at=bool(options.prequential))
    rows = _read(options.evidence, options, progress, into)
    _write(Run(options, params, progress), rows, as_of)
    return 0


def _checked(options: argparse.Namespace) -> int | None:
    """The moment asked for. A call that makes no sense ends with its sentence, and code 2."""
    outputs = [path for path in (options.out, options.prequential) if path]
    if not outputs:
        raise SystemExit("stand: --out FILE, --prequential FILE, or both.")
    inputs = [path.resolve() for path in (options.evidence, options.fit_on) if path]
    if len(outputs) == 2 and outputs[0].resolve() == outputs[1].resolve():
        raise SystemExit("stand: --out and --prequential name the same file.")
    for path in outputs:
        if path.resolve() in inputs:
            raise SystemExit(f"stand: {path} is read, so it is not written over.")
        if path.is_dir() or not path.absolute().parent.is_dir():
            raise SystemExit(f"stand: {path} is no place for a file.")
    try:
        return read_as_of(options.as_of) if options.as_of else None
    except Bad as bad:
        raise SystemExit(f"stand: --as-of: {bad}") from bad


def _read(
    path: Path, options: argparse.Namespace, progress: Progress, into: Gathering | None = None
) -> Rows:
    """All good rows. Bad ones are named, and end it unless they may be skipped."""
    into = into or Gathering(Problems(path))
    count = 0
    for rows in Reading(path, into).parts():
        count += rows
        progress.say(f"{path}: {count:,} rows read")
    progress.clear()
    problems = into.problems
    for words in problems.words():
        progress.tell(words)
    if problems.count and not options.skip_bad:
        bad = counted(problems.count, "row is", "rows are")
        raise Stop(f"{path}: {bad} bad; nothing was written. --skip-bad leaves them out.")
    for words in _left_out(into):
        progress.tell(f"{path}: {words}")
    return into.rows()


def _left_out(into: Gathering) -> Iterator[str]:
    if into.problems.count:
        yield f"{counted(into.problems.count, 'bad row', 'bad rows')} left out."
    if into.seen:
        seen = counted(into.seen, "row", "rows")
        yield f"{seen} of kind saw ignored: what is seen is no evidence."
    if into.later:
        yield f"{counted(into.later, 'row', 'rows')} later than --as-of left out."
    if into.ignored:
        yield f"columns ignored: {', '.join(into.ignored)}."


def _fitted(history: Rows, progress: Progress) -> Params:
    """Parameters learned from another population; Ctrl-C keeps the best so far."""
    if not len(history):
        progress.tell("Nothing to fit on: the shipped parameters are used.")
        return DEFAULTS

    def on_progress(one: Round) -> None:
        progress.say(f"Fitting: round {one.round} of at most {one.rounds}, loss {one.loss:.5f}")

    everyone = everybody(history)
    record = everyone.arranged(sorts_of(history), as_given=False).record
    found = fit(record, on_progress=on_progress)
    progress.tell(_said_of(found, record.people))
    return found.params


def _said_of(found: Fit, people: int) -> str:
    whom = f"Fitted on {counted(people, 'person', 'people')}"
    if found.interrupted:
        whom += ", stopped by you: the best parameters so far are used"
    if found.kept:
        return f"{whom}: the shipped parameters foretell as well, and are kept."
    before, after = found.held_out_before, found.held_out_after
    return f"{whom}; log-likelihood of an event of others {before:.4f} before, {after:.4f} now."


@dataclass(frozen=True, slots=True)
class Run:
    """What a call goes on with."""

    options: argparse.Namespace
    params: Params
    progress: Progress


def _write(run: Run, rows: Rows, as_of: int | None) -> None:
    options = run.options
    with ExitStack() as stack:
        out = options.out and stack.enter_context(writing(options.out, STANDING))
        predicted = options.prequential and stack.enter_context(
            writing(options.prequential, PREDICTED)
        )
        _fill(run, rows, as_of, [out, predicted])
        for one, what in ((out, ("person", "people")), (predicted, ("deed", "deeds"))):
            if one:
                one.keep()
                run.progress.tell(f"{one.path}: {counted(one.count, *what)}.")


def _fill(run: Run, rows: Rows, as_of: int | None, files: list[Writing | None]) -> None:
    """Some people after another, so that memory stays flat."""
    out, predicted = files
    sorts = sorts_of(rows, (name for name, _ in run.params.sorts))
    asked = _asked(run, rows, as_of)
    done = 0
    for batch in batches(rows):
        believed = Believed(batch, sorts, run.params)
        if out:
            out.add(believed.standing(asked))
        if predicted:
            predicted.add(believed.predicted())
        done += len(batch.order)
        run.progress.say(f"{done:,} of {len(rows):,} rows taken in")


def _asked(run: Run, rows: Rows, as_of: int | None) -> Asked:
    """The moment is that asked for, else of the last row; the act, that asked for, else one's own."""
    latest = int(rows.at.max(initial=0)) if len(rows) else 0
    moment = latest if as_of is None else as_of
    act, sorts = run.options.act, common_items(rows)
    if act and act not in {*sorts, *(name for name, _ in run.params.sorts)}:
        run.progress.tell(f"No deed of the sort “{act}” was ever seen: its chance is a usual one.")
    if run.options.out and len(rows):
        run.progress.tell(f"Chances are as of {write_moment(moment)}.")
    return Asked(moment, act or (sorts or [USUAL_ACT])[0], always=bool(act))
