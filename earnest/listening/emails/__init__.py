"""What listening mails: one message per function."""

from earnest.listening.emails.answers import agreed, called_off, for_lead, other_times
from earnest.listening.emails.asks import invitation, no_longer_needed
from earnest.listening.emails.reading import as_read
from earnest.listening.emails.stepping import what_it_changed

__all__ = [
    "agreed",
    "as_read",
    "called_off",
    "for_lead",
    "invitation",
    "no_longer_needed",
    "other_times",
    "what_it_changed",
]
