"""Pages of the rhythm."""
