"""Reads of plans, inputs and replies."""
