"""What listening keeps: briefs, asks and their answers, talks, and what was found in them."""

from earnest.listening.models.asks import (
    Ask,
    Invitation,
    InvitationEvent,
    LargeAsk,
    ProposedTime,
    Round,
)
from earnest.listening.models.briefs import Brief, BriefAnswer
from earnest.listening.models.recaps import QuoteObjection, Recap
from earnest.listening.models.sheets import Sheet, TakenBack, Talk
from earnest.listening.models.stepping import StepBack
from earnest.listening.models.talks import (
    Conversation,
    Finding,
    FromNotes,
    Need,
    NeedNamed,
    Question,
    Quote,
    Referral,
    Seen,
)

__all__ = [
    "Ask",
    "Brief",
    "BriefAnswer",
    "Conversation",
    "Finding",
    "FromNotes",
    "Invitation",
    "InvitationEvent",
    "LargeAsk",
    "Need",
    "NeedNamed",
    "ProposedTime",
    "Question",
    "Quote",
    "QuoteObjection",
    "Recap",
    "Referral",
    "Round",
    "Seen",
    "Sheet",
    "StepBack",
    "TakenBack",
    "Talk",
]
