"""Is the belief right? Populations that are not its model, peers that learn from the same rows."""
