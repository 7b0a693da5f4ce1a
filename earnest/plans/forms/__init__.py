"""What is posted to plans, parsed and checked."""
