"""Reads over promises, and over deeds asked about again."""

from earnest.promises.queries.promised import (
    PAGE_SIZE,
    BothRecords,
    KeptRecord,
    Page,
    page_of,
    records_on,
    records_with,
    telling_of,
)

__all__ = [
    "PAGE_SIZE",
    "BothRecords",
    "KeptRecord",
    "Page",
    "page_of",
    "records_on",
    "records_with",
    "telling_of",
]
