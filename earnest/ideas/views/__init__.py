"""Leads' pages about what people would do: one file a theme."""

__all__ = []
