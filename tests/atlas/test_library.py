"""The libraries of the pages, out of an installed package."""

from __future__ import annotations

import pytest

from whoholds.atlas import library


@pytest.mark.parametrize(("name", "exported"), [("leaflet", "leaflet"), ("echarts", "echarts")])
def test_a_library_is_an_es_module_that_exports_its_name(name: str, exported: str) -> None:
    script = (library.folder_of(name) / "index.js").read_text(encoding="utf-8")
    assert f"as {exported}" in script[script.rindex("export") :]


def test_leaflet_comes_with_its_styles() -> None:
    assert (library.folder_of("leaflet") / "leaflet" / "leaflet.css").is_file()


def test_a_package_without_the_library_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(library, "_FOLDERS", {"leaflet": "elsewhere"})
    with pytest.raises(library.LibraryError, match="leaflet is not where NiceGUI keeps it"):
        library.folder_of("leaflet")
