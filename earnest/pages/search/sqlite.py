"""The index on SQLite: one FTS5 table a sort, without words of its own, followed by triggers.

A row of the index is what a SELECT says of the rows it is made of. Whatever writes to one of them
first takes out what that SELECT says now, and then puts in what it says afterwards: so the index
says what the rows say, in whatever order they come and go. Keys go down, newest first, so the
first few hits are the answer: FTS5 walks its lists from the end and stops.
"""

# ruff: noqa: S608 - tables and columns are named by us; what anybody typed is a parameter
from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator

from django.db import connection

from earnest.pages.search.asking import Wanted, Word
from earnest.pages.search.letters import LONGEST, OURS
from earnest.pages.search.sort import Scope, Sort, Watched

PREFIXES = "2 3 4"
# Marks above and below letters (Mn, Mc) belong to them: हिन्दी is one word.
TOKENS = "unicode61 remove_diacritics 2 categories ''L* N* Co Mn Mc''"
ERASES_AT_ONCE = (3, 42, 0)  # from here on FTS5 leaves nothing behind of what was taken out

_UNSPACED = "[\u3040-\u30fa\u30fc-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]"
_LEFT_OUT = "\u0640\u064b\u064c\u064d\u064e\u064f\u0650\u0651\u0652\u0670"


def table_of(sort: Sort) -> str:
    return f"search_{sort.name}"


def made_of(sort: Sort) -> dict[str, str]:
    """Every table and trigger of a sort by name, as they are made."""
    table = table_of(sort)
    made = {
        table: f"CREATE VIRTUAL TABLE {table} USING fts5(words, content='', "
        f"prefix='{PREFIXES}', tokenize='{TOKENS}')"
    }
    for n, watched in enumerate(sort.watched):
        for when, does in _triggers(sort, watched):
            name = f"{table}_{n}_{'_'.join(when.lower().split()[:2])}"
            made[name] = f"CREATE TRIGGER {name} {when} ON {watched.table}{does}"
    return made


def _triggers(sort: Sort, watched: Watched) -> Iterator[tuple[str, str]]:
    columns = ", ".join(watched.columns)
    changed = " OR ".join(f"OLD.{one} IS NOT NEW.{one}" for one in watched.columns)
    before = watched.reaches.format(row="OLD")
    after = watched.reaches.format(row="NEW")
    out = f"{_take_out(sort, before)};"
    put = f"{_put_in(sort, after)};"
    if watched.table != sort.table:  # what is beside may come and go first: then say it without
        yield "BEFORE INSERT", f" BEGIN {_take_out(sort, after)}; END"
        yield "AFTER DELETE", f" BEGIN {_put_in(sort, before)}; END"
    yield "AFTER INSERT", f" BEGIN {put} END"
    yield f"BEFORE UPDATE OF {columns}", f" WHEN {changed} BEGIN {out} END"
    yield f"AFTER UPDATE OF {columns}", f" WHEN {changed} BEGIN {put} END"
    yield "BEFORE DELETE", f" BEGIN {out} END"


def _put_in(sort: Sort, which: str) -> str:
    return f"INSERT INTO {table_of(sort)} (rowid, words) {_said(sort, which)}"


def _take_out(sort: Sort, which: str) -> str:
    """FTS5 keeps no words here: it is told which ones it takes out."""
    table = table_of(sort)
    told = _said(sort, which, first="'delete', ")
    return f"INSERT INTO {table} ({table}, rowid, words) {told}"


def _said(sort: Sort, which: str, first: str = "") -> str:
    """What the index holds of these rows: cut, folded as far as the tokenizer does not, spaced."""
    rows = (
        f"SELECT t.id AS id, {_plain(sort.indexed)} AS words, {_scopes(sort)} AS scopes "
        f"FROM {sort.table} t {sort.joins} WHERE ({sort.where}) AND {which}"
    )
    rows = f"SELECT id, {_without_vowels('words')} AS words, scopes FROM ({rows})"
    return f"SELECT {first}id, {_spaced('words')} || scopes FROM ({rows})"


def _plain(words: str) -> str:
    """ß as the tokenizer does not take it, and no letter that would pass for a mark of ours."""
    short = f"substr({words}, 1, {LONGEST})"
    return f"replace(replace(replace({short}, char({ord(OURS)}), ' '), 'ß', 'ss'), 'ẞ', 'ss')"


