"""The register that exports are tested with, made once a session."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.formats.exported import war
from whoholds.questions import Register
from whoholds.questions.extract import Extract


@pytest.fixture(scope="session")
def exported() -> Iterator[Register]:
    with Register(":memory:") as register:
        war(register)
        yield register


@pytest.fixture
def extract(exported: Register) -> Extract:
    return exported.extract()


@pytest.fixture
def nothing() -> Iterator[Extract]:
    with Register(":memory:") as register:
        yield register.extract()
