"""Pages of check-ins: the rounds of an initiative, and the answer nobody can tell whose it is."""
