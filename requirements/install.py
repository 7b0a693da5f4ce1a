"""Set up .venv: run by make with whatever python3 there is (3.8 or newer), standard library only.

``install.py base`` brings what the server needs, ``install.py dev`` the tools besides. Nothing is
done when nothing changed. A Python 3.12 or newer is looked for on PATH and in pyenv's versions
folder; where there is none, uv fetches one. Where uv is not installed it goes into .uv/ here.
"""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import subprocess
import sys
import time
from pathlib import Path

HOME = Path(__file__).resolve().parent.parent
VENV = HOME / ".venv"
PRIVATE_UV = HOME / ".uv"
NAMES = ("python3.13", "python3.12", "python3.14", "python3", "python")
ASK_VERSION = "import sys; print(*sys.version_info[:2])"
OLDEST = (3, 12)
WATCHED = ("pyproject.toml", "requirements/{kind}.txt", "requirements/install.py")


class SetupFailed(Exception):
    """Something the set-up needs is missing; the message says what to install."""


def main() -> int:
    kind = sys.argv[1] if len(sys.argv) > 1 else "base"
    fingerprint = state(kind)
    if is_done(kind, fingerprint):
        return 0
    started = time.monotonic()
    try:
        set_up(kind)
    except SetupFailed as error:
        print(f"Set-up stopped: {error}", file=sys.stderr)
        return 1
    for done in ("base", "dev") if kind == "dev" else ("base",):
        (VENV / f".earnest-{done}").write_text(state(done))
    print(f"Set up in .venv in {time.monotonic() - started:.0f} s.", flush=True)
    return 0


def state(kind: str) -> str:
    """A fingerprint of all that decides what is installed, the place included."""
    digest = hashlib.sha256(str(HOME).encode())
    for name in WATCHED:
        digest.update((HOME / name.format(kind=kind)).read_bytes())
    return digest.hexdigest()


def is_done(kind: str, fingerprint: str) -> bool:
    stamp = VENV / f".earnest-{kind}"
    same = stamp.is_file() and stamp.read_text() == fingerprint
    return (
        same and (VENV / "bin" / "earnest").is_file() and version_of(VENV / "bin/python") >= OLDEST
    )


def set_up(kind: str) -> None:
    print("Setting up in .venv (once; again only when requirements change) ...", flush=True)
    python, uv = find_python(), find_uv()
    if uv and with_uv(uv, python, kind):
        return
    if python is None:
        raise SetupFailed(
            "no Python 3.12 or newer is here, and uv could not fetch one. Install Python 3.12 "
            "or newer (by your package manager or pyenv), then call make again."
        )
    with_pip(python, kind)


def find_python() -> str | None:
    """A Python new enough: from $PYTHON, PATH, or pyenv's versions folder."""
    given = os.environ.get("PYTHON")
    if given and version_of(given) < OLDEST:
        raise SetupFailed(f"PYTHON={given} is no Python 3.12 or newer.")
    pyenv = Path(os.environ.get("PYENV_ROOT") or Path.home() / ".pyenv") / "versions"
    kept = sorted(pyenv.glob("3.*/bin/python3"), key=in_order, reverse=True)
    found = [given] + [shutil.which(name) for name in NAMES] + [str(path) for path in kept]
    return next((path for path in found if path and version_of(path) >= OLDEST), None)


def in_order(path: Path) -> list[int]:
    return [int(part) for part in re.findall(r"\d+", path.parts[-3])]


def version_of(python: str | Path) -> tuple[int, ...]:
    """What the interpreter itself says: pyenv's shims exist for versions that are not chosen."""
    try:
        said = subprocess.run(
            [str(python), "-c", ASK_VERSION],
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=20,
            check=True,
        )
    except (OSError, subprocess.SubprocessError):
        return ()
    return tuple(int(part) for part in said.stdout.split())


def find_uv() -> str | None:
    """An installed uv, else one of our own: from pip, without or with a folder of its own."""
    ours = [PRIVATE_UV / "bin" / "uv", PRIVATE_UV / "venv" / "bin" / "uv"]
    for found in [shutil.which("uv"), *ours]:
        if found and quiet([str(found), "--version"]):
            return str(found)
    pinned = ["--quiet", "--require-hashes", "-r", str(HOME / "requirements" / "uv.txt")]
    pip = [sys.executable, "-m", "pip", "install", "--disable-pip-version-check"]
    if quiet([*pip, "--upgrade", "--target", str(PRIVATE_UV), *pinned]):
        return str(ours[0])
    venv = PRIVATE_UV / "venv"
    if quiet([sys.executable, "-m", "venv", "--clear", str(venv)]) and quiet(
        [str(venv / "bin" / "python"), "-m", "pip", "install", *pinned]
    ):
        return str(ours[1])
    return None


def with_uv(uv: str, python: str | None, kind: str) -> bool:
    """Make the environment with uv; False when it cannot, so that pip may try."""
    if version_of(VENV / "bin" / "python") < OLDEST:
        chosen = python or ">=3.12"
        make = [uv, "venv", "--quiet", "--no-project", "--clear", "--python", chosen, str(VENV)]
        if not quiet(make):
            return False
    target = [uv, "pip", "install", "--quiet", "--python", str(VENV / "bin" / "python")]
    pins = HOME / "requirements"
    hatchling = ["--build-constraints", str(pins / "dev.txt")]
    return quiet([*target, "--require-hashes", "-r", str(pins / (kind + ".txt"))]) and quiet(
        [*target, "--no-deps", *hatchling, "--editable", str(HOME)]
    )


def with_pip(python: str, kind: str) -> None:
    """The slow way, where uv cannot be had or does not reach the registry pip is set up for."""
    if version_of(VENV / "bin" / "python") < OLDEST or not quiet(
        [str(VENV / "bin" / "python"), "-m", "pip", "--version"]
    ):
        run(
            [python, "-m", "venv", "--clear", str(VENV)],
            "install Python's venv module (python3-venv).",
        )
    pip = [str(VENV / "bin" / "python"), "-m", "pip", "install", "--quiet"]
    pins = str(HOME / "requirements" / (kind + ".txt"))
    asked = "pip's last words are above. Is a package registry within reach?"
    run([*pip, "--disable-pip-version-check", "--require-hashes", "-r", pins], asked)
    run([*pip, "--disable-pip-version-check", "--no-deps", "--editable", str(HOME)], asked)


def quiet(command: list[str]) -> bool:
    """Run it; what it said is shown only when asked by EARNEST_SETUP_VERBOSE."""
    try:
        done = subprocess.run(
            command,
            cwd=str(HOME),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            check=False,
        )
    except OSError:
        return False
    if done.returncode and os.environ.get("EARNEST_SETUP_VERBOSE"):
        print(" ".join(command), done.stdout.decode(errors="replace"), sep="\n", flush=True)
    return done.returncode == 0


def run(command: list[str], advice: str) -> None:
    """Run it, and when it fails show its last words."""
    done = subprocess.run(
        command,
        cwd=str(HOME),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        check=False,
    )
    if done.returncode:
        print("\n".join(done.stdout.decode(errors="replace").splitlines()[-15:]), file=sys.stderr)
        raise SetupFailed("{} failed; {}".format(" ".join(command[:4]), advice))


if __name__ == "__main__":
    sys.exit(main())
