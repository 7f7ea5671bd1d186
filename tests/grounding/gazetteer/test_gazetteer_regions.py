"""The curated table: every line can be read, lies on the globe and in a known country."""

from __future__ import annotations

import pytest

from whoholds.grounding import countries
from whoholds.grounding.gazetteer import regions
from whoholds.grounding.gazetteer.keys import fold
from whoholds.model import Place

TABLE = regions.table()


def test_the_table_is_of_a_useful_size() -> None:
    assert len(TABLE) > 5000


@pytest.mark.parametrize("code", sorted({region.country or "world" for region in TABLE}))
def test_regions(code: str) -> None:
    assert code == "world" or countries.country(code)
    for region in TABLE:
        if (region.country or "world") != code:
            continue
        assert all(name and name == name.strip() for name in region.names), region
        assert len(set(region.names)) == len(region.names), region
        assert region.seat or region.point, region
        assert 500 <= region.radius_m <= 6_000_000, region
        if region.point:
            assert -90 <= region.point[0] <= 90 and -180 <= region.point[1] <= 180, region


def test_no_region_is_listed_twice() -> None:
    """The same first name and class, close by, would be one place with two entries."""
    seen: dict[tuple[str | None, str, str], list[regions.Region]] = {}
    for region in TABLE:
        seen.setdefault((region.country, fold(region.names[0]), region.feature), []).append(region)
    assert [key for key, same in seen.items() if len(same) > 1] == []


def test_points_lie_near_their_country() -> None:
    """A sign lost or latitude and longitude exchanged would put a place thousands of kilometres away."""
    from whoholds.grounding.gazetteer.distance import kilometres

    vast = {"RU", "US", "CA", "CN", "AU", "BR", "FR", "ES", "NZ", "CL", "DK", "ID", "IN", "SH"}
    far = [
        region.names[0]
        for region in TABLE
        if region.point and region.country and region.country not in vast
        for home in [countries.country(region.country)]
        if home and kilometres(*region.point, home.lat, home.lon) > 2_200
    ]
    assert far == []


def test_a_region_whose_seat_is_unknown_is_left_out() -> None:
    table = [
        regions.Region("SY", ("Known",), None, "Seat", "A", 80_000, 5.2),
        regions.Region("SY", ("Unknown",), None, "Nowhere", "A", 80_000, 5.2),
        regions.Region("SY", ("Pointed", "Alias"), (35.0, 38.0), None, "A", 80_000, 5.2),
    ]

    def seat(country: str, name: str) -> Place | None:
        return Place(name=name, lat=33.0, lon=36.0, country=country, feature="P") if name == "Seat" else None

    entries = list(regions.entries(table, seat))
    assert [entry.place.name for entry in entries] == ["Known", "Pointed"]
    assert (entries[0].place.lat, entries[0].place.lon) == (33.0, 36.0)
    assert [name for name, _ in entries[1].names] == ["Pointed", "Alias"]


@pytest.mark.parametrize("line", ["Kalbajar 40 46", "@ 40 46", "Kalbajar @ 40 46 ~ far"])
def test_a_line_that_cannot_be_read_is_quoted(line: str) -> None:
    with pytest.raises(ValueError, match=r"regions\.toml, AZ"):
        list(regions._read(f'[AZ]\nareas = ["{line}"]'))
