"""Pages of listening, by what they are about."""
