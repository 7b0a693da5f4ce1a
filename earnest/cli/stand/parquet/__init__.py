"""Parquet, flat tables of plain columns: read whatever encoding, written plain and compressed.

Why not a library: the smallest that reads all of it weighs 34 MB, pyarrow 120 MB. Here NumPy decodes,
and cramjam (4 MB, Rust) decompresses. The format: https://parquet.apache.org/docs/file-format/
"""
