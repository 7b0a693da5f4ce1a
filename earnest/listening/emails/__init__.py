"""What listening mails: one message per function."""

from earnest.listening.emails.asks import invitation, no_longer_needed
from earnest.listening.emails.reading import as_they_read

__all__ = ["as_they_read", "invitation", "no_longer_needed"]
