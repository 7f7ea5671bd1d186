"""Small reports as files, for the commands on a register."""

from __future__ import annotations

from pathlib import Path

from tests.questions import reports
from whoholds.model import Document


def written(folder: Path, documents: tuple[Document, ...]) -> Path:
    """Files of documents, with a line for the day, which a file of text has to tell itself."""
    folder.mkdir(parents=True, exist_ok=True)
    for document in documents:
        title, *rest = document.text.split("\n\n")
        assert document.published
        day = document.published.strftime("%B %d, %Y").replace(" 0", " ")
        (folder / document.name).write_text("\n\n".join([title, day, *rest]), encoding="utf-8")
    return folder


STORY = (*reports.KALBAJAR, reports.LACHIN_DISTRICT, reports.LACHIN_CITY, reports.BAKHMUT)
