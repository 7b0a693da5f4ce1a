"""How well answers are grouped by meaning, on open data with known groups (docs/grouping.md)."""
