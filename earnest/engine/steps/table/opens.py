"""What to do about the step still open, where an estimate says which (2.4; docs/standing.md).

A column beside a row: the same rule at the same time, with other words. It is read only where the
workspace has the estimate on and the person may be estimated; everywhere else the row speaks.

No such column stands beside a no said twice, a deed that fades or what was explained twice: there
one listens, or offers a try, whatever is estimated (3.16, 4.2, 0.7). The card of the estimate names
the step all the same. ``step-open`` is for whoever looks at a person of whom nothing else is due; it
never comes up on Today, where it would make a list of people by what is estimated of them.
"""

from __future__ import annotations

from earnest.engine.steps.cases import Open
from earnest.engine.steps.table.words import _

OPENS = {
    "understands": Open(
        _("Make clearer to {name} what is asked"),
        _(
            "What is asked seems to be the step still open. Say it in one sentence, and ask what they heard."
        ),
    ),
    "matters": Open(
        _("Ask {name} what they work for"),
        _(
            "Why it matters seems to be the step still open. Their own goals first; then see together what of it serves them."
        ),
    ),
    "doable": Open(
        _("Ask {name} how they would make it work"),
        _(
            "Whether it is realistic seems to be the step still open. More reasons will not help; their design might, or a smaller try."
        ),
    ),
    "owns": Open(
        _("Shape a part of it together with {name}"),
        _(
            "A hand of their own in it seems to be the step still open. Bring something undecided, and decide it together."
        ),
    ),
}
