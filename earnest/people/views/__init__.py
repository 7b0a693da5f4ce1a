"""Pages of the directory, its teams, and its imports."""
