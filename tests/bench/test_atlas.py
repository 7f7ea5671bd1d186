"""The benchmark of the atlas runs on a small war and tells every figure."""

from __future__ import annotations

from pathlib import Path

from bench import atlas, browser


def test_a_small_war_is_made_and_measured(tmp_path: Path) -> None:
    path = tmp_path / "war.gpkg"
    atlas.make(path, claims=120, places=40, days=10)
    found = atlas.measured(path, places=40, days=10)
    assert found.claims >= 120
    assert found.spans >= found.places > 0
    assert len(found.renew) == len(found.settle) > 0
    assert min(found.renew) > 0
    looked = browser.looked_at(path)
    assert set(looked.answers) == {browser.HOLDINGS, *browser.DATA}
    assert 0 < looked.up <= looked.warm["/data/timeline"] <= looked.warm[browser.HOLDINGS]
    assert looked.missing == browser.no_browser()
    assert bool(looked.missing) == (not looked.painted)
    assert looked.missing or looked.steps
    report = atlas.table(found, looked)
    assert (looked.missing or "first paint of the map") in report
    assert all(path in report for path in ("/data/timeline", "/data/incidents"))
    assert found.zipped["/data/timeline"] < found.raw["/data/timeline"]
