"""What plans mail: one message per function."""

from earnest.plans.emails.news import more_time, version_news

__all__ = ["more_time", "version_news"]
