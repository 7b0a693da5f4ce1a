"""Said and done → where a person stands. The ladder is fact: a rule over the record, no model."""

from earnest.engine.belief.ladder import Entry, Place, Step, climb

__all__ = ["Entry", "Place", "Step", "climb"]
