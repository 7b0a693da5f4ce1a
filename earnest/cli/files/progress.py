"""How far a long command is: a line rewritten on a terminal, elsewhere one now and then."""

from __future__ import annotations

import sys
import time

ON_TERMINAL, ELSEWHERE = 0.2, 30.0  # seconds between two words


class Progress:
    """Says on standard error what is being done, and how much of it is."""

    def __init__(self) -> None:
        self._terminal = sys.stderr.isatty()
        self._pause = ON_TERMINAL if self._terminal else ELSEWHERE
        self._next = time.monotonic() + self._pause
        self._open = False

    def say(self, words: str) -> None:
        """Show it when it is time to; otherwise it is not worth a line."""
        if time.monotonic() < self._next:
            return
        self._next = time.monotonic() + self._pause
        if self._terminal:
            self._open = True
            print(f"\r\x1b[K{words}", end="", file=sys.stderr, flush=True)
        else:
            print(words, file=sys.stderr, flush=True)

    def tell(self, sentence: str) -> None:
        """A sentence that stays."""
        self.clear()
        print(sentence, file=sys.stderr, flush=True)

    def clear(self) -> None:
        if self._open:
            print("\r\x1b[K", end="", file=sys.stderr, flush=True)
            self._open = False
