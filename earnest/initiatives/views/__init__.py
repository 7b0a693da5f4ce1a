"""What is shown and taken in, one file for each part of an initiative."""
