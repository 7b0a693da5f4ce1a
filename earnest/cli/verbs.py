"""The verbs and their options. Each verb's module is loaded only when it is called."""

from __future__ import annotations

import argparse
import importlib.metadata
import os
from datetime import date
from importlib import import_module
from pathlib import Path

DJANGO = {
    "check",
    "compilemessages",
    "makemessages",
    "makemigrations",
    "runserver",
    "shell",
    "test",
}


def run(words: list[str]) -> int:
    """Run the verb; the exit code."""
    if words[:1] == ["manage"] or (words and words[0] in DJANGO):
        return manage(words[1:] if words[0] == "manage" else words)
    if words == ["--version"]:
        print(importlib.metadata.version("earnest"))
        return 0
    options = parser().parse_args(words)
    module, _, name = options.call.partition(":")
    return int(getattr(import_module(module), name)(options) or 0)


def manage(words: list[str]) -> int:
    """Django's own commands, for developers."""
    from django.core.management import execute_from_command_line

    execute_from_command_line(["earnest manage", *words])
    return 0


def parser() -> argparse.ArgumentParser:
    top = argparse.ArgumentParser(
        prog="earnest", description="Earn real buy-in: hear people, keep small promises."
    )
    top.add_argument("--version", action="store_true", help="print the version, and stop")
    verbs = top.add_subparsers(title="verbs", metavar="VERB", required=True)
    _add_servers(verbs)
    _add_imports(verbs)
    _add_backups(verbs)
    _add_stand(verbs)
    _add_map(verbs)
    _add_effect(verbs)
    one = _verb(verbs, "sign-in-link", "print a link that signs a user in", "people:sign_in_link")
    one.add_argument("email", metavar="EMAIL")
    _verb(verbs, "migrate", "bring the database up to date", "database:migrate")
    again = _verb(verbs, "search", "see to the index of the search", "search:search")
    again.add_argument("--rebuild", action="store_true", help="make all of it anew")
    _verb(
        verbs,
        "doctor",
        "say what is wrong with this installation, and how to mend it",
        "doctor:doctor",
    )
    _verb(verbs, "manage", "Django's own commands: earnest manage COMMAND", "database:migrate")
    return top


type Verbs = argparse._SubParsersAction[argparse.ArgumentParser]


def _verb(verbs: Verbs, name: str, help: str, call: str) -> argparse.ArgumentParser:
    one = verbs.add_parser(name, help=help, description=help[0].upper() + help[1:] + ".")
    one.set_defaults(call=f"earnest.cli.{call}")
    return one


def _add_servers(verbs: Verbs) -> None:
    serve = _verb(verbs, "serve", "serve the pages, with the worker beside", "server:serve")
    demo = _verb(verbs, "demo", "try Earnest on an example: prints a sign-in link", "demo:demo")
    for one in (serve, demo):
        one.add_argument("--port", type=_port, default=os.environ.get("PORT") or "8000")
        one.add_argument("--host", default="127.0.0.1", help="address to listen on")
        one.add_argument("--workers", type=_count, help="web processes (SQLite: 1)")
        one.add_argument("--no-worker", action="store_true", help="leave the worker to others")
    demo.add_argument("--data-dir", type=Path, help="where the example is kept")
    demo.add_argument("--fresh", action="store_true", help="make the example anew")
    worker = _verb(verbs, "worker", "do what was put off, and what the clock asks", "work:worker")
    worker.add_argument("--once", action="store_true", help="do what is due now, then stop")


def _add_imports(verbs: Verbs) -> None:
    above = verbs.add_parser("import", help="bring in notes, or people", description="Bring in.")
    kinds = above.add_subparsers(title="what", metavar="notes|people", required=True)
    notes = _verb(kinds, "notes", "notes of conversations, a file each", "imports:notes")
    notes.add_argument("files", metavar="FILE", nargs="+", type=Path)
    notes.add_argument("--initiative", metavar="ID", type=_count, required=True)
    notes.add_argument("--held-on", metavar="DATE", type=_day, help="else: the file's own date")
    people = _verb(kinds, "people", "people from CSV, XLSX or vCard", "imports:people")
    people.add_argument("file", metavar="FILE", type=Path)
    people.add_argument("--workspace", metavar="ID", type=_count, required=True)
    people.add_argument("--skip-bad", action="store_true", help="take the good rows all the same")
    for one in (notes, people):
        one.add_argument("--as", dest="email", metavar="EMAIL", help="the user who brings them in")


