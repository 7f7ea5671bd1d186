"""Claims, findings and entries as sentences: what each says, on one line, for people."""

from __future__ import annotations

from collections.abc import Sequence

from whoholds.model import (
    Accepted,
    Actor,
    Allied,
    Asserted,
    Change,
    Claim,
    Control,
    Count,
    Edited,
    Entry,
    Erased,
    Event,
    Filed,
    Finding,
    Holding,
    Incident,
    Judged,
    Obligation,
    Outlined,
    Parted,
    Step,
    Tombstone,
    Undertaking,
    Verdict,
    Withdrawn,
)
from whoholds.questions.wording import action_named, holder_named, incident_days, number, sides_named, since, toward, until

_STEPS = {
    Step.SET: "must",
    Step.EXTENDED: "gets more time to",
    Step.ADVANCED: "gets less time to",
    Step.MET: "did",
    Step.BREACHED: "failed to",
    Step.CANCELLED: "need no longer",
    Step.SOUGHT: "is asked to",
}
_SOMEBODY = "somebody not named"


def claim_told(claim: Claim) -> str:
    """What a claim says: who does what, to whom, where. Its day, its speaker and its factuality stand beside it."""
    match claim.matter:
        case Control() as control:
            return _control(control, claim.where.name if claim.where else "a place not named")
        case Event(type=type, actors=actors, recipients=recipients):
            where = f" in {claim.where.name}" if claim.where else ""
            return f"{type.value}{where}{_listed(' by ', actors)}{_listed(f' {toward(type)} ', recipients)}"
        case Obligation() as duty:
            return _obligation(duty, f" {claim.where.name}" if claim.where else "")


def details_told(claim: Claim) -> tuple[tuple[str, str], ...]:
    """What a claim says besides, as labels and values: numbers, deadlines, the instrument, who asked and why."""
    match claim.matter:
        case Event(killed=killed, injured=injured, crowd=crowd):
            counts: list[tuple[str, Count | None]] = [("killed", killed), ("injured", injured), ("crowd", crowd)]
            return tuple((label, number(told)) for label, told in counts if told)
        case Obligation() as duty:
            return tuple(_duty_details(duty))
        case _:
            return ()


def speakers_told(said_by: Sequence[Actor]) -> str:
    """Who says it, the nearest to the outlet first; "" for the outlet's own voice."""
    return ", citing ".join(speaker.name for speaker in said_by)


def finding_told(finding: Finding) -> str:
    """A finding on one line."""
    match finding:
        case Holding():
            days = ", ".join(filter(None, (since(finding), until(finding))))
            return f"{finding.site.name}: {holder_named(finding)}, {finding.standing.value}; {days}"
        case Undertaking():
            return duty_told(finding)
        case Incident():
            return incident_told(finding)


def duty_told(undertaking: Undertaking) -> str:
    """Who owes what to whom, where."""
    told = action_named(undertaking)
    if undertaking.site:
        told += f" {undertaking.site.name}"
    if undertaking.obligors:
        told += f" by {sides_named(undertaking.obligors)}"
    if undertaking.beneficiaries:
        told += f" to {sides_named(undertaking.beneficiaries)}"
    return told


def incident_told(incident: Incident) -> str:
    """Day, type, place, doers and undergoers of an incident."""
    told = f"{incident_days(incident)}: {incident.type.value}"
    if incident.site:
        told += f" in {incident.site.name}"
    if incident.actors:
        told += f" by {sides_named(incident.actors)}"
    if incident.recipients:
        told += f" {toward(incident.type)} {sides_named(incident.recipients)}"
    return told


def entry_told(entry: Entry) -> str:
    """What an entry does, without who made it and when."""
    match entry.act:
        case Filed(document, replaces):
            of = f" of {document.published}" if document.published else ""
            instead = ", in the place of an earlier text" if replaces else ""
            return f"filed {document.name or document.id[:16]}{of}{instead}"
        case Asserted():
            return "asserted the claim"
        case Withdrawn(target, reason):
            return f"withdrew entry {target}: {reason}"
        case Judged(_, verdict, reason, _):
            return f"{verdict_told(verdict)}: {reason}"
        case Allied(member, side, period, _) | Parted(member, side, period, _) as alliance:
            word = "with" if isinstance(alliance, Allied) else "apart from"
            return f"{member.name} counts {word} {side.name}, {period.edtf if period else 'always'}"
        case Outlined(name, _, _, source):
            return f"outlined {name}, by {source}"
        case Erased(_, reason):
            return f"erased the document: {reason}"
        case Tombstone(was, erased):
            return f"({was} entry, erased by entry {erased})"


def verdict_told(verdict: Verdict) -> str:
    """A verdict as what was done."""
    match verdict:
        case Accepted():
            return "accepted"
        case Edited(instead):
            return f"edited into {instead.id}"
        case _:
            return "rejected"


def _control(control: Control, place: str) -> str:
    holder, former = control.holder and control.holder.name, control.former and control.former.name
    match control.change:
        case Change.CONTESTED:
            parties = " and ".join(name for name in (holder, former) if name)
            return f"{place} is contested{f' by {parties}' if parties else ''}"
        case Change.LOSES:
            return f"{former or _SOMEBODY} loses {place}{f' to {holder}' if holder else ''}"
        case change:
            return f"{holder or _SOMEBODY} {change.value} {place}{f' from {former}' if former else ''}"


def _obligation(duty: Obligation, place: str) -> str:
    action = f"{duty.action.value.replace('_', ' ')}{place}"
    who = ", ".join(actor.name for actor in duty.obligors) or _SOMEBODY
    return f"{who} {_STEPS[duty.step]} {action}{_listed(' to ', duty.beneficiaries)}"


def _duty_details(duty: Obligation) -> list[tuple[str, str]]:
    told = [("deadline", duty.due.edtf)] if duty.due else []
    if duty.due_after:
        side = "before" if duty.due_after.back else "after"
        told.append(("deadline", f"{duty.due_after.length.removeprefix('-')} {side} {duty.due_after.trigger}"))
    if duty.due_was:
        told.append(("was", duty.due_was.edtf))
    if duty.agreement:
        told.append(("under", duty.agreement))
    if duty.asked_by:
        told.append(("asked for by", duty.asked_by.name))
    if duty.reason:
        told.append(("because of", duty.reason))
    return told


def _listed(word: str, actors: Sequence[Actor]) -> str:
    return f"{word}{', '.join(actor.name for actor in actors)}" if actors else ""
