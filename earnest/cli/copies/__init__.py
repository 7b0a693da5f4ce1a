"""Backups: one file with the whole database of one moment, checked byte for byte.

The file is a zip: the database (SQLite: a copy of its file; PostgreSQL: a text file a table, as COPY
writes it), a manifest with the SHA-256 of every file and of every table, and a digest of the whole
at its very end. No other program is needed, and every part can be opened without Earnest.
"""
