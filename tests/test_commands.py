"""The earnest command from outside: quick help, clear errors, a clean start and a clean stop."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.commands import clean, earnest, free_port, gone, started, status

ON_LINUX = pytest.mark.skipif(not Path("/proc/self/environ").exists(), reason="reads /proc")


@pytest.fixture
def env(tmp_path: Path) -> dict[str, str]:
    return clean(tmp_path / "data")


@pytest.fixture(scope="session")
def migrated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data directory as the first start leaves it, to copy."""
    folder = tmp_path_factory.mktemp("migrated") / "data"
    assert earnest("migrate", env=clean(folder)).returncode == 0
    return folder


def test_help_comes_at_once_without_django(env: dict[str, str]) -> None:
    code = (
        "import sys; from earnest.cli.verbs import parser; parser().format_help();"
        "sys.exit(bool({'django', 'granian', 'environs'} & set(sys.modules)))"
    )
    assert subprocess.run([sys.executable, "-c", code], env=env, check=False).returncode == 0


def test_an_unknown_verb_is_answered_with_the_known_ones(env: dict[str, str]) -> None:
    done = earnest("reticulate", env=env)
    assert done.returncode == 2
    assert "serve" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("port", ["0", "65536", "eighty", "-1"])
def test_a_port_that_is_none_is_refused(port: str, env: dict[str, str]) -> None:
    done = earnest("serve", f"--port={port}", env=env)
    assert done.returncode == 2
    assert "argument --port" in done.stderr


@pytest.mark.parametrize("verb", ["serve", "demo"])
def test_a_port_in_use_is_one_line_that_names_another(verb: str, env: dict[str, str]) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        done = earnest(verb, "--port", str(port), env={**env, "HOME": env["EARNEST_DATA_DIR"]})
    assert done.returncode == 1
    assert done.stderr.count("\n") == 1
    assert f"PORT={port + 1}" in done.stderr


def test_a_database_out_of_reach_is_one_line(env: dict[str, str]) -> None:
    done = earnest("migrate", env={**env, "DATABASE_URL": "postgresql://no@127.0.0.1:1/none"})
    assert done.returncode == 1
    assert done.stderr.startswith("earnest: the database does not answer")
    assert done.stderr.count("\n") == 1


def test_a_database_of_another_version_is_refused(env: dict[str, str], migrated: Path) -> None:
    shutil.copytree(migrated, env["EARNEST_DATA_DIR"])
    code = (
        "import django; django.setup(); from django.db import connection;"
        "from django.db.migrations.recorder import MigrationRecorder;"
        "MigrationRecorder(connection).record_applied('people', '0099_from_tomorrow')"
    )
    later = {**env, "DJANGO_SETTINGS_MODULE": "earnest.config.settings"}
    subprocess.run([sys.executable, "-c", code], env=later, check=True)
    done = earnest("migrate", env=env)
    assert done.returncode == 1
    assert "another version" in done.stderr


def test_a_sign_in_link_for_nobody_says_so(env: dict[str, str], migrated: Path) -> None:
    shutil.copytree(migrated, env["EARNEST_DATA_DIR"])
    done = earnest("sign-in-link", "nobody@example.org", env=env)
    assert done.returncode == 1
    assert done.stderr == "earnest: nobody signs in with nobody@example.org.\n"


def test_the_demo_leaves_a_folder_of_others_alone(tmp_path: Path, env: dict[str, str]) -> None:
    (tmp_path / "thesis.txt").write_text("years of work")
    done = earnest(
        "demo", "--fresh", "--data-dir", str(tmp_path), "--port", str(free_port()), env=env
    )
    assert done.returncode == 1
    assert (tmp_path / "thesis.txt").exists()


@ON_LINUX
@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP])
def test_serve_answers_and_leaves_nothing_running(
    how: signal.Signals, tmp_path: Path, migrated: Path
) -> None:
    shutil.copytree(migrated, tmp_path / "data")
    mark = f"EARNEST_TEST_MARK={tmp_path}"
    env = clean(tmp_path / "data", EARNEST_TEST_MARK=str(tmp_path))
    port = free_port()
    with started([sys.executable, "-m", "earnest", "serve", f"--port={port}"], env, port) as one:
        if how is signal.SIGTERM:
            wait_for_worker(env)
        os.kill(one.pid, how)
        said = one.communicate(timeout=60)[0]
    assert one.returncode == 0, said
    assert f"Earnest is at http://localhost:{port}/" in said
    assert gone(mark)
    assert status(f"http://127.0.0.1:{port}/account/login/") == 0


@ON_LINUX
@pytest.mark.slow
def test_a_killed_server_takes_its_processes_along(tmp_path: Path) -> None:
    env = clean(tmp_path / "data", EARNEST_TEST_MARK=str(tmp_path))
    port = free_port()
    with started([sys.executable, "-m", "earnest", "serve", f"--port={port}"], env, port) as one:
        wait_for_worker(env)
        one.kill()
        one.wait()
        assert gone(f"EARNEST_TEST_MARK={tmp_path}")


@ON_LINUX
def test_a_worker_whose_server_died_while_it_started_ends(migrated: Path) -> None:
    """Its parent is gone before it can look: the shell that starts it ends at once."""
    mark = {"EARNEST_TEST_MARK": str(migrated), "EARNEST_SERVED_BY": str(2**22 - 1)}
    env = clean(migrated, **mark)
    quietly = 'sleep 0.2; exec "$0" -m earnest worker'
    subprocess.run(
        ["/bin/sh", "-c", f"({quietly}) </dev/null >/dev/null 2>&1 &", sys.executable],
        env=env,
        check=True,
    )
    time.sleep(1)
    assert gone(f"EARNEST_TEST_MARK={migrated}", seconds=60)


def wait_for_worker(env: dict[str, str]) -> None:
    over = time.monotonic() + 90
    while time.monotonic() < over:
        if "worker    at work" in earnest("doctor", env=env).stdout:
            return
        time.sleep(0.3)
    raise AssertionError("the worker never began")
