"""What the mirror reads: about whoever looks, and for them alone (0.5, 0.6, 4.7, 2.22)."""

from earnest.pages.queries.mirror.named import names_somebody
from earnest.pages.queries.mirror.own import (
    OpenPromises,
    Wording,
    asked_this_week,
    line_of_week,
    lines_of,
    open_promises,
    questions_due,
    questions_of,
    wordings_of,
)
from earnest.pages.queries.mirror.people import OnePerson, PeoplePage, people_on
from earnest.pages.queries.mirror.spans import (
    SHOWN,
    WEEK,
    Span,
    monday_of,
    mondays_until,
    zone_of,
)
from earnest.pages.queries.mirror.weeks import (
    COUNTS,
    STORED_AFTER,
    Week,
    counted_on,
    weeks_of,
)

__all__ = [
    "COUNTS",
    "SHOWN",
    "STORED_AFTER",
    "WEEK",
    "OnePerson",
    "OpenPromises",
    "PeoplePage",
    "Span",
    "Week",
    "Wording",
    "asked_this_week",
    "counted_on",
    "line_of_week",
    "lines_of",
    "monday_of",
    "mondays_until",
    "names_somebody",
    "open_promises",
    "people_on",
    "questions_due",
    "questions_of",
    "weeks_of",
    "wordings_of",
    "zone_of",
]
