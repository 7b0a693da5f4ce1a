"""What is on paper: the overview as a PDF and a picture, the sponsor's page and
evidence cards, set by typst.

A package of its own, for it is neither page nor mail. Nobody's name is on any of it but on a
card, of who said yes to that: marks and groups alone.
"""

from earnest.pages.printed.card import card_pdf
from earnest.pages.printed.overview import as_pdf, as_picture, in_words
from earnest.pages.printed.sponsor import sponsor_pdf

__all__ = ["as_pdf", "as_picture", "card_pdf", "in_words", "sponsor_pdf"]
