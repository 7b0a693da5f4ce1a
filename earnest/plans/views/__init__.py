"""Pages of plans, inputs and replies."""
