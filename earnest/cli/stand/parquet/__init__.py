"""Parquet, by arro3 (Arrow in Rust, 34 MB): any encoding, compression and writer, flat columns.

What decodes bytes of strangers runs in a process of its own (``decode.py``): where a file is broken,
arrow-rs panics inside a callback from C, which ends the whole process and cannot be caught.
"""
