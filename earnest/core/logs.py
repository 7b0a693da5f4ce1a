"""What never stands in a log: the secrets of links, and what somebody searched for.

A 404 or 403 is logged with its path, a server for developers logs whole lines: so both are cut.
"""

from __future__ import annotations

import logging
import re
from typing import override

# Every address whose next part opens something; docs/operators.md tells proxies the same list.
# Plain or percent-encoded, once or more: a path also travels as ?next=…, or inside another link.
SECRET_BELOW = (
    "p",
    "c",
    "join",
    "together",
    "room",
    "setup",
    "account/link",
    "account/email",
    "account/password/reset/key",
)
_SLASH = r"(?:/|%(?:25)*2[Ff])"
_PLACES = "|".join(place.replace("/", _SLASH) for place in SECRET_BELOW)
_SECRET = re.compile(rf"({_SLASH}(?:{_PLACES}){_SLASH})(?:(?!{_SLASH})[^/\s\"'?&])+")

_SEARCHED = re.compile(r"((?:[?&]|%(?:25)*(?:3[Ff]|26))q(?:=|%(?:25)*3[Dd]))[^&\s\"']+")


class WithoutSecrets(logging.Filter):
    """Cuts the secret out of every address that opens something, in the message and its arguments."""

    @override
    def filter(self, record: logging.LogRecord) -> bool:
        record.msg, record.args = without_secrets(record.getMessage()), None
        return True


def without_secrets(text: str) -> str:
    return _SEARCHED.sub(r"\1…", _SECRET.sub(r"\1…", text))
