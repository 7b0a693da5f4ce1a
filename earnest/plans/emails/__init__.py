"""What plans mail: one message per function."""

from earnest.plans.emails.news import as_read, more_time, version_news

__all__ = ["as_read", "more_time", "version_news"]
