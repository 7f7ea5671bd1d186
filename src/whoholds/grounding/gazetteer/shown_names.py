"""The names that English-language reports use for towns and areas, where the gazetteer's first name is another."""

from __future__ import annotations

from collections.abc import Iterable

from whoholds.grounding.gazetteer.area import Area
from whoholds.grounding.gazetteer.corrections import corrections
from whoholds.grounding.gazetteer.entry import Entry


class ShownNames:
    """The names of these areas, and of the towns that are named like the area around them."""

    def __init__(self, areas: Iterable[Area]) -> None:
        self._by_key = {area.key: area for area in areas}
        self._named: dict[str, dict[str, str]] = {}

    def of_area(self, entry: Entry) -> str:
        """The name that the table tells; else, for one with letters that English has not, the first other one without them; ""
        where the name itself is shown.
        """
        told = corrections().shown.get(entry.code, "")
        if told or entry.place.name.isascii():
            return told
        plain = [name for name, _ in sorted(entry.names, key=lambda named: named[1]) if name.isascii()]
        return plain[0] if plain else ""

    def of_town(self, name: str, around: str) -> str:
        """For a town's name with letters that English has not, what is shown for the area around it (its key) if that bears the
        name too; "" where the name itself is shown.
        """
        if name.isascii():
            return ""
        own = self._names_of(around).get(name, "")
        return "" if own == name else own

    def _names_of(self, key: str) -> dict[str, str]:
        """All names of an area, each with the name that is shown for it, if that is plain; none for a key of none of these."""
        known = self._named.get(key)
        if known is None:
            known = self._named[key] = {}
            if key in self._by_key:
                entry = self._by_key[key].entry
                shown = self.of_area(entry) or entry.place.name
                if shown.isascii():
                    known |= {name: shown for name, _ in entry.names}
        return known
