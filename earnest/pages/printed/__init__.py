"""The overview on one sheet: a PDF, and a picture with words to go with it, both set by typst.

A package of its own, for it is neither page nor mail. Nobody's name is on either: marks alone.
Whatever somebody typed goes to typst as data and never as its source (``overview.typ``).
"""

from earnest.pages.printed.overview import as_pdf, as_picture, in_words

__all__ = ["as_pdf", "as_picture", "in_words"]
