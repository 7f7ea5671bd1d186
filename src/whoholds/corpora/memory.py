"""How much memory another process has."""

from __future__ import annotations

import subprocess
import sys
from contextlib import suppress
from pathlib import Path

if sys.platform == "linux":
    import os

    _PAGE = os.sysconf("SC_PAGE_SIZE")

    def resident(process: int) -> int:
        """The bytes of memory that a process has in use (resident set size); 0 for one that has ended."""
        with suppress(OSError, ValueError, IndexError):
            return int(Path(f"/proc/{process}/statm").read_text(encoding="ascii").split()[1]) * _PAGE
        return 0

else:

    def resident(process: int) -> int:
        """The bytes of memory that a process has in use (resident set size); 0 for one that has ended."""
        with suppress(OSError, ValueError):
            asked = ["ps", "-o", "rss=", "-p", str(process)]
            return int(subprocess.run(asked, capture_output=True, check=False).stdout) * 1024
        return 0
