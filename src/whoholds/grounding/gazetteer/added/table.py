"""Tables of places: CSV with a header, its cells parted by commas, semicolons, tabs or bars, quoted as RFC 4180 has it."""

from __future__ import annotations

import csv
from collections.abc import Iterator

from whoholds.grounding.gazetteer.added.fields import columns_of, place_row
from whoholds.grounding.gazetteer.added.problem import GazetteerError
from whoholds.grounding.gazetteer.added.rows import Bad, Item, Wanted, point
from whoholds.grounding.gazetteer.added.source import Lines

_DELIMITERS = ",;\t|"
_NEEDED = ("name", "lat", "lon")
_WAY_OUT = "name them in a first line, such as: name,latitude,longitude,country,population,aliases"
_OF_A_DUMP = "a table needs a header; a GeoNames dump has none, and 19 columns parted by tabs"


class TableReading:
    """Reads a table whose header has been understood."""

    by_record = False

    def __init__(self, header: list[str], delimiter: str, wanted: Wanted) -> None:
        self.records = 0
        self._wanted = wanted
        self._delimiter = delimiter
        self._width = len(header)
        self._at = {what: header.index(name) for what, name in columns_of(header).items()}
        ignored = [name.strip() for i, name in enumerate(header) if i not in self._at.values() and name.strip()]
        notes = []
        if "country" not in self._at and wanted.country is None:
            notes.append("it has no column for the country, so its places have none; tell one with --country")
        if ignored:
            notes.append(f"columns not used: {', '.join(ignored[:12])}")
        self.notes = tuple(notes)

    def items(self, lines: Lines, records: int = 0) -> Iterator[Item]:
        """Every line under the header; empty ones are passed over."""
        self.records = records
        header_read = lines.offset > 0
        cells = csv.reader(lines, delimiter=self._delimiter)
        while True:
            line = lines.line + 1
            try:
                row = next(cells)
            except StopIteration:
                return
            except csv.Error as error:
                raise GazetteerError(
                    f"{self._wanted.path}:{line}: cannot be read: {error}",
                    "look for a quotation mark that is opened and not closed",
                ) from error
            if lines.faults:
                yield Bad(*lines.faults[0])
                lines.faults.clear()
            elif not any(cell.strip() for cell in row):
                continue
            elif not header_read:
                header_read = True
            else:
                self.records += 1
                yield self._item(line, row, lines.cut_off)

    def _item(self, line: int, row: list[str], cut_off: bool) -> Item:
        if len(row) != self._width:
            if cut_off and len(row) < self._width:
                return Bad(line, f"cut off: {len(row)} of {self._width} columns and no line end")
            return Bad(line, f"{len(row)} column{'s' * (len(row) != 1)}, not {self._width} as in the header")
        cells = {what: row[at] for what, at in self._at.items()}
        where = point(self._decimal(cells["lat"]), self._decimal(cells["lon"]))
        return Bad(line, where) if isinstance(where, str) else place_row(line, cells, where, None, self._wanted)

    def _decimal(self, cell: str) -> str:
        """The number with a point for the comma that other languages write, where the comma does not part cells."""
        return cell.replace(",", ".") if self._delimiter != "," and cell.count(",") == 1 and "." not in cell else cell


def understood(first_line: str, wanted: Wanted) -> TableReading:
    """The reading that the header asks for. Raises GazetteerError, telling the columns found, where one is missing."""
    ways = []
    for rank, delimiter in enumerate(_DELIMITERS):
        header = next(csv.reader([first_line], delimiter=delimiter), [])
        ways.append((len(columns_of(header)), len(header), -rank, delimiter, header))
    _, _, _, delimiter, header = max(ways)
    known = columns_of(header)
    missing = {"name": "a name", "lat": "a latitude", "lon": "a longitude"}
    absent = [missing[what] for what in _NEEDED if what not in known]
    if absent:
        found = ", ".join(f"'{name.strip()[:20]}'" for name in header[:10]) + (", …" if len(header) > 10 else "")
        message = f"{wanted.path}:1: no column for {' and '.join(absent)}; found are {found}"
        raise GazetteerError(message, _OF_A_DUMP if header and header[0].strip().isdecimal() else _WAY_OUT)
    return TableReading(header, delimiter, wanted)