def _add_backups(verbs: Verbs) -> None:
    one = _verb(verbs, "backup", "copy everything into one file, and check it", "backup:backup")
    one.add_argument("file", metavar="FILE", nargs="?", type=Path, help="else: in the data folder")
    one.add_argument("--data-dir", type=Path, help="whose data; else EARNEST_DATA_DIR")
    one.add_argument("--with-key", action="store_true", help="put the secret key into it, too")
    one.add_argument("--check", action="store_true", help="write nothing: is FILE whole?")
    back = _verb(verbs, "restore", "bring a backup back, all of it or nothing", "restore:restore")
    back.add_argument("file", metavar="FILE", type=Path)
    back.add_argument("--data-dir", type=Path, help="whose data; else EARNEST_DATA_DIR")
    back.add_argument("--replace", action="store_true", help="put it in the place of what is here")
    back.add_argument("--yes", action="store_true", help="without being asked")
    back.add_argument("--moving", action="store_true", help="nothing was written after the backup")
    back.add_argument("--lost-key", action="store_true", help="its secret key is gone for good")
    out = _verb(verbs, "export", "take an initiative out as open files", "export:export")
    out.add_argument("initiative", metavar="INITIATIVE", type=_count, help="its number")
    out.add_argument("--data-dir", type=Path, help="whose data; else EARNEST_DATA_DIR")
    out.add_argument("to", metavar="DIR|ZIP", nargs="?", type=Path, help="else: a zip here")
    out.add_argument("--as", dest="email", metavar="EMAIL", required=True, help="who leads it")
    out.add_argument("--with-people", action="store_true", help="names and words too; told to each")


def _add_stand(verbs: Verbs) -> None:
    one = _verb(
        verbs,
        "stand",
        "say from a file of what people said and did who is really in",
        "stand.command:stand",
    )
    one.formatter_class = argparse.RawDescriptionHelpFormatter
    one.epilog = STAND
    one.add_argument("evidence", metavar="EVIDENCE", type=Path, help="CSV or Parquet; see below")
    one.add_argument("--out", metavar="FILE", type=Path, help="a row a person: how they stand")
    one.add_argument(
        "--prequential",
        metavar="FILE",
        type=Path,
        help="a row a deed: the chance it had, given only what came before it",
    )
    one.add_argument("--fit-on", metavar="FILE", type=Path, help="learn from these people first")
    one.add_argument("--as-of", metavar="WHEN", help="a date (its end) or time; else: the last row")
    one.add_argument("--act", metavar="ITEM", help="the chance of this; else: of their last sort")
    one.add_argument("--skip-bad", action="store_true", help="leave bad rows out and go on")


STAND = """\
EVIDENCE has the columns person,at,kind,item,value in any order, a row a thing said or done:
  at     ISO 8601, a date or a time; without a zone it is UTC
  kind   said    1-5 on item understands, matters, doable or owns
         nodded  0/1, a yes in words
         agreed  0/1, made or declined a dated agreement
         did     0/1, an agreed act came due; item is its sort: kept, attended, ...
         silent  0/1, an ask: 0 passed unanswered, 1 answered in time
         saw     ignored: what is seen is no evidence
  id, corrects   may stand beside them: a row replaces that of the id it names,
                 or takes it back where its value is empty

Both files may be asked for at once; .parquet at the end of a name makes it Parquet.
A bad row is named by its line, and nothing is written unless --skip-bad.
"""


