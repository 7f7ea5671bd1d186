"""Renew the output shown in README.md and docs/: `python -m evaluation.readme [--check]`.

A shown output stands between two comments, `<!-- run: whoholds read FILE -->` and `<!-- end run -->`, in a fenced block. The
command is run from the root of the repository; a number after the command, `; first 12 lines`, cuts its output there, with an
ellipsis. `--check` writes nothing and exits with 1 when a page is not current.
"""

from __future__ import annotations

import argparse
import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent
BLOCK = re.compile(
    r"(?P<head><!-- run: whoholds (?P<arguments>[^\n]+?)(?:; first (?P<lines>\d+) lines)? -->\n)"
    r"(?P<body>.*?)(?P<tail><!-- end run -->)",
    re.S,
)
PROGRAM = "import sys; from whoholds.cli import main; sys.argv[0] = 'whoholds'; main()"


def pages() -> list[Path]:
    """The pages that may show output."""
    return [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]


def output(arguments: str, lines: int | None = None) -> str:
    """What `whoholds ARGUMENTS` prints when piped. Raises CalledProcessError when it fails."""
    command = [sys.executable, "-c", PROGRAM, *shlex.split(arguments)]
    # The checkout's own source, whether or not an older copy is installed.
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src"), "PYTHONIOENCODING": "utf-8"}
    done = subprocess.run(
        command, cwd=ROOT, env=environment, check=True, capture_output=True, encoding="utf-8", stdin=subprocess.DEVNULL
    )
    printed = done.stdout.rstrip().splitlines()
    if lines is not None and len(printed) > lines:
        printed = [*printed[:lines], "..."]
    return "\n".join(line.rstrip() for line in printed)


def renewed(page: str) -> str:
    """The page with every shown output as it is now."""

    def fill(match: re.Match[str]) -> str:
        lines = int(match["lines"]) if match["lines"] else None
        return f"{match['head']}```text\n{output(match['arguments'], lines)}\n```\n{match['tail']}"

    return BLOCK.sub(fill, page)


def main() -> int:
    """Renew the pages, or with `--check` tell which are not current."""
    parser = argparse.ArgumentParser(prog="python -m evaluation.readme", description=__doc__)
    parser.add_argument("--check", action="store_true")
    args = parser.parse_args()
    stale = []
    for path in pages():
        page = path.read_text(encoding="utf-8")
        current = renewed(page)
        if current != page:
            stale.append(path.relative_to(ROOT))
            if not args.check:
                path.write_text(current, encoding="utf-8")
    for path in stale:
        print(f"{path}: {'not current' if args.check else 'renewed'}")
    return 1 if args.check and stale else 0


if __name__ == "__main__":
    sys.exit(main())
