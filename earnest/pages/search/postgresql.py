"""The index on PostgreSQL: one table a sort, key and tsvector with a GIN index, kept by triggers.

Words are cut and folded by ``search_words`` as SQLite's tokenizer does it, so both find the same.
Newest first without reading all hits: each row has a word for its block of keys, and the newest
blocks are asked first, inside the index; only who finds too few there asks for all.
"""

# ruff: noqa: S608 - tables and columns are named by us; what anybody typed is a parameter
from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from itertools import pairwise

from django.db import connection

from earnest.pages.search.asking import Wanted, Word
from earnest.pages.search.letters import BETWEEN, LEFT_OUT, LONGEST, OURS, UNSPACED
from earnest.pages.search.sort import Scope, Sort, Watched

BLOCK = 12  # so many bits of a key lie in one block: 4,096 rows
NEWEST = 2  # blocks asked first: the last one may have just begun
SHORT = (2, 3, 4)  # beginnings of words that are words of their own: a letter or two fit a million
COLLATIONS = ("pg_c_utf8", "und-x-icu", "C.utf8")  # any that knows small letters beyond ASCII
BEGINS, BESIDE = "\ue001", "\ue002"
LONGEST_PAIR = 2_000  # bytes; PostgreSQL refuses longer words


def table_of(sort: Sort) -> str:
    return f"search_{sort.name}"


def worded(collation: str) -> str:
    """The function that makes a text into words of the index: those of ``letters.words_in``, their
    beginnings, and every two that stand side by side, so that a phrase of words that nearly all
    rows have is looked up and not read out of all these rows."""
    return (
        "CREATE OR REPLACE FUNCTION search_words(words text) RETURNS tsvector LANGUAGE plpgsql "
        f"IMMUTABLE PARALLEL SAFE AS $$ DECLARE plain text := trim({_folded(collation)}); "
        "each text[] := string_to_array(plain, ' '); BEGIN "
        "RETURN to_tsvector('simple', plain) || array_to_tsvector(ARRAY("
        f"SELECT '{BEGINS}' || left(word, size) FROM unnest(each) AS word, "
        f"unnest(ARRAY{list(SHORT)}) AS size WHERE length(word) >= size "
        f"UNION ALL SELECT one || '{BESIDE}' || two FROM unnest(each, each[2:]) AS pair(one, two) "
        f"WHERE octet_length(one) + octet_length(two) < {LONGEST_PAIR})); END $$"
    )


def _folded(collation: str) -> str:
    """Cut and folded, a space between words; what is plain ASCII needs two steps of the seven."""
    small = f'lower(whole COLLATE "{collation}")' if collation else "lower(whole)"
    whole = r"normalize(regexp_replace(normalize(words, NFD), '([A-Za-z])[\u0300-\u036f]+', '\1', 'g'), NFC)"
    small = small.replace("whole", f"replace({whole}, 'ẞ', 'ss')")
    plain = f"replace(replace({small}, 'ß', 'ss'), 'ς', 'σ')"
    plain = f"regexp_replace({plain}, '[{LEFT_OUT}]+', '', 'g')"
    plain = rf"regexp_replace({plain}, '([{UNSPACED}])', ' \1 ', 'g')"
    plain = f"regexp_replace({plain}, '[{BETWEEN}]+', ' ', 'g')"
    ascii_only = "regexp_replace(lower(words), '[^a-z0-9]+', ' ', 'g')"
    return f"CASE WHEN octet_length(words) = length(words) THEN {ascii_only} ELSE {plain} END"


def made_of(sort: Sort) -> list[str]:
    """Table and triggers of a sort, in the order they are made."""
    table = table_of(sort)
    made = [
        f"CREATE TABLE {table} (id bigint PRIMARY KEY, words tsvector NOT NULL)",
    ]
    for n, watched in enumerate(sort.watched):
        made += _followed(sort, watched, f"{table}_{n}")
    name = f"{table}_emptied"
    return [
        *made,
        f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN TRUNCATE {table}; RETURN NULL; END $$",
        f"CREATE TRIGGER {name} AFTER TRUNCATE ON {sort.table} "
        f"FOR EACH STATEMENT EXECUTE FUNCTION {name}()",
    ]