def _add_map(verbs: Verbs) -> None:
    one = _verb(verbs, "map", "say from a file of votes where people agree", "map.command:draw_map")
    one.formatter_class = argparse.RawDescriptionHelpFormatter
    one.epilog = MAP
    one.add_argument("votes", metavar="VOTES", type=Path, help="CSV; see below")
    one.add_argument("--comments", metavar="FILE", type=Path, help="the statements, as CSV")
    one.add_argument("--out", metavar="FILE", type=Path, help="the map as JSON")
    one.add_argument("--svg", metavar="FILE", type=Path, help="a picture of it")
    one.add_argument(
        "--html", metavar="FILE", type=Path, help="the picture, and the tables behind it"
    )
    one.add_argument("--polis", metavar="DIR", type=Path, help="all of it as Polis' own files")
    one.add_argument("--where", metavar="VOTER", help="say in words where this voter sits")
    one.add_argument("--before", metavar="FILE", type=Path, help="an earlier map.json: groups stay")
    one.add_argument("--no-sure", action="store_true", help="leave out how sure it is; faster")
    one.add_argument("--seed", type=_seed, default=1, help="another draw of chance; else: 1")
    one.add_argument("--skip-bad", action="store_true", help="leave bad rows out and go on")
    one.add_argument("--cluster", action="store_true", help="from disk, by Dask: beyond memory")


MAP = """\
VOTES is any of these, comma, semicolon or tab between the fields, ids of any kind:
  timestamp,datetime,comment-id,voter-id,vote    votes.csv as Polis exports it
  voter,statement,vote                           the columns in any order
  participant,...,0,1,2,...                      participants-votes.csv, a row a participant
A vote is 1 agree, 0 pass, -1 disagree. The last vote of a voter on a statement counts.

--comments is Polis' comments.csv (comment-id,moderated,comment-body). A statement moderated -1
is counted and does not shape the map. A vote on a statement that is not there is a bad row.
A bad row is named by its line, and nothing is written unless --skip-bad.
"""


def _add_effect(verbs: Verbs) -> None:
    one = _verb(
        verbs,
        "effect",
        "say from readings before and after whether it helped",
        "effect.command:effect",
    )
    one.formatter_class = argparse.RawDescriptionHelpFormatter
    one.epilog = EFFECT
    one.add_argument("measures", metavar="MEASURES", type=Path, help="CSV; see below")
    one.add_argument(
        "--start", metavar="DATE", type=_day, required=True, help="the first day it was tried"
    )
    one.add_argument("--treated", metavar="GROUP", required=True, help="who tried it")
    one.add_argument(
        "--out", metavar="FILE", type=Path, required=True, help="what was found, as JSON"
    )
    one.add_argument("--unit", metavar="WORD", default="", help="of the values: days, hours, ...")
    one.add_argument("--what", metavar="WORDS", default="", help="what is read, for the sentence")
    one.add_argument("--better", choices=["up", "down"], default="up", help="else: up")
    one.add_argument(
        "--level", metavar="SHARE", type=_level, default=0.9, help="of the interval; else: 0.9"
    )
    one.add_argument("--skip-bad", action="store_true", help="leave bad rows out and go on")


EFFECT = """\
MEASURES has the columns group,at,value in any order, a row a reading:
  group  who was read; all but GROUP are the comparison
  at     a day such as 2026-11-20; that of --start is the first after
  value  a number; of a share, in percent
  of     may stand beside them: how many cases the share counts

--out has estimate, low, high, method, sentence, enough, why_not and the means. The sentence is
printed, too. Where it is too early to say, it says so and why.
A bad row is named by its line, and nothing is written unless --skip-bad.
"""


def _level(said: str) -> float:
    try:
        level = float(said)
    except ValueError:
        level = 0.0
    if not 0.5 <= level <= 0.999:
        raise argparse.ArgumentTypeError(f"{said!r} is no share from 0.5 to 0.999")
    return level


def _seed(said: str) -> int:
    if not said.isascii() or not said.isdigit():
        raise argparse.ArgumentTypeError(f"{said!r} is no number from 0 up")
    return int(said)


def _day(said: str) -> date:
    try:
        return date.fromisoformat(said)
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"{said!r} is no date such as 2026-11-20") from error


def _count(said: str) -> int:
    if not said.isascii() or not said.isdigit() or int(said) < 1:
        raise argparse.ArgumentTypeError(f"{said!r} is no number from 1 up")
    return int(said)


def _port(said: str) -> int:
    number = _count(said)
    if number > 65535:
        raise argparse.ArgumentTypeError("a port is a number from 1 to 65535")
    return number
