"""The earnest command: every verb a small function that calls the same actions as the pages.

Importing this loads no Django, so that help comes at once.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence

from earnest.cli.stop import Stop


def main(arguments: Sequence[str] | None = None) -> None:
    """Run one verb. Whatever goes wrong is one clear line and an exit code, never a traceback."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "earnest.config.settings")
    words = list(sys.argv[1:] if arguments is None else arguments)
    from earnest.cli import verbs

    try:
        sys.exit(verbs.run(words))
    except KeyboardInterrupt:
        sys.exit(130)
    except Stop as error:
        say_and_exit(str(error), 1)
    except SystemExit as error:  # a setting that makes no sense ends with its sentence
        if isinstance(error.code, str):
            say_and_exit(error.code, 2)
        raise
    except BrokenPipeError:
        sys.exit(1)
    except Exception as error:
        if os.environ.get("EARNEST_DEBUG"):
            raise
        say_and_exit(in_words(error), 1)


def in_words(error: Exception) -> str:
    """One line for a fault nobody foresaw."""
    said = " ".join(str(error).split())[:300]
    if type(error).__module__ == "django.db.utils":
        return f"the database does not answer as it should: {said}. `earnest doctor` says more."
    return f"{type(error).__name__}: {said} (EARNEST_DEBUG=true shows where)"


def say_and_exit(sentence: str, code: int) -> None:
    print(f"earnest: {sentence}", file=sys.stderr)
    sys.exit(code)
