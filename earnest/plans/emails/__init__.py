"""What this context mails: one message per function, one file for each sort of thing."""
