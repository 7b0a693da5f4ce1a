"""What `make test`, `make check` and `make prove` call: each step a line, then what it says."""

from __future__ import annotations

import argparse
import os
import secrets
import subprocess
import sys
import time
from pathlib import Path

BIN = Path(sys.executable).parent
PYTEST = ("pytest", "-n", "{workers}", "--dist", "worksteal")
STEPS: dict[str, tuple[str, tuple[str, ...]]] = {
    "sqlite": ("The suite on SQLite", PYTEST),
    "postgresql": ("The suite on PostgreSQL", ("tests.postgres", *PYTEST)),
    "browser": ("In Chromium", ("pytest", "-m", "browser and not slow", "-n", "{workers}", "-rs")),
    "prove": (
        "The slow proofs",
        (*PYTEST, "-m", "slow", "--timeout", "900", "--durations", "12", "-rs"),
    ),
}
CHECKS: dict[str, tuple[str, ...]] = {
    "lint": ("ruff", "check", "."),
    "format": ("ruff", "format", "--check", "."),
    "types": ("mypy", "."),
    "layers": (str(BIN / "lint-imports"),),
    "templates": ("djlint", "earnest", "--lint", "--quiet"),
    "migrations": ("earnest", "makemigrations", "--check", "--dry-run"),
    "settings": ("earnest", "check", "--deploy", "--fail-level", "WARNING"),
}

IN_TESTS = {"DJANGO_SETTINGS_MODULE": "earnest.config.settings_test"}
IN_EARNEST = {
    "DJANGO_SETTINGS_MODULE": "earnest.config.settings",
    "EARNEST_BASE_URL": "https://earnest.example.org",
    "EARNEST_EMAIL_URL": "smtps://user:password@mail.example.org",
    "EARNEST_SECRET_KEY": secrets.token_hex(32),
    "EARNEST_DATA_DIR": str(Path(".cache/check").resolve()),
}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("steps", nargs="+", choices=[*STEPS, "check"])
    parser.add_argument("--workers", default="2", help="processes beside each other")
    options = parser.parse_args()
    os.environ.pop("DATABASE_URL", None)
    for step in options.steps:
        if code := check() if step == "check" else suite(step, options.workers):
            return code
    return 0


def suite(step: str, workers: str) -> int:
    title, words = STEPS[step]
    print(f"== {title}", flush=True)
    command = [word.format(workers=workers) for word in words]
    return subprocess.run([sys.executable, "-m", *command], check=False).returncode


def check() -> int:
    """Every check, also after one failed; what it says is shown only when it fails."""
    verdicts = [passes(name, words) for name, words in CHECKS.items()]
    return int(not all(verdicts))


def passes(name: str, words: tuple[str, ...]) -> bool:
    started = time.monotonic()
    done = subprocess.run(
        words if words[0].startswith(str(BIN)) else (sys.executable, "-m", *words),
        env={**os.environ, **(IN_EARNEST if name == "settings" else IN_TESTS)},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        check=False,
    )
    verdict = "ok" if done.returncode == 0 else "FAILED"
    print(f"{name:<11} {verdict} ({time.monotonic() - started:.0f} s)", flush=True)
    if done.returncode:
        print(done.stdout.decode(errors="replace"), flush=True)
    return done.returncode == 0


if __name__ == "__main__":
    sys.exit(main())
