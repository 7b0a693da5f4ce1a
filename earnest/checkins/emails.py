"""What check-ins mail: the four taps, and one reminder. Nobody's name is in either."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils import translation

from earnest.checkins.models import Round
from earnest.core.emails import rendered
from earnest.messaging.emails import PAGE
from earnest.messaging.models import ANSWER


@dataclass(frozen=True, slots=True)
class Mail:
    """One mail in one language; ``sealed`` where it holds a link that answers without a name."""

    subject: str
    text: str
    html: str
    sealed: bool = False


def check_in(round_: Round, language: str) -> Mail:
    """The link leads to the taps: their own page, or a place nobody knows is theirs."""
    page = ANSWER if round_.is_anonymous else f"{PAGE}check-in/{round_.pk}/"
    return _mail("check_in", round_, language, page, sealed=round_.is_anonymous)


def reminder(round_: Round, language: str) -> Mail:
    """Without a name it goes to all, and holds no link: theirs is in the first mail."""
    page = "" if round_.is_anonymous else f"{PAGE}check-in/{round_.pk}/"
    return _mail("reminder", round_, language, page)


def _mail(name: str, round_: Round, language: str, page: str, *, sealed: bool = False) -> Mail:
    values = {
        "round": round_,
        "initiative": round_.initiative,
        "page": page,
        "by": round_.by,
    }
    with translation.override(language):
        said = rendered(f"checkins/emails/{name}", values)
    return Mail(*said, sealed)
