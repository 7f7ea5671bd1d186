"""No test sees the gazetteers that whoever runs it has added."""

from __future__ import annotations

import os
import shutil
import tempfile

_EMPTY = tempfile.mkdtemp(prefix="whoholds-tests-")


def pytest_configure() -> None:
    os.environ["WHOHOLDS_DATA"] = _EMPTY


def pytest_unconfigure() -> None:
    shutil.rmtree(_EMPTY, ignore_errors=True)
