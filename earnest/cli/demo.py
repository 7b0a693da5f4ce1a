"""The demo: an example initiative half-way through its life, in a folder of its own."""

from __future__ import annotations

import argparse
import os
import shutil
from pathlib import Path

from django.utils import timezone

from earnest.cli import database, server
from earnest.cli.stop import Stop

BUILT = "example-built"  # written last: an example interrupted half-way is made anew


def demo(options: argparse.Namespace) -> int:
    folder = (options.data_dir or Path.home() / ".local/share/earnest-demo").expanduser().resolve()
    server.refuse_port_in_use(options.host, options.port)
    make_room(folder, fresh=options.fresh)
    os.environ["EARNEST_DATA_DIR"] = str(folder)
    os.environ["EARNEST_BASE_URL"] = f"http://localhost:{options.port}"
    for elsewhere in ("DATABASE_URL", "EARNEST_EMAIL_URL", "EARNEST_ALLOWED_HOSTS"):
        os.environ.pop(elsewhere, None)  # the demo touches nothing but its folder
    server.prepare(options)
    database.bring_up_to_date()
    if not (folder / BUILT).exists():
        print("Building the example (once) ...", flush=True)
        build()
        (folder / BUILT).write_text(version())
    return server.run(options, lambda: say(folder))


def make_room(folder: Path, *, fresh: bool) -> None:
    """Keep the example as it is; begin anew when asked, or when another version made it."""
    mark = folder / BUILT
    ours = mark.exists() or (folder / "earnest.sqlite3").exists()
    if not ours:
        if folder.exists() and any(folder.iterdir()):
            raise Stop(f"{folder} is not empty and holds no example; choose another --data-dir.")
        return
    if fresh or not mark.exists() or mark.read_text() != version():
        shutil.rmtree(folder)


def version() -> str:
    """Changes whenever a migration does, so that an example never meets a newer program."""
    package = Path(__file__).resolve().parent.parent
    return "\n".join(sorted(path.stem for path in package.glob("*/migrations/0*.py")))


def build() -> None:
    """The leader of the example, their workspace, and the initiative in it."""
    from django.conf import settings

    from earnest.accounts import access
    from earnest.accounts import actions as accounts
    from earnest.pages import actions as pages

    leader = accounts.NewUser(
        name="Amara Diallo",
        password="",
        email="amara.diallo@example.org",
        time_zone=settings.TIME_ZONE,
    )
    at = timezone.now()
    user = accounts.set_up(leader, workspace="Harbour Clinic", at=at)
    workspace = access.workspaces_of(user).get()
    example = pages.build_example(workspace, by=user, at=at)
    pages.estimate_example(example, by=user, at=at)


def say(folder: Path) -> None:
    from django.conf import settings

    from earnest.accounts.models import User
    from earnest.cli.people import link_for

    leader = User.objects.order_by("pk").first()
    print("Earnest, with an example initiative half-way through its life.")
    print(f"  Address  {settings.BASE_URL}/")
    if leader is not None:
        print(f"  Sign in  {link_for(leader)}")
    print(f"  It lives in {folder}; --fresh begins anew. Ctrl-C stops it.", flush=True)
