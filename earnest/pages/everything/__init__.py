"""Everything held about a person, to read and to take along.

A package of its own: it reads every context, and what it leaves out nobody would miss until
somebody asked for it.
"""

from earnest.pages.everything.held import everything_about
from earnest.pages.everything.reading import Node, as_zip, readable

__all__ = ["Node", "as_zip", "everything_about", "readable"]