def _without_vowels(words: str) -> str:
    plain = words
    for letter in _LEFT_OUT:
        plain = f"replace({plain}, char({ord(letter)}), '')"
    return f"CASE WHEN {words} GLOB '*[{_LEFT_OUT}]*' THEN {plain} ELSE {words} END"


def _spaced(words: str) -> str:
    """A space about each letter of a script that has none."""
    letter = f"substr({words}, i, 1)"
    letters = (
        "WITH RECURSIVE places(i) AS "
        f"(SELECT 1 UNION ALL SELECT i + 1 FROM places WHERE i < length({words})) "
        f"SELECT group_concat(CASE WHEN {letter} GLOB '{_UNSPACED}' "
        f"THEN ' ' || {letter} || ' ' ELSE {letter} END, '') FROM places"
    )
    return f"CASE WHEN {words} GLOB '*{_UNSPACED}*' THEN ({letters}) ELSE {words} END"


def _scopes(sort: Sort) -> str:
    return " || ".join(_scope(one) for one in sort.scopes)


def _scope(scope: Scope) -> str:
    ours = f"' ' || char({ord(OURS)}) || '{scope.kind}' || {scope.of}"
    return f"CASE WHEN {scope.when} THEN {ours} ELSE '' END" if scope.when else f"({ours})"


def stands(sort: Sort) -> bool:
    """Whether table and triggers are there as they should be."""
    return _there(sort) == made_of(sort)


def _there(sort: Sort) -> dict[str, str]:
    table = table_of(sort)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT name, sql FROM sqlite_master WHERE name = %s OR (type = 'trigger' "
            "AND substr(name, 1, %s) = %s)",
            [table, len(table) + 1, f"{table}_"],
        )
        return dict(cursor.fetchall())


def make(sort: Sort) -> None:
    """Table, triggers, and what is there already; whatever stood before is gone."""
    drop(sort)
    with connection.cursor() as cursor:
        for sql in made_of(sort).values():
            cursor.execute(sql)
        if erases_at_once():
            table = table_of(sort)
            cursor.execute(f"INSERT INTO {table} ({table}, rank) VALUES ('secure-delete', 1)")
        cursor.execute(_put_in(sort, "1 = 1"))
    _in_one_piece(sort)


def drop(sort: Sort) -> None:
    drop_triggers(sort)
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TABLE IF EXISTS {table_of(sort)}")


def drop_triggers(sort: Sort) -> None:
    """So that tables can be made anew: SQLite looks into every trigger when one is renamed."""
    there = [name for name in _there(sort) if name != table_of(sort)]
    with connection.cursor() as cursor:
        for name in there:
            cursor.execute(f"DROP TRIGGER {name}")


def erases_at_once() -> bool:
    return sqlite3.sqlite_version_info >= ERASES_AT_ONCE


def purge(sorts: Iterable[Sort]) -> None:
    """What was taken out stays in the pages of an older FTS5 until they are merged: so they are."""
    if erases_at_once():
        return
    for sort in sorts:
        _in_one_piece(sort)


def _in_one_piece(sort: Sort) -> None:
    """Written in a dozen pieces, each is asked for every word: in one, a phrase takes half as long."""
    table = table_of(sort)
    with connection.cursor() as cursor:
        cursor.execute(f"INSERT INTO {table} ({table}) VALUES ('optimize')")


def keys(wanted: list[Wanted]) -> list[tuple[str, int]]:
    """Sort and key of the newest that fit, for each sort wanted; one statement."""
    parts: list[str] = []
    given: list[str | int] = []
    for one in wanted:
        table = f"search_{one.sort}"
        below = " AND rowid < %s" if one.before else ""
        parts.append(
            f"SELECT * FROM (SELECT '{one.sort}', rowid FROM {table} "
            f"WHERE {table} MATCH %s{below} ORDER BY rowid DESC LIMIT %s)"
        )
        given += [match_of(one), *([one.before] if one.before else []), one.most]
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(parts), given)
        return list(cursor.fetchall())


def match_of(one: Wanted) -> str:
    """In FTS5's own words; what was typed is between quotes, and has none in it."""
    scopes = " OR ".join(f'"{OURS}{scope}"' for scope in one.scopes)
    return " AND ".join([*map(_word, one.words), f"({scopes})"])


def _word(word: Word) -> str:
    return f'"{" ".join(word.letters)}"{" *" if word.begins else ""}'
