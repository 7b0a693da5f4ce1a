"""A space of ideas and votes as files: Polis' own CSV, read and written (issue 7, part 1).

Lines of text in, rows and problems out; lines of text out. No files, no clock, no NumPy: the pages
that take a space out or in use it as the command line does. The form is that of Polis' export
(https://compdemocracy.org/export): ``votes.csv``, ``comments.csv``, ``participants-votes.csv``, in
which +1 is agreement. Three columns ``voter,statement,vote`` are read as well; their ids may be any
text.
"""

from __future__ import annotations

from earnest.engine.opinion.exchange.reading import (
    Places,
    is_matrix,
    matrix_columns,
    places_of_votes,
    read_header,
    read_matrix,
    read_statements,
    read_votes,
    rows_of_votes,
)
from earnest.engine.opinion.exchange.rows import (
    AGREE,
    DISAGREE,
    PASS,
    Counting,
    Participant,
    Problem,
    Statement,
    Unreadable,
    Vote,
    last_votes,
)
from earnest.engine.opinion.exchange.writing import (
    write_matrix,
    write_moment,
    write_statements,
    write_summary,
    write_votes,
)

__all__ = [
    "AGREE",
    "DISAGREE",
    "PASS",
    "Counting",
    "Participant",
    "Places",
    "Problem",
    "Statement",
    "Unreadable",
    "Vote",
    "is_matrix",
    "last_votes",
    "matrix_columns",
    "places_of_votes",
    "read_header",
    "read_matrix",
    "read_statements",
    "read_votes",
    "rows_of_votes",
    "write_matrix",
    "write_moment",
    "write_statements",
    "write_summary",
    "write_votes",
]
