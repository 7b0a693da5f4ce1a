"""Pages of pilots: who goes first, what runs, what is read of it."""
