"""What a lead looks at once a week, read in few queries, however many people there are."""

from earnest.pages.queries.overview.marks import TeamRow, Teams, teams_of

__all__ = ["TeamRow", "Teams", "teams_of"]