def _index_of(sort: Sort) -> str:
    """Made when all words are there: a tenth of the time of making it word by word."""
    table = table_of(sort)
    return f"CREATE INDEX {table}_words ON {table} USING gin (words) WITH (fastupdate = off)"


def _followed(sort: Sort, watched: Watched, name: str) -> Iterator[str]:
    table, columns = table_of(sort), ", ".join(watched.columns)
    reached = f"SELECT t.id FROM {sort.table} t {sort.joins} WHERE "
    own = watched.table == sort.table
    before = "OLD.id" if own else reached + watched.reaches.format(row="OLD")
    out = f"DELETE FROM {table} WHERE id IN ({before})"
    again = f"DELETE FROM {table} WHERE id IN ({reached}{watched.reaches.format(row='NEW')})"
    put = _put_in(sort, watched.reaches.format(row="NEW"))
    yield (
        f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        f"IF TG_OP <> 'INSERT' THEN {out}; END IF; "
        f"IF TG_OP <> 'DELETE' THEN {again}; {put}; END IF; RETURN NULL; END $$"
    )
    changed = " OR ".join(f"OLD.{one} IS DISTINCT FROM NEW.{one}" for one in watched.columns)
    does = f"FOR EACH ROW %sEXECUTE FUNCTION {name}()"
    yield f"CREATE TRIGGER {name}_rows AFTER INSERT OR DELETE ON {watched.table} {does % ''}"
    yield (
        f"CREATE TRIGGER {name}_changed AFTER UPDATE OF {columns} ON {watched.table} "
        + does % f"WHEN ({changed}) "
    )


def _put_in(sort: Sort, which: str) -> str:
    scopes = ", ".join(map(_scope, sort.scopes))
    block = f"'{OURS}b' || (t.id >> {BLOCK})"
    return (
        f"INSERT INTO {table_of(sort)} (id, words) "
        f"SELECT t.id, search_words(left({sort.indexed}, {LONGEST})) "
        f"|| array_to_tsvector(array_remove(ARRAY[{block}, {scopes}], NULL)) "
        f"FROM {sort.table} t {sort.joins} WHERE ({sort.where}) AND {which} "
        "ON CONFLICT (id) DO UPDATE SET words = EXCLUDED.words"
    )


def _scope(scope: Scope) -> str:
    ours = f"'{OURS}{scope.kind}' || {scope.of}"
    return f"CASE WHEN {scope.when} THEN {ours} END" if scope.when else ours


def _print_of(sort: Sort) -> str:
    """Changes when anything of it does; kept as the table's comment."""
    return hashlib.sha256("\n".join(_steps(sort)).encode()).hexdigest()


def _steps(sort: Sort) -> list[str]:
    """In this order: once it is followed, nothing written meanwhile is missed."""
    return [worded(_collation()), *made_of(sort), _put_in(sort, "TRUE"), _index_of(sort)]


def _collation() -> str:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT collname FROM pg_collation WHERE collname = ANY(%s)", [list(COLLATIONS)]
        )
        there = {name for (name,) in cursor.fetchall()}
    return next((name for name in COLLATIONS if name in there), "")


def stands(sort: Sort) -> bool:
    """Whether table, functions and triggers are there as they should be."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT obj_description(to_regclass(%s), 'pg_class')", [table_of(sort)])
        (said,) = cursor.fetchone()
    wanted = {one.split()[2] for one in made_of(sort) if one.startswith("CREATE TRIGGER")}
    return said == _print_of(sort) and {name for name, _ in _triggers(sort)} == wanted


def _triggers(sort: Sort) -> list[tuple[str, str]]:
    """Those there are, each with its table."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT tgname, tgrelid::regclass::text FROM pg_trigger "
            "WHERE NOT tgisinternal AND starts_with(tgname, %s)",
            [f"{table_of(sort)}_"],
        )
        return list(cursor.fetchall())


