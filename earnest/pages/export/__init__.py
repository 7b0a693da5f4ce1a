"""A whole initiative as open files: CSV (RFC 4180), Markdown and calendars (RFC 5545).

A package of its own: it reads from all contexts and writes to none. Without people it holds group
figures and our own words, and of theirs what they passed on themselves; with people what its leads
see of whoever neither stopped nor was erased (privacy.md 4, 6, 7). Notes of talks, mails and answers
without a name never leave by it.
"""

from __future__ import annotations

from earnest.pages.export.files import What, listed, to_folder, to_zip, zip_name

__all__ = ["What", "listed", "to_folder", "to_zip", "zip_name"]
