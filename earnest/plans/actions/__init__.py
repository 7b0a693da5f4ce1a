"""What is written of plans: one file for each sort of thing."""
