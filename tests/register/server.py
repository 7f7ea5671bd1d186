"""A private PostgreSQL for the tests, from the programs that Debian's packages install.

It listens on a Unix socket in a directory of its own, trusts who comes, and never waits for the disk. PostgreSQL refuses to
run as root, so where the tests do it runs as `postgres` or `nobody`.
"""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any
from urllib.parse import quote

GUARDED = "guarded"  # the role that needs a password, and its password
PASSWORD = "correct horse battery staple"
_SETTINGS = {
    "listen_addresses": "''",
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "autovacuum": "off",
    "shared_buffers": "32MB",
    "max_connections": "40",
    "log_min_messages": "fatal",
    "client_min_messages": "warning",
}


class UnavailableError(Exception):
    """There is no PostgreSQL here, and why."""


def programs() -> Path:
    """The directory of `initdb` and `postgres`, of the newest version found. Raises UnavailableError."""
    installed = [path for path in Path("/usr/lib/postgresql").glob("*/bin") if (path / "initdb").exists()]
    if installed:
        return max(installed, key=lambda path: [int(part) for part in path.parent.name.split(".") if part.isdigit()])
    if (found := shutil.which("initdb")) and shutil.which("postgres"):
        return Path(found).resolve().parent
    raise UnavailableError("PostgreSQL's programs are not installed (Debian: apt install postgresql)")


def _unprivileged() -> dict[str, Any]:
    """How `subprocess` runs a program as somebody who is not root."""
    if os.geteuid() != 0:
        return {}
    for name in ("postgres", "nobody"):
        with suppress(KeyError):
            user = pwd.getpwnam(name)
            return {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}
    raise UnavailableError("PostgreSQL does not run as root, and there is neither a user postgres nor nobody")


def _run(command: list[str | Path], user: dict[str, Any], cwd: Path) -> None:
    done = subprocess.run(command, cwd=cwd, stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=60, **user)
    if done.returncode:
        raise UnavailableError(f"{Path(command[0]).name} failed: {done.stderr.strip() or done.stdout.strip()}")


@contextmanager
def private_server() -> Iterator[str]:
    """The address of a new server's `postgres` database, its superuser `tester`; stopped at the end and its files removed."""
    bin, user = programs(), _unprivileged()
    short = next((folder for folder in ("/dev/shm", "/tmp") if os.access(folder, os.W_OK)), None)  # it names a socket
    root = Path(tempfile.mkdtemp(prefix="whoholds-pg-", dir=short))
    try:
        if user:
            os.chown(root, user["user"], user["group"])
        root.chmod(0o755)
        data = root / "data"
        _run(
            [bin / "initdb", "-D", data, "-U", "tester", "--auth=trust", "--encoding=UTF8", "--no-locale", "--no-sync"],
            user,
            root,
        )
        _guard(data)
        settings = " ".join(
            f"-c {name}={value}" for name, value in (_SETTINGS | {"unix_socket_directories": str(root)}).items()
        )
        _run([bin / "pg_ctl", "-D", data, "-l", root / "log", "-w", "-t", "30", "-o", settings, "start"], user, root)
        try:
            yield f"postgresql://tester@/postgres?host={quote(str(root), safe='')}"
        finally:
            _run([bin / "pg_ctl", "-D", data, "-w", "-m", "immediate", "stop"], user, root)
    finally:
        shutil.rmtree(root, ignore_errors=True)


def _guard(data: Path) -> None:
    access = data / "pg_hba.conf"
    access.write_text(f"local all {GUARDED} scram-sha-256\n" + access.read_text())
