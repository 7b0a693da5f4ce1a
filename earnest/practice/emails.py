"""What this context mails: one message per function."""

from __future__ import annotations

from earnest.accounts.models import User
from earnest.core.emails import rendered
from earnest.initiatives.models import Participation
from earnest.messaging.actions import Draft
from earnest.messaging.emails import as_they_read
from earnest.messaging.models import Message
from earnest.practice.models import Attendance, FollowUp, MomentSeen, TryOut
from earnest.practice.queries.moments import as_they_read as for_them
from earnest.practice.queries.reading import try_out_for


def brought_back(row: FollowUp) -> Draft:
    """One point of a lesson, as a question (0.9). A reminder: it counts towards the cap.

    Each answer is a link that chooses it; a button on their page says it, for scanners click.
    """
    values = {
        "follow_up": row,
        "point": row.point,
        "lesson": row.lesson,
        "initiative": row.participation.initiative,
        "by": row.participation.held_by,
        "page": f"[[page]]follow-up/{row.pk}/",
    }
    return _nudge("brought_back", row.participation, values, thread=f"follow-up {row.pk}")


def invited(row: Attendance, *, by: User) -> Draft:
    """To a lesson ahead. It asks whether they come, so it counts towards the cap."""
    values = {
        "lesson": row.lesson,
        "initiative": row.participation.initiative,
        "by": by,
        "page": f"[[page]]lessons/{row.lesson_id}/",
    }
    return _nudge("invited", row.participation, values, thread=row.source)


def try_out_offered(row: TryOut, *, by: User) -> Draft:
    """Something small to try (0.3). It asks something of them, so it counts towards the cap."""
    values = {
        "try_out": try_out_for(row),
        "initiative": row.participation.initiative,
        "by": by,
        "page": f"[[page]]try-outs/{row.pk}/",
    }
    return _nudge("try_out_offered", row.participation, values, thread=row.source)


def the_moment(seen: MomentSeen, *, link: str, line: str, by: User) -> Draft:
    """The point, and the link to their work, when it came up (0.11). It counts towards the cap."""
    seen, (link, line) = for_them(seen, link, line)
    values = {
        "seen": seen,
        "moment": seen.moment,
        "link": link,
        "line": line,
        "initiative": seen.participation.initiative,
        "by": by,
        "page": f"[[page]]moments/{seen.pk}/",
    }
    return _nudge("moment", seen.participation, values, thread=f"moment {seen.pk}")


def _nudge(name: str, whose: Participation, values: dict[str, object], *, thread: str) -> Draft:
    with as_they_read(whose):
        subject, text, html = rendered(
            f"practice/emails/{name}", {**values, "person": whose.person}
        )
    return Draft(Message.Kind.NUDGE, subject, text, html, thread=thread)
