"""Reads over promises, and over deeds asked about again."""

from earnest.promises.queries.again import (
    can_be_answered,
    can_be_noted,
    deeds_in_words,
)
from earnest.promises.queries.promised import (
    PAGE_SIZE,
    BothRecords,
    KeptRecord,
    Page,
    maker_leads,
    page_of,
    records_on,
    records_with,
    telling_of,
    with_maker_leads,
)

__all__ = [
    "PAGE_SIZE",
    "BothRecords",
    "KeptRecord",
    "Page",
    "can_be_answered",
    "can_be_noted",
    "deeds_in_words",
    "maker_leads",
    "page_of",
    "records_on",
    "records_with",
    "telling_of",
    "with_maker_leads",
]
