"""Make the pictures of the documentation: `python -m evaluation.screenshots [--out docs/images]`.

The register is made of `examples/*.jsonl`, served on this machine, and looked at in chromium (`CHROMIUM` names it where it is
not /usr/bin/chromium) through Playwright. Everything shown is what the program made of those reports.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from whoholds.articles import read_jsonl
from whoholds.questions import Register

ROOT = Path(__file__).parent.parent
CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")
CAREFUL = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync"]
_PAINTED = "() => performance.getEntriesByName('whoholds:painted').length > 0"
_OUTLINED = "() => document.querySelector('#map')?.textContent.includes('Natural Earth')"


@dataclass(frozen=True, slots=True)
class Shot:
    """A picture: its name, the page, the size of the window, and the theme."""

    name: str
    path: str
    width: int = 1280
    height: int = 800
    theme: str = "light"
    map: bool = False


SHOTS = (
    Shot("map", "/?on=2022-10-02&at=48.4,36.5,7", map=True),
    Shot("compare", "/?on=2022-10-02&compare=2022-07-05&at=48.4,36.5,7", map=True),
    Shot("map-dark-narrow", "/?on=2022-08-01&at=48.4,36.8,6", 390, 844, "dark", map=True),
    Shot("place", "/places/geonames:713174?on=2023-05-20"),
    Shot("agreements", "/agreements?on=2020-11-20&published_by=2020-11-14"),
    Shot("review", "/review?order=consequence"),
    Shot("figures", "/figures"),
)


def main() -> int:
    """Make them."""
    parser = argparse.ArgumentParser(prog="python -m evaluation.screenshots", description=__doc__)
    parser.add_argument("--out", type=Path, default=ROOT / "docs" / "images")
    out: Path = parser.parse_args().out
    out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, example_register(Path(folder) / "war.whoholds") as register:
        document = next(one for one in register.documents() if one.name == "meridian-2020-11-25")
        shots = (*SHOTS, Shot("document", f"/documents/{document.id}"))
        with served(register) as address:
            take(address, shots, out)
    return 0


@contextmanager
def example_register(path: Path) -> Iterator[Register]:
    """A register of the example reports."""
    with Register(path) as register:
        for file in sorted((ROOT / "examples").glob("*.jsonl")):
            with file.open("rb") as lines:
                documents = [document for document, _ in read_jsonl(lines, place=file.name) if document]
            for _ in register.add(documents):
                pass
        register.settle()
        yield register


@contextmanager
def served(register: Register) -> Iterator[str]:
    """The address at which the atlas of a register is served while the context lasts."""
    import uvicorn

    from whoholds.atlas import create_app

    server = uvicorn.Server(uvicorn.Config(create_app(register), port=0, log_level="warning"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        if not thread.is_alive():
            raise RuntimeError("the server did not start")
        time.sleep(0.05)
    port = server.servers[0].sockets[0].getsockname()[1]
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        server.should_exit = True
        thread.join(10)


def take(address: str, shots: tuple[Shot, ...], out: Path) -> None:
    """Take the pictures."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=CAREFUL)
        for shot in shots:
            page: Any = browser.new_page(viewport={"width": shot.width, "height": shot.height}, color_scheme=shot.theme)
            page.goto(address + shot.path)
            if shot.map:
                page.wait_for_function(_PAINTED)
                page.wait_for_function(_OUTLINED)  # the outlines come after the first paint
            page.wait_for_timeout(800)
            page.screenshot(path=out / f"{shot.name}.png")
            print(out / f"{shot.name}.png")
            page.close()
        browser.close()


if __name__ == "__main__":
    sys.exit(main())
