"""Search over everything people said and what became of it, through the doors alone.

A package of its own: an index in the database, kept by the database (triggers), and one function
that reads it, ``find``. A new sort of things to find is one ``Sort`` in ``sorts.py``.
"""

from earnest.pages.search.finding import Group, Hit, Results, find

__all__ = ["Group", "Hit", "Results", "find"]
