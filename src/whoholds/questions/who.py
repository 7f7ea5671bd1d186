"""Who holds a place on a day, on whose word, and who says otherwise."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from whoholds.model import Control, Holding, Side, Site, Standing
from whoholds.questions.evidence import Word, cited, words_of
from whoholds.questions.picture import Picture
from whoholds.questions.siding import Standpoint
from whoholds.reconcile.holdings import in_force
from whoholds.reconcile.territory import Row
from whoholds.register.store import Known, Store, Wanted


@dataclass(frozen=True, slots=True, kw_only=True)
class Who:
    """The holding of a place on a day; None where nothing is known of it, or not yet.

    `latest` tells that no day was asked for and `day` is the last one that a claim about the place was said on. `finding` is
    the id under which the holding is kept, which for an inherited one is the area's. `next` is the first holding that begins
    after the day. `counted` are those whom the words name as holders, where they count as the holder by an affiliation. The
    words are those for and against, by the day said; `undated` are, where nothing else is known, those of no day at all: they
    tell none and neither do their reports.
    """

    site: Site
    day: date
    latest: bool
    known: Known
    holding: Holding | None
    finding: str | None
    next: Holding | None
    supporting: tuple[Word, ...]
    opposing: tuple[Word, ...]
    counted: tuple[Standpoint, ...] = ()
    undated: tuple[Word, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Plot:
    """A place on the map of a day: its holder, since which day at the earliest (None: not known), the first day it is told.

    `inherited` is the area whose holding it is; None for the place's own.
    """

    site: Site
    holder: Side | None
    standing: Standing
    begin: date | None
    told: date
    inherited: Site | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart:
    """The holding of every place of the register that has one on a day, by name."""

    day: date
    latest: bool
    known: Known
    plots: tuple[Plot, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Chapter:
    """A holding in a place's history, the id under which it is kept, and the words for and against it."""

    holding: Holding
    finding: str
    supporting: tuple[Word, ...]
    opposing: tuple[Word, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class History:
    """The holdings of a place in order of time, those that it inherits from areas around it among them."""

    site: Site
    known: Known
    chapters: tuple[Chapter, ...]


def who(picture: Picture, site: Site, day: date | None) -> Who:
    """Who holds a place on a day; without a day, on the last one that a claim about it was said on."""
    timeline = picture.timeline(site)
    asked = day or latest_about(picture, site) or date.max
    holding = in_force(timeline, asked)
    after = timeline[timeline.index(holding) + 1 :] if holding else timeline
    supporting = _words(picture, holding.supporting if holding else ())
    return Who(
        site=site,
        day=asked,
        latest=day is None,
        known=picture.known,
        holding=holding,
        finding=kept_id(picture, holding) if holding else None,
        next=after[0] if after else None,
        supporting=supporting,
        opposing=_words(picture, holding.opposing if holding else ()),
        counted=tuple(_counted(picture, holding, supporting)) if holding else (),
        undated=() if timeline else _undated(picture, site),
    )


def _undated(picture: Picture, site: Site) -> tuple[Word, ...]:
    """The claims about the control of a place that count for no day."""
    told = picture.store.testimony(Wanted(kinds=("control",), sites=(site.key,), known=picture.known))
    return cited(picture.store, (one for one in told if one.claim.when is None and not one.dated), picture.sides)


def _counted(picture: Picture, holding: Holding, words: tuple[Word, ...]) -> Iterator[Standpoint]:
    """Those whom words name as holders and who count as the holder by an affiliation, each once."""
    matters = [word.claim.matter for word in words]
    named = {matter.holder.name: matter.holder for matter in matters if isinstance(matter, Control) and matter.holder}
    for actor in named.values():
        side = picture.sides.side_of(actor, holding.told)
        why = picture.sides.why(actor, holding.told)
        if side == holding.holder and any(not one.apart for one in why):
            yield Standpoint(actor=actor, side=side, why=why)


def chart(picture: Picture, day: date | None) -> Chart:
    """The holding of every place on a day; without a day, on the last one that anything was said on."""
    asked = day or latest_said(picture.store, picture.known) or date.max
    sites = picture.sites()
    plots = [_plot(row, sites) for row in picture.rows(asked) if row.site in sites]
    plots.sort(key=lambda plot: (plot.site.name.casefold(), plot.site.key))
    return Chart(day=asked, latest=day is None, known=picture.known, plots=tuple(plots))


def _plot(row: Row, sites: dict[str, Site]) -> Plot:
    holder = None if row.holder is None else Side(row.holder, row.name or row.holder)
    inherited = sites.get(row.inherited) if row.inherited else None
    return Plot(
        site=sites[row.site],
        holder=holder,
        standing=Standing(row.standing),
        begin=row.begin,
        told=row.told,
        inherited=inherited,
    )


def history(picture: Picture, site: Site) -> History:
    """All holdings of a place."""
    chapters = [
        Chapter(
            holding=holding,
            finding=kept_id(picture, holding),
            supporting=_words(picture, holding.supporting),
            opposing=_words(picture, holding.opposing),
        )
        for holding in picture.timeline(site)
    ]
    return History(site=site, known=picture.known, chapters=tuple(chapters))


def kept_id(picture: Picture, holding: Holding) -> str:
    """The id of the finding that a piece of a timeline was cut from: the place's own, or that of the area it comes from."""
    source = (holding.inherited or holding.site).key
    evidence = holding.holder, holding.supporting, holding.opposing
    for own in picture.own([source]).get(source, ()):
        if (own.holder, own.supporting, own.opposing) == evidence:
            return own.id
    return holding.id


def latest_about(picture: Picture, site: Site) -> date | None:
    """The last day on which a claim about the control of a place or an area around it was said; None for none."""
    wanted = Wanted(kinds=("control",), sites=(site.key, *site.within), known=picture.known)
    return max((told.said for told in picture.store.testimony(wanted) if told.dated), default=None)


def latest_said(store: Store, known: Known) -> date | None:
    """The last day of publication among the documents known; None where none tells any."""
    days = (
        filing.document.published or filing.document.retrieved
        for filing in store.filings()
        if known.recorded_by is None or filing.recorded_at <= known.recorded_by
    )
    return max((day for day in days if day and (known.published_by is None or day <= known.published_by)), default=None)


def _words(picture: Picture, claims: tuple[str, ...]) -> tuple[Word, ...]:
    return words_of(picture.store, claims, known=picture.known, sides=picture.sides)
