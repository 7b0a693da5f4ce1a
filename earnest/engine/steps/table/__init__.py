"""The next step, by rules anyone can read: one row a rule, with its practice and its reason.

A rule looks at one *case* (a promise, a person, a question, …) and either applies or does not.
A file a section; the first row that applies to a case is its step. To add a rule, add a row and
its test in tests/test_steps.py.
"""

from __future__ import annotations

from earnest.engine.steps.cases import Rule
from earnest.engine.steps.table.moments import MOMENTS
from earnest.engine.steps.table.prepare import PREPARE
from earnest.engine.steps.table.promised import PROMISED
from earnest.engine.steps.table.talk import TALK
from earnest.engine.steps.table.waiting import WAITING

RULES: tuple[Rule, ...] = (*MOMENTS, *PROMISED, *WAITING, *TALK, *PREPARE)

__all__ = ["RULES"]
