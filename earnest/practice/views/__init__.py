"""Lessons of an initiative: the list, one, and who was there. For its leads."""