def make(sort: Sort) -> None:
    """Table, triggers, and what is there already; whatever stood before is gone."""
    drop(sort)
    with connection.cursor() as cursor:
        for sql in _steps(sort):
            cursor.execute(sql)
        cursor.execute(f"COMMENT ON TABLE {table_of(sort)} IS '{_print_of(sort)}'")
        cursor.execute(f"ANALYZE {table_of(sort)}")


def drop(sort: Sort) -> None:
    drop_triggers(sort)
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TABLE IF EXISTS {table_of(sort)}")


def drop_triggers(sort: Sort) -> None:
    """So that tables can be changed: a column that a trigger names keeps its type."""
    with connection.cursor() as cursor:
        for name, table in _triggers(sort):
            cursor.execute(f"DROP TRIGGER {name} ON {table}")


def purge(sorts: Iterable[Sort]) -> None:
    """Rows that are gone are gone for every reader; VACUUM takes their bytes, as everywhere."""


def keys(wanted: list[Wanted]) -> list[tuple[str, int]]:
    """Sort and key of the newest that fit, for each sort wanted: in new blocks, else in all."""
    tops = _tops(wanted)
    near = _asked([(one, _blocks_of(one, tops[one.sort])) for one in wanted])
    few = [one for one in wanted if len(near.get(one.sort, ())) < one.most]
    older = [one for one in few if tops[one.sort] >> BLOCK >= NEWEST]
    everywhere = _asked([(one, "") for one in older])
    found = near | everywhere
    return [(one.sort, key) for one in wanted for key in found.get(one.sort, ())]


def _tops(wanted: list[Wanted]) -> dict[str, int]:
    """The highest key of each sort, or the one below which is looked."""
    newest = [one.sort for one in wanted if not one.before]
    tops = {one.sort: one.before - 1 for one in wanted if one.before}
    if newest:
        each = (f"SELECT '{name}', COALESCE(max(id), 0) FROM search_{name}" for name in newest)
        with connection.cursor() as cursor:
            cursor.execute(" UNION ALL ".join(each))
            tops |= dict(cursor.fetchall())
    return tops


def _blocks_of(one: Wanted, top: int) -> str:
    newest = top >> BLOCK
    blocks = range(newest, max(-1, newest - NEWEST), -1)
    return f" & ({' | '.join(_lexeme(f'{OURS}b{block}') for block in blocks)})"


def _asked(wanted: list[tuple[Wanted, str]]) -> dict[str, list[int]]:
    """All sorts in one statement; the hits come from the index, then the newest of them."""
    parts: list[str] = []
    given: list[str | int] = []
    for one, blocks in wanted:
        below = "AND id < %s " if one.before else ""
        parts.append(
            f"(WITH hits AS MATERIALIZED (SELECT id FROM search_{one.sort} "
            f"WHERE words @@ %s::tsquery {below}) "
            f"SELECT '{one.sort}', id FROM hits ORDER BY id DESC LIMIT %s)"
        )
        given += [query_of(one) + blocks, *([one.before] if one.before else []), one.most]
    found: dict[str, list[int]] = {}
    if parts:
        with connection.cursor() as cursor:
            cursor.execute(" UNION ALL ".join(parts), given)
            for name, key in cursor.fetchall():
                found.setdefault(name, []).append(key)
    return found


def query_of(one: Wanted) -> str:
    """In PostgreSQL's own words; what was typed is between quotes, and has none in it."""
    scopes = " | ".join(_lexeme(f"{OURS}{scope}") for scope in one.scopes)
    return " & ".join([*map(_word, one.words), f"({scopes})"])


def _lexeme(word: str) -> str:
    return f"'{word}'"


def _word(word: Word) -> str:
    *first, last = word.letters
    if word.begins and not first and len(last) in SHORT:
        return _lexeme(BEGINS + last)
    goes_on = ":*" if word.begins else ""
    if not first:
        return _lexeme(last) + goes_on
    pairs = [_lexeme(f"{one}{BESIDE}{two}") for one, two in pairwise(word.letters)]
    if len(pairs) == 1:
        return pairs[0] + goes_on
    whole = f"({' <-> '.join(map(_lexeme, word.letters))}{goes_on})"
    return " & ".join([*pairs[:-1], pairs[-1] + goes_on, whole])
