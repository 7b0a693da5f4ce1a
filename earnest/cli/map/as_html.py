"""``map.html``: the picture, and behind it the tables it is drawn from. One file, no script, no request."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from html import escape

from earnest.cli.map import words
from earnest.cli.map.as_svg import drawn
from earnest.cli.map.told import Held, Told
from earnest.engine.opinion.picture import name_of

STYLE = (
    ":root{color-scheme:light dark;--paper:light-dark(#faf8f3,#14181b);--ink:light-dark(#1d2629,#e9e6de);"
    "--soft:light-dark(#566166,#a3aaa9);--line:light-dark(#e2dccd,#2c3438)}"
    "body{margin:0 auto;padding:1.5rem 1rem 4rem;max-width:64rem;background:var(--paper);color:var(--ink);"
    "font:1rem/1.5 Inter,system-ui,sans-serif}h1{font-size:1.5rem;line-height:1.25}"
    "h2{font-size:1.15rem;margin-top:2.25rem}figure{margin:1rem 0;overflow-x:auto}"
    "svg{width:100%;height:auto;min-width:44rem;border-radius:.6rem}.soft{color:var(--soft)}"
    ".table{overflow-x:auto}table{border-collapse:collapse;width:100%}"
    "th,td{padding:.45rem .6rem;border-bottom:1px solid var(--line);text-align:start;vertical-align:top}"
    "thead th{font-size:.85rem;color:var(--soft);font-weight:600}td.n,th.n{text-align:end;"
    "font-variant-numeric:tabular-nums;white-space:nowrap}"
    "tbody th{font-weight:400;font-family:'Source Serif 4','Iowan Old Style',Georgia,serif;min-width:18rem}"
)


def as_html(told: Told, *, you: tuple[float, float] | None = None) -> Iterator[str]:
    """The page, in pieces."""
    title = escape(words.title(told))
    yield (
        f'<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n<title>{title}</title>\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<style>{STYLE}</style>\n</head>\n<body>\n<main>\n<h1>{title}</h1>\n"
    )
    if told.too_few:
        yield f"<p>{escape(told.too_few.capitalize())}.</p>\n"
    yield f'<figure tabindex="0" aria-label="The map">\n{drawn(told, you=you)}</figure>\n'
    yield '<p class="soft">✓ agree, ✗ disagree.</p>\n'
    for group in range(told.k):
        yield from _held(
            told, f"What group {name_of(group)} holds more than others", told.held_by(group)
        )
    if told.k:
        yield from _held(told, "What unites all", told.united())
    yield from _all(told)
    yield "</main>\n</body>\n</html>\n"


def _held(told: Told, title: str, held: Iterable[Held]) -> Iterator[str]:
    rows = [
        [
            told.text(one.statement),
            "agree" if one.agrees else "disagree",
            f"{one.of:,} of {one.seen:,}",
            f"{one.share:.0%}",
        ]
        for one in held
    ]
    if rows:
        yield from _table(title, ["Statement", "They", "How many", "Share"], rows)


def _all(told: Told) -> Iterator[str]:
    """All statements, those most voted on first."""
    tally = told.map.tally
    votes = tally.seen.sum(axis=0)
    names = ["Statement", "Votes", "Agree", "Disagree", "Pass"]
    names += [f"{name_of(group)} agree" for group in range(told.k)]
    rows = []
    for one in sorted(range(len(votes)), key=lambda place: (-votes[place], place)):
        ways = [int(way[:, one].sum()) for way in (tally.agree, tally.disagree, tally.passed)]
        shares = [_share(int(tally.agree[g, one]), int(tally.seen[g, one])) for g in range(told.k)]
        out = " (moderated out)" if told.map.moderated[one] else ""
        counts = [f"{way:,}" for way in (int(votes[one]), *ways)]
        rows.append([told.text(one) + out, *counts, *shares])
    yield from _table("All statements", names, rows)


def _share(of: int, seen: int) -> str:
    return f"{of / seen:.0%} of {seen:,}" if seen else "none voted"


def _table(title: str, names: list[str], rows: Iterable[list[str]]) -> Iterator[str]:
    yield f'<h2>{escape(title)}</h2>\n<div class="table" tabindex="0" role="region" aria-label="{escape(title)}">\n'
    yield "<table>\n<thead><tr>"
    yield "".join(
        f'<th scope="col"{_numeric(n)}>{escape(name)}</th>' for n, name in enumerate(names)
    )
    yield "</tr></thead>\n<tbody>\n"
    for first, *cells in rows:
        yield f'<tr><th scope="row" dir="auto">{escape(first)}</th>'
        yield "".join(f'<td class="n">{escape(cell)}</td>' for cell in cells)
        yield "</tr>\n"
    yield "</tbody>\n</table>\n</div>\n"


def _numeric(column: int) -> str:
    return ' class="n"' if column else ""
