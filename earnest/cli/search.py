"""The index of the search: whether it stands, and making it anew."""

from __future__ import annotations

import argparse

from earnest.cli import database


def search(options: argparse.Namespace) -> int:
    database.set_up()
    from earnest.pages.search import index

    if options.rebuild:
        index.rebuild()
        print("The index was made anew.")
        return 0
    made = index.stand()
    print(f"Made anew: {', '.join(made)}." if made else "The index stands as it should.")
    return 0
