"""What a file's name tells: the kind of source it is, by its ending; and names as they can be shown to people."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from whoholds.corpora.records import SetAside
from whoholds.model import Problem

REPORTS = {  # ending: media type, where the first bytes do not tell it as well
    ".txt": None,
    ".text": None,
    ".html": None,
    ".htm": None,
    ".xhtml": None,
    ".mht": "multipart/related",
    ".mhtml": "multipart/related",
    ".md": "text/markdown",
    ".markdown": "text/markdown",
    ".eml": "message/rfc822",
    ".pdf": "application/pdf",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".odt": "application/vnd.oasis.opendocument.text",
    ".rtf": "application/rtf",
}
_CONTAINERS = {
    "jsonl": (".jsonl", ".ndjson", ".jsonlines", ".json"),
    "csv": (".csv", ".tsv"),
    "feed": (".rss", ".atom", ".xml"),
    "warc": (".warc", ".wacz"),
    "mbox": (".mbox",),
    "zip": (".zip",),
    "tar": (".tar", ".tgz", ".tbz", ".tbz2", ".txz", ".tzst"),
}
PACKINGS = (".gz", ".zst", ".bz2", ".xz")
_KIND_OF = {ending: kind for kind, endings in _CONTAINERS.items() for ending in endings} | dict.fromkeys(REPORTS, "files")
NESTED = frozenset({"zip", "tar"})
_OTHER_ARCHIVES = frozenset({".7z", ".rar"})
_NO_REPORTS = frozenset(
    ".png .jpg .jpeg .gif .webp .svg .ico .bmp .tif .tiff .avif .heic .css .js .mjs .map .woff .woff2 .ttf .eot .otf"
    " .mp3 .mp4 .m4a .m4v .webm .ogg .ogv .wav .avi .mov .mkv .swf".split()
)
_KEPT_BY_SYSTEMS = frozenset({"thumbs.db", "desktop.ini", "__macosx"})
_MOST_ENDINGS_NAMED = 8
_LONGEST_ENDING = 12  # characters; what follows the last full stop of a longer one is part of a headline


def shown(name: str) -> str:
    r"""A name or path as it can be printed and kept in any file: what cannot be printed is escaped (`\xff`, `\n`).

    A name that is not UTF-8 comes from the system with lone surrogates (PEP 383); they are shown as the bytes they stand for.
    """
    if name.isprintable():
        return name
    return "".join(sign if sign.isprintable() else _escaped(sign) for sign in name)


def _escaped(sign: str) -> str:
    code = ord(sign)
    if 0xDC80 <= code <= 0xDCFF:
        return f"\\x{code - 0xDC00:02x}"
    return sign.encode("unicode_escape").decode("ascii")


def endings_of(name: str) -> tuple[str, str]:
    """The ending of a name and that of its packing, in lower case: ".html", ".gz" of "a/B.HTML.gz"; "" for none."""
    stem, ending = _parted(name.rpartition("/")[2].lower())
    return (_parted(stem)[1], ending) if ending in PACKINGS else (ending, "")


def _parted(name: str) -> tuple[str, str]:
    stem, stop, ending = name.rpartition(".")
    return (stem, stop + ending) if stem else (name, "")


def kind_of(name: str) -> str | None:
    """The kind of source a name tells by its ending, under a packing or not; None where it tells none."""
    return _KIND_OF.get(endings_of(name)[0])


def media_type_of(name: str) -> str | None:
    """The media type a name tells, where the first bytes of a report may not; else None."""
    return REPORTS.get(endings_of(name)[0])


def is_passed_over(name: str) -> bool:
    """Whether the last part of a path is that of a hidden file, a picture, or another thing that never is a report."""
    last = name.rpartition("/")[2].lower()
    return last.startswith(".") or last in _KEPT_BY_SYSTEMS or endings_of(last)[0] in _NO_REPORTS


def is_other_archive(name: str) -> bool:
    """Whether a name is that of an archive of a kind that is not read."""
    return endings_of(name)[0] in _OTHER_ARCHIVES


@dataclass(slots=True)
class Tally:
    """What a folder or archive holds besides reports, counted while it is gone through and told in at most two lines.

    `kind` is the one to force for what tells no kind to be read.
    """

    place: str
    kind: str = "files"
    no_reports: Counter[str] = field(default_factory=Counter)
    unknown: Counter[str] = field(default_factory=Counter)

    def takes(self, name: str) -> bool:
        """Count a name that is passed over; whether it was one."""
        if not is_passed_over(name):
            return False
        last = name.rpartition("/")[2]
        self.no_reports["hidden" if last.startswith(".") else _ending_shown(last)] += 1
        return True

    def is_unknown(self, name: str) -> None:
        """Count a name that tells no kind."""
        self.unknown[_ending_shown(name)] += 1

    def told(self) -> Iterator[SetAside]:
        """The lines: of what never is a report (code "passed-over") and of what may be (code "unknown-kind")."""
        if self.no_reports:
            message = f"{self.place}: {_files(self.no_reports)} passed over: {_listed(self.no_reports)}"
            yield SetAside(
                self.place, Problem("passed-over", message, hint="hidden files, pictures and the like are no reports")
            )
        if self.unknown:
            message = f"{self.place}: {_files(self.unknown)} not read, of kinds that are not known: {_listed(self.unknown)}"
            hint = f"if they are reports, read them with --as {self.kind}; otherwise there is nothing to do"
            yield SetAside(self.place, Problem("unknown-kind", message, hint=hint))


def _ending_shown(name: str) -> str:
    ending, packing = endings_of(name)
    whole = shown(ending + packing)
    return whole if 0 < len(whole) <= _LONGEST_ENDING and " " not in whole else "no ending"


def _files(counts: Counter[str]) -> str:
    total = counts.total()
    return f"{total:,} file was" if total == 1 else f"{total:,} files were"


def _listed(counts: Counter[str]) -> str:
    """The endings, the most frequent first, then by the alphabet."""
    ranked = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    named = ", ".join(f"{ending} ({count:,})" for ending, count in ranked[:_MOST_ENDINGS_NAMED])
    more = len(ranked) - _MOST_ENDINGS_NAMED
    return f"{named} and {more:,} more kinds" if more > 0 else named
