"""What never stands in a log: the secrets of links. A 404 is logged with its path, so it is cut."""

from __future__ import annotations

import logging
import re
from typing import override

_SECRET = re.compile(r"/p/[^/\s\"'?]+")


class WithoutSecrets(logging.Filter):
    """Cuts the secret out of every address of a person's link, in the message and its arguments."""

    @override
    def filter(self, record: logging.LogRecord) -> bool:
        record.msg, record.args = without_secrets(record.getMessage()), None
        return True


def without_secrets(text: str) -> str:
    return _SECRET.sub("/p/…", text)
