"""What a lead looks at once a week, read in few queries, however many people there are."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from earnest.initiatives.models import Initiative
from earnest.pages.queries.overview.marks import TeamRow, Teams, teams_of
from earnest.pages.queries.overview.owed import Numbers, Owed, Share, numbers_of
from earnest.pages.queries.overview.plan import (
    MeasureShown,
    NeedShown,
    measures_shown,
    needs_shown,
)
from earnest.pages.queries.overview.story import Known, Milestone, Story, story_of
from earnest.pages.queries.overview.weeks import SaidAndDone, Week, said_and_done

__all__ = [
    "MeasureShown",
    "Milestone",
    "NeedShown",
    "Numbers",
    "Overview",
    "Owed",
    "SaidAndDone",
    "Share",
    "Story",
    "TeamRow",
    "Teams",
    "Week",
    "numbers_of",
    "overview_of",
    "overview_to_print",
    "said_and_done",
    "teams_of",
]

TEAMS_ON_A_SHEET = 24


@dataclass(frozen=True, slots=True)
class Overview:
    """All parts of the overview, as they are at one moment."""

    teams: Teams
    over_time: SaidAndDone
    numbers: Numbers
    needs: list[NeedShown]
    measures: list[MeasureShown]
    story: Story

    @property
    def owed(self) -> Owed:
        return self.numbers.owed


def overview_of(initiative: Initiative, *, at: datetime, after: str = "") -> Overview:
    """Nine queries, one more for the teams after the first."""
    return _overview(initiative, teams_of(initiative, after=after), at=at, on_paper=False)


def overview_to_print(initiative: Initiative, *, at: datetime) -> Overview:
    """The same for paper: nobody's name is read, and of needs those with a name by a lead."""
    teams = teams_of(initiative, most=TEAMS_ON_A_SHEET, named=False)
    return _overview(initiative, teams, at=at, on_paper=True)


def _overview(initiative: Initiative, teams: Teams, *, at: datetime, on_paper: bool) -> Overview:
    numbers, over_time = numbers_of(initiative, at=at), said_and_done(initiative, at=at)
    return Overview(
        teams=teams,
        over_time=over_time,
        numbers=numbers,
        needs=needs_shown(initiative, on_paper=on_paper),
        measures=measures_shown(initiative),
        story=story_of(initiative, Known(numbers.first_talk, over_time.deeds), at=at),
    )
