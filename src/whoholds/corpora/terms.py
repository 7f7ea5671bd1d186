"""The terms of a run: what is read, how, and by which reader; they stand in `run.json` and do not change while it lasts."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any, Self

from whoholds.corpora.keeping import keep_json, read_json
from whoholds.corpora.layout import Layout
from whoholds.corpora.parts import Options
from whoholds.corpora.tasks import StoppedError

FORMAT = 1  # of the folder of a run
_LIBRARIES = tuple(  # what the content of a run's files hangs on
    "whoholds trafilatura lxml charset-normalizer feedparser fastwarc pypdf striprtf markdown-it-py datasketch numpy "
    "onnxruntime tokenizers lemminflect python-dateutil".split()
)
_FEW, _NAMED = 10, 3  # sources that are all told where they differ; those named of more
_ELSEWHERE = "give another folder with --out, or delete this one to begin anew"


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """What the user named, how it is read, and what is read of it.

    `size` is the most records of a partition. With `all` documents are read whatever they are about, with `keep_twins` those
    too that say what another says. `ending` is that of the files of claims: jsonl or parquet.
    """

    named: tuple[str, ...]
    options: Options = field(default_factory=Options)
    size: int = 256
    all: bool = False
    keep_twins: bool = False
    ending: str = "jsonl"

    def to_json(self) -> dict[str, Any]:
        """The terms, with the versions of what reads."""
        options = self.options
        return {
            "format": FORMAT,
            "sources": list(self.named),
            "published": options.published.isoformat() if options.published else None,
            "columns": dict(options.columns),
            "as": options.kind,
            "allow_private": options.allow_private,
            "part": self.size,
            "all": self.all,
            "keep_twins": self.keep_twins,
            "output": self.ending,
            "reader": _reader(),
        }

    @classmethod
    def from_json(cls, told: dict[str, Any]) -> Self:
        """The terms that `to_json` gave."""
        options = Options(
            published=date.fromisoformat(told["published"]) if told["published"] else None,
            columns=tuple(told["columns"].items()),
            kind=told["as"],
            allow_private=told["allow_private"],
        )
        return cls(
            named=tuple(told["sources"]),
            options=options,
            size=told["part"],
            all=told["all"],
            keep_twins=told["keep_twins"],
            ending=told["output"],
        )


def agree(layout: Layout, terms: Terms) -> None:
    """Make the folder that of a run on these terms, or see that it is. Raises StoppedError where its terms are others."""
    wanted = terms.to_json()
    try:
        found = read_json(layout.run)
    except FileNotFoundError:
        keep_json(layout.run, wanted)
        return
    except ValueError:
        raise StoppedError(f"{layout.run} is damaged", _ELSEWHERE) from None
    differing = list(_differences(found, wanted)) if isinstance(found, dict) else ["everything"]
    if differing:
        raise StoppedError(f"{layout.folder} is of a run with other terms: {'; '.join(differing)}", _ELSEWHERE)


def refuse_others(layout: Layout) -> None:
    """See that a folder is that of a run, or empty, or missing. Raises StoppedError where it is another's."""
    if not layout.run.exists() and (others := _others(layout)):
        hint = "name a new or an empty folder with --out"
        raise StoppedError(f"{layout.folder} is not the folder of a run: it holds {others}", hint)


def terms_of(layout: Layout) -> Terms:
    """The terms of the run in a folder. Raises StoppedError where there is none."""
    try:
        return Terms.from_json(read_json(layout.run))
    except (OSError, ValueError, KeyError) as error:
        raise StoppedError(f"{layout.run} cannot be read: {error}", "the folder of a run was changed while it lasted") from None


def _others(layout: Layout) -> str:
    """A few names of what stands in a folder that is not ours; nothing where it is empty or missing."""
    try:
        names = sorted(path.name for path in layout.folder.iterdir())
    except FileNotFoundError:
        return ""
    ours = {layout.lock.name, layout.log.name}
    names = [name for name in names if name not in ours and not name.startswith(".draft-")]
    return ", ".join([*names[:3], *(["…"] if len(names) > 3 else [])])


def _differences(found: dict[str, Any], wanted: dict[str, Any]) -> Iterator[str]:
    for key in sorted(found.keys() | wanted.keys()):
        one, other = found.get(key), wanted.get(key)
        if key == "reader" and isinstance(one, dict) and isinstance(other, dict):
            yield from _differences(one, other)
        elif isinstance(one, list) and isinstance(other, list) and len(one) + len(other) > _FEW and one != other:
            yield f"{key} were {_many(one, other)} and are now {_many(other, one)}"
        elif one != other:
            yield f"{key.replace('_', '-')} was {_told(one)} and is now {_told(other)}"


def _many(these: list[Any], others: list[Any]) -> str:
    """How many names a long list has, and the first few that the other has not."""
    known = set(map(str, others))
    own = [name for name in map(str, these) if name not in known]
    named = f" ({', '.join([*own[:_NAMED], *(['…'] if len(own) > _NAMED else [])])})" if own else ""
    return f"{len(these):,}{named}"


def _told(value: object) -> str:
    if isinstance(value, list):
        return " ".join(map(str, value)) or "none"
    if isinstance(value, dict):
        return ", ".join(f"{key} {other}" for key, other in value.items()) or "none"
    return "not told" if value is None else str(value)


def _reader() -> dict[str, str]:
    """What reads: the versions of the libraries that the content of a run's files hangs on, the model and the gazetteers."""
    from whoholds.grounding.gazetteer.cache import editions

    chosen = os.environ.get("WHOHOLDS_MODEL")
    libraries = (*_LIBRARIES, *(("spacy",) if chosen else ()))
    versions = {library: found for library in libraries if (found := _version(library))}
    return {**versions, "model": _model(chosen) if chosen else "shipped", "gazetteer": editions(), **_added()}


def _model(chosen: str) -> str:
    """A model in a folder with a hash of its files, an installed one with its version: another may stand there tomorrow."""
    folder = Path(chosen)
    if not folder.is_dir():
        return " ".join(filter(None, (chosen, _version(chosen))))
    digest = hashlib.sha256()
    try:
        for path in sorted(path for path in folder.rglob("*") if path.is_file()):
            digest.update(f"{path.relative_to(folder)} {path.stat().st_size};".encode("utf-8", "surrogateescape"))
            with path.open("rb") as file:
                digest.update(hashlib.file_digest(file, "sha256").digest())
    except OSError as error:
        message = f"the model in {chosen} cannot be read: {error.strerror}"
        raise StoppedError(message, "check the folder and its files") from None
    return f"{chosen} ({digest.hexdigest()[:16]})"


def _version(library: str) -> str | None:
    try:
        return version(library)
    except PackageNotFoundError:
        return None


def _added() -> dict[str, str]:
    """The gazetteers that the user added. Raises StoppedError for a damaged one, which would be left out without a word."""
    from whoholds.grounding.gazetteer.added.folder import Damaged, added

    found = {}
    for one in added():
        if isinstance(one, Damaged):
            hint = f"make it anew with whoholds gazetteer add, or: whoholds gazetteer remove {one.name}"
            raise StoppedError(f"the gazetteer {one.name} cannot be used: {one.reason}", hint)
        about, _ = one
        found[f"gazetteer {about.name}"] = f"{about.source} of {about.dated}, {about.places} places"
    return found
