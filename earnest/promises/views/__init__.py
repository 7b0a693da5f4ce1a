"""Pages of this context, one module each."""
