"""Time zones, languages and team paths as people write them.

A file of its own, without a database: forms and the import read the same words the same way.
"""

from __future__ import annotations

from functools import cache
from zoneinfo import available_timezones

from django.conf.locale import LANG_INFO

TEAM_SEPARATOR = "/"


@cache
def time_zones() -> dict[str, str]:
    """Every zone by its name in lower case, and by its city where one zone alone has it."""
    zones = sorted(available_timezones())
    named = {zone.lower(): zone for zone in zones}
    for zone in zones:
        city = zone.rpartition("/")[2].lower()
        if zone.count("/") == 1 and not zone.startswith(("Etc/", "posix", "right")):
            named.setdefault(city, zone)
    return named


@cache
def _languages() -> dict[str, str]:
    """Every language by its code, its English name and its own name, in lower case."""
    known = {code: info for code, info in LANG_INFO.items() if "name" in info}
    called = {info["name"].lower(): code for code, info in known.items()}
    called |= {info["name_local"].lower(): code for code, info in known.items()}
    return called | {code: code for code in known}


def find_time_zone(text: str) -> str:
    """The zone meant by "Europe/Amsterdam", "europe/amsterdam" or "Amsterdam"; "" for none."""
    return time_zones().get("_".join(text.split()).lower(), "")


def find_language(text: str) -> str:
    """The code of the language meant by "de", "de_AT", "German" or "Deutsch"; "" for none."""
    said = " ".join(text.split()).lower()
    code = said.replace("_", "-").partition(".")[0]
    return (
        _languages().get(said)
        or _languages().get(code)
        or _languages().get(code[:2], "") * (code[2:3] == "-")
    )


def team_path(text: str) -> tuple[str, ...]:
    """ "Region / North / Desk" from the widest team to the narrowest."""
    parts = (" ".join(part.split()) for part in text.replace("\x00", "").split(TEAM_SEPARATOR))
    return tuple(part for part in parts if part)
