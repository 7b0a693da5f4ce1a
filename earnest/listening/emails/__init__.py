"""What listening mails: one message per function."""

from earnest.listening.emails.answers import agreed, called_off, for_lead, other_times

__all__ = ["agreed", "called_off", "for_lead", "other_times"]
