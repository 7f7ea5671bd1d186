"""The bar on a terminal: what matters most stays to be seen on a narrow one."""

from __future__ import annotations

import pytest
from rich.console import Console

from whoholds.cli.register_progress import _bar


@pytest.mark.parametrize("width", [60, 80, 120])
def test_count_and_time_left_are_whole_on_any_terminal(width: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", str(width))
    bar = _bar()
    bar.add_task("reading, 12,345 set aside, 123.4 a second, 1,234,567 claims", total=11_700_000, completed=1_234_567)
    console = Console(width=width)
    with console.capture() as shown:
        console.print(bar.get_renderable())
    (line,) = shown.get().splitlines()
    assert " 1234567/11700000 -:--:-- reading, 12,345 set" in line
    assert ("1,234,567 claims" in line) == (width == 120)
