"""``map.json``: participants, groups, statements and the method, written as it goes, a row a line."""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Iterator, Sequence
from itertools import batched
from typing import Any

import numpy as np
from numpy.typing import NDArray

from earnest.cli.map.told import Held, Told
from earnest.engine.opinion.picture import name_of

AT_ONCE = 20_000


def as_json(told: Told) -> Iterator[bytes]:
    """The file in pieces. No number in it is NaN or infinite: what cannot be said is null."""
    yield b'{"too_few_to_say":' + _bytes(told.too_few) + b',\n"participants":[\n'
    yield from _rows(_participants(told))
    yield b'],\n"groups":[\n'
    yield from _rows(_dumped(_group(told, group) for group in range(told.k)))
    yield b'],\n"statements":[\n'
    yield from _rows(_dumped(_statements(told)))
    yield b"],\n"
    for name, found in (("united", _united(told)), ("divided", _ids(told, told.map.told.divided))):
        yield f'"{name}":'.encode() + _bytes(found) + b",\n"
    yield b'"method":' + _bytes(_method(told)) + b"}\n"


def _rows(rows: Iterable[str]) -> Iterator[bytes]:
    before = ""
    for some in batched(rows, AT_ONCE):
        yield (before + ",\n".join(some)).encode()
        before = ",\n"
    yield b"\n" if before else b""


def _dumped(rows: Iterable[object]) -> Iterator[str]:
    return (_bytes(row).decode() for row in rows)


def _bytes(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode()


def _participants(told: Told) -> Iterator[str]:
    """By hand, since there may be millions: ten times as fast."""
    sure = _sure(told.map.sure.people) if told.map.sure else None
    people = len(told.ballots.voters)
    for first in range(0, people, AT_ONCE):
        part = slice(first, first + AT_ONCE)
        groups = told.groups()[part].tolist()
        rows = zip(
            told.ballots.voters[part],
            np.nan_to_num(told.map.x[part]).tolist(),
            np.nan_to_num(told.map.y[part]).tolist(),
            ["null" if one < 0 else one for one in groups],
            sure[part] if sure else ["null"] * len(groups),
            strict=True,
        )
        for name, x, y, group, how_sure in rows:
            said = f'"{name}"' if name.isdigit() else json.dumps(name, ensure_ascii=False)
            yield f'{{"id":{said},"x":{x:.5f},"y":{y:.5f},"group":{group},"sure":{how_sure}}}'


def _sure(found: NDArray[np.float64]) -> list[str]:
    return ["null" if math.isnan(one) else f"{one:.2f}" for one in found.tolist()]


def _group(told: Told, group: int) -> dict[str, Any]:
    mine = told.map.bases.group == group
    weight = told.map.bases.count * mine
    people = max(int(weight.sum()), 1)
    return {
        "id": group,
        "name": name_of(group),
        "size": int(told.map.tally.size[group]),
        "x": _number(float((told.map.bases.x * weight).sum() / people)),
        "y": _number(float((told.map.bases.y * weight).sum() / people)),
        "holds": [_held(told, one) for one in told.held_by(group)],
    }


def _held(told: Told, one: Held) -> dict[str, Any]:
    return {
        "statement": told.ballots.statements[one.statement],
        "text": told.text(one.statement),
        "agrees": one.agrees,
        "of": one.of,
        "seen": one.seen,
    }


def _united(told: Told) -> list[dict[str, Any]]:
    return [_held(told, one) for one in told.united()] if told.k else []


def _ids(told: Told, found: Sequence[int]) -> list[str]:
    return [told.ballots.statements[one] for one in found] if told.k else []


def _statements(told: Told) -> Iterator[dict[str, Any]]:
    tally, said = told.map.tally, told.map.told
    of: dict[int, list[dict[str, Any]]] = {}
    for group in range(told.k):
        for one in told.held_by(group):
            z = (said.for_agree if one.agrees else said.for_disagree)[group, one.statement]
            found = {"group": group, "agrees": one.agrees, "z": _number(float(z))}
            of.setdefault(one.statement, []).append(found)
    for place, name in enumerate(told.ballots.statements):
        known = told.known.get(name)
        yield {
            "id": name,
            "text": known.text if known else "",
            "moderated": known.moderated if known else 0,
            "agree": int(tally.agree[:, place].sum()),
            "disagree": int(tally.disagree[:, place].sum()),
            "pass": int(tally.passed[:, place].sum()),
            "groups": [_counts(told, group, place) for group in range(told.k)],
            "consensus": _number(float(said.unites_for[place])),
            "consensus_against": _number(float(said.unites_against[place])),
            "divisiveness": _number(float(said.divides[place])) if told.k else None,
            "representative_of": of.get(place, []),
        }


def _counts(told: Told, group: int, statement: int) -> dict[str, int]:
    tally = told.map.tally
    return {
        "group": group,
        "agree": int(tally.agree[group, statement]),
        "disagree": int(tally.disagree[group, statement]),
        "pass": int(tally.passed[group, statement]),
    }


def _method(told: Told) -> dict[str, Any]:
    found, sure = told.map, told.map.sure
    return {
        "name": "earnest.engine.opinion",
        "version": found.version,
        "seed": found.seed,
        "k": told.k,
        "silhouettes": [
            {"k": one.k, "value": _number(float(one.value))} for one in found.silhouettes
        ],
        "k_sure": _number(sure.k) if sure else None,
        "k_came_out": [{"k": k, "share": _number(float(share))} for k, share in sure.ks]
        if sure
        else [],
        "draws": sure.draws if sure else 0,
        "axes_share": [_number(float(one)) for one in found.axes.share],
        "participants": len(told.ballots.voters),
        "shaping": int(found.shapes.sum()),
        "statements": len(told.ballots.statements),
        "votes": len(told.ballots.value),
        "rows": told.ballots.rows,
        "repeated": told.ballots.repeated,
        "changed": told.ballots.changed,
        "contradicting": told.ballots.contradicting,
        "seconds": {name: round(one, 3) for name, one in told.seconds.items()},
    }


def _number(found: float) -> float | None:
    return round(found, 6) if math.isfinite(found) else None
