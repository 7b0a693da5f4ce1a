"""What people install: the wheel alone, in an empty environment, shows its first page."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from tests.commands import clean, free_port, started, status

pytestmark = pytest.mark.slow
HERE = Path(__file__).resolve().parent.parent
CARRIED = {".html", ".css", ".js", ".svg", ".toml", ".txt", ".subject", ".po", ".mo"}
MEGABYTE = 1024 * 1024


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    subprocess.run(build, cwd=HERE, check=True, capture_output=True)
    return next(folder.glob("*.whl"))


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An environment that holds what requirements/base.txt names, and the wheel."""
    folder = tmp_path_factory.mktemp("installed") / "env"
    uv = next((str(path) for path in places_of_uv() if path and Path(path).exists()), None)
    if uv is None:
        pytest.skip("no uv here: make setup brings one")
    make = [uv, "venv", "--quiet", "--no-project", "--python", sys.executable, str(folder)]
    subprocess.run(make, check=True)
    install = [uv, "pip", "install", "--quiet", "--python", str(folder / "bin" / "python")]
    pins = ["--require-hashes", "-r", str(HERE / "requirements" / "base.txt")]
    subprocess.run([*install, *pins], check=True)
    subprocess.run([*install, "--no-deps", str(wheel)], check=True)
    return folder


def places_of_uv() -> list[str | Path | None]:
    private = HERE / ".uv"
    beside = Path(sys.executable).parent / "uv"
    return [shutil.which("uv"), beside, private / "bin" / "uv", private / "venv" / "bin" / "uv"]


def test_the_wheel_carries_all_the_pages_need_and_no_tests(wheel: Path) -> None:
    inside = set(zipfile.ZipFile(wheel).namelist())
    listed = subprocess.run(
        ["git", "ls-files", "earnest"], cwd=HERE, capture_output=True, text=True, check=True
    )
    needed = {name for name in listed.stdout.split() if Path(name).suffix in CARRIED}
    assert {name for name in needed if "/tests/" not in name} <= inside
    assert not [name for name in inside if "/tests/" in name]


def test_the_plain_install_stays_under_300_megabytes(installed: Path) -> None:
    size = sum(path.stat().st_size for path in installed.rglob("*") if path.is_file())
    assert size < 300 * MEGABYTE


@pytest.mark.parametrize("verb", ["serve", "demo"])
def test_the_installed_command_shows_its_first_page(
    verb: str, installed: Path, tmp_path: Path
) -> None:
    if verb == "demo":
        actions = pytest.importorskip("earnest.pages.actions")
        if not hasattr(actions, "build_example"):
            pytest.skip("the example is not built yet")
    port = free_port()
    env = clean(tmp_path / "data", HOME=str(tmp_path))
    env["PATH"] = f"{installed / 'bin'}:{env['PATH']}"
    command = [str(installed / "bin" / "earnest"), verb, f"--port={port}"]
    with started(command, env, port) as one:
        assert status(f"http://127.0.0.1:{port}/static/earnest/earnest.css") == 200
        os.kill(one.pid, signal.SIGTERM)
        said = one.communicate(timeout=20)[0]
    assert one.returncode == 0, said
    assert f"http://localhost:{port}/" in said
