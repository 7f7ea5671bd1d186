"""Renew the output shown in docs/register.md, docs/boundaries.md, docs/exports.md and the README's register.

`python -m evaluation.register_page [--check]`

A page's console blocks belong together: each `$ whoholds ...` is run after those before it, in a folder of its own that has
the examples and the page's note, and what it prints stands under it. `--check` writes nothing and exits with 1 when the page is
not current. Instants (in seconds at the end of a row of CSV as well) and the program's version are left as they stand.
"""

from __future__ import annotations

import argparse
import os
import re
import shlex
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from evaluation.readme import PROGRAM, ROOT

PAGES = [ROOT / "docs" / f"{name}.md" for name in ("register", "boundaries", "exports")] + [ROOT / "README.md"]
_CONSOLE = re.compile(r"```console\n(.*?)```", re.DOTALL)
_NOTE = re.compile(r"```text\n(# Call with.*?)```", re.DOTALL)
_PASSING = re.compile(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d|whoholds (?:\(not installed\)|\d[\w.]*)|(?<=,)\d{10}$", re.MULTILINE)


def renewed(page: str) -> str:
    """The page with every shown output as it is now; unchanged but for instants and versions where it is current."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        shutil.copytree(ROOT / "examples", folder / "examples")
        note = _NOTE.search(page)
        if note:
            (folder / "note.txt").write_text(note[1], encoding="utf-8")
        new = _CONSOLE.sub(lambda block: f"```console\n{_printed(block[1], folder)}```", page)
    return page if lasting(new) == lasting(page) else new


def lasting(page: str) -> str:
    """The page without what passes: instants and the program's version."""
    return _PASSING.sub("…", page)


def _printed(block: str, folder: Path) -> str:
    commands = [line for line in block.splitlines() if line.startswith("$ ")]
    return "".join(f"{command}\n{_output(command, folder)}" for command in commands)


def _output(command: str, folder: Path) -> str:
    """What a command prints, problems after results."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src"), "PYTHONIOENCODING": "utf-8"}
    arguments = [sys.executable, "-c", PROGRAM, *shlex.split(command)[2:]]
    done = subprocess.run(arguments, cwd=folder, env=environment, check=False, capture_output=True, encoding="utf-8")
    return "".join(f"{line.rstrip()}\n" for line in (done.stdout + done.stderr).splitlines())


def main() -> int:
    """Renew the pages, or with `--check` tell which are not current."""
    parser = argparse.ArgumentParser(prog="python -m evaluation.register_page", description=__doc__)
    parser.add_argument("--check", action="store_true")
    args = parser.parse_args()
    stale = False
    for path in PAGES:
        page = path.read_text(encoding="utf-8")
        new = renewed(page)
        if new != page:
            stale = True
            print(f"{path.relative_to(ROOT)}: {'not current' if args.check else 'renewed'}")
            if not args.check:
                path.write_text(new, encoding="utf-8")
    return 1 if args.check and stale else 0


if __name__ == "__main__":
    sys.exit(main())
