"""Groups of claims that tell of one duty each.

Pairs of claims that are alike enough (see `likeness`) are joined, the strongest first; equal ones in the order of their claims'
ids. Two groups join only if no claim of the one forbids a claim of the other, and if their deadlines can be of one duty: two
deadlines that a chain of moves ties together are; two that nothing ties are taken for different duties where one document
lays down both ("out of the ports by the end of the year, out of the city by 7 January") or where they lie far apart, else for
two reports of one deadline that differ. So the outcome depends on the set of claims alone.

Claims that say the same of the same (every field but document and words) go together from the start.

A claim that only asks (`sought`) or denies never joins two groups: it goes to the one that it is most like, afterwards. What
is asked for comes before it is laid down, or while it is pending; of a truce, before it is broken or within its days. Requests
that go with no group make groups of their own.
Claims that are planned or possible take no part at all.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import combinations

from whoholds.model import Action, Factuality, Step
from whoholds.reconcile.undertakings.facts import Days, Fact
from whoholds.reconcile.undertakings.likeness import forbidden, likeness, needed, span, window

_FAR = 60  # days between two deadlines of one duty that reports give without telling of a move
_ASKED_AHEAD = 60  # days from the request for a duty to the duty
_DENIALS = 1.0  # a denial needs so much less to find its duty: it tells of no deadline
_ENDS = frozenset({Step.MET, Step.CANCELLED})
_BROKEN = frozenset({Step.BREACHED, Step.CANCELLED})
_MOVES = frozenset({Step.EXTENDED, Step.ADVANCED})

Group = list[Fact]


def grouped(facts: Iterable[Fact]) -> list[Group]:
    """The groups of some facts of one component, each in the order of days said; in no special order themselves."""
    core: list[Fact] = []
    asked: list[Fact] = []
    denied: list[Fact] = []
    for fact in facts:
        if fact.factuality is Factuality.DENIED:
            denied.append(fact)
        elif fact.factuality is Factuality.ACTUAL:
            (asked if fact.step is Step.SOUGHT else core).append(fact)
    groups = _joined(core)
    homes = [(request, _home(request, groups, _can_ask)) for request in asked]
    groups_asked = _joined([request for request, home in homes if home is None])
    homes += [(denial, _home(denial, [*groups, *groups_asked], _can_deny)) for denial in denied]
    for fact, home in homes:
        if home is not None:
            home.append(fact)
    return [sorted(group, key=lambda fact: fact.order) for group in [*groups, *groups_asked]]


class _Node:
    """Claims that say the same of the same duty: one of them, all of them, and the documents that they stand in."""

    __slots__ = ("documents", "fact", "facts")

    def __init__(self, facts: Group) -> None:
        self.facts = facts
        self.fact = min(facts, key=lambda fact: fact.claim)
        self.documents = frozenset(fact.evidence.document for fact in facts)


def _joined(facts: Sequence[Fact]) -> list[Group]:
    same: defaultdict[tuple[object, ...], Group] = defaultdict(list)
    for fact in facts:
        same[_content(fact)].append(fact)
    nodes = sorted(map(_Node, same.values()), key=lambda node: node.fact.claim)
    pairs = sorted(_pairs(nodes), key=lambda pair: (-pair[0], pair[1], pair[2]))
    home = list(range(len(nodes)))
    members: dict[int, list[int]] = {i: [i] for i in home}
    for _, i, j in pairs:
        one, other = home[i], home[j]
        if one != other and _can_join([nodes[k] for k in members[one]], [nodes[k] for k in members[other]]):
            members[one] += members.pop(other)
            for k in members[one]:
                home[k] = one
    return [[fact for k in group for fact in nodes[k].facts] for group in members.values()]


def _content(fact: Fact) -> tuple[object, ...]:
    duty, site = fact.duty, fact.site
    told = (fact.due, fact.due_was, fact.told, fact.instrument, duty.due_after)
    bound = (fact.obligors, fact.beneficiaries, fact.lands, fact.together)
    return duty.step, duty.action, *bound, site and site.key, *told


def _pairs(nodes: Sequence[_Node]) -> Iterator[tuple[float, int, int]]:
    """The pairs that are alike enough: of those close in time or in one document, no others can be."""
    for i, j in sorted(_near(nodes) | _together(nodes)):
        weight = _weight(nodes[i], nodes[j])
        if weight is not None:
            yield weight, i, j


def _near(nodes: Sequence[_Node]) -> set[tuple[int, int]]:
    """Pairs of nodes, the lower number first, whose days lie close enough."""
    found: set[tuple[int, int]] = set()
    spans = [span(node.fact) for node in nodes]
    order = sorted(range(len(nodes)), key=lambda i: spans[i])
    for place, i in enumerate(order):
        until = spans[i][1] + window(nodes[i].fact.family)
        for j in order[place + 1 :]:
            if spans[j][0] > until:
                break
            found.add((min(i, j), max(i, j)))
    return found


def _together(nodes: Sequence[_Node]) -> set[tuple[int, int]]:
    """Pairs of nodes, the lower number first, that share a document."""
    inside: defaultdict[str, list[int]] = defaultdict(list)
    for i, node in enumerate(nodes):
        for document in node.documents:
            inside[document].append(i)
    return {pair for members in inside.values() for pair in combinations(members, 2)}


def _weight(one: _Node, other: _Node) -> float | None:
    shared = one.documents & other.documents
    if not shared:
        return _enough(one.fact, other.fact)
    near = [
        (mine, theirs) for mine in one.facts for theirs in other.facts if mine.evidence.document == theirs.evidence.document
    ]
    weights = [weight for pair in near if (weight := _enough(*pair)) is not None]
    return max(weights, default=None)


def _enough(one: Fact, other: Fact, less: float = 0.0) -> float | None:
    weight = likeness(one, other)
    return weight if weight is not None and weight >= needed(one, other) - less else None


def _can_join(one: Sequence[_Node], other: Sequence[_Node]) -> bool:
    if any(forbidden(mine.fact, theirs.fact) for mine in one for theirs in other):
        return False
    mine, theirs = _laid_down(one), _laid_down(other)
    if not mine or not theirs:
        return True
    tied = _tied([node.fact for node in (*one, *other)])
    return all(_one_deadline(a, b, tied) for a in mine for b in theirs)


def _laid_down(nodes: Sequence[_Node]) -> list[_Node]:
    return [node for node in nodes if node.fact.step is Step.SET and node.fact.due is not None]


def _one_deadline(one: _Node, other: _Node, tied: dict[Days, int]) -> bool:
    """Whether two deadlines that were laid down can be of one duty."""
    mine, theirs = one.fact.due, other.fact.due
    assert mine is not None and theirs is not None
    if mine.meets(theirs) or tied[mine] == tied[theirs]:
        return True
    return not one.documents & other.documents and _apart(mine, theirs) <= _FAR


def _tied(facts: Sequence[Fact]) -> dict[Days, int]:
    """A number for every deadline, the same for those that moves tie together."""
    days = sorted({day for fact in facts for day in (fact.due, fact.due_was) if day is not None}, key=_sortable)
    number = {day: i for i, day in enumerate(days)}

    def tie(one: Days, other: Days) -> None:
        old, new = number[other], number[one]
        for day in number:
            if number[day] == old:
                number[day] = new

    for one, other in combinations(days, 2):
        if one.meets(other):
            tie(one, other)
    for fact in facts:
        if fact.step in _MOVES and fact.due is not None and fact.due_was is not None:
            tie(fact.due, fact.due_was)
    return number


def _sortable(days: Days) -> tuple[int, int]:
    return days.first or 0, days.last or 0


def _apart(one: Days, other: Days) -> int:
    if one.last is None or other.last is None:
        return 0
    return abs(one.last - other.last)


def _home(fact: Fact, groups: Sequence[Group], fits: Callable[[Fact, Group], bool]) -> Group | None:
    """The group that a request or denial is most like; None where it is like none."""
    best: tuple[float, str] | None = None
    found: Group | None = None
    for group in groups:
        if not fits(fact, group) or any(forbidden(fact, member) for member in group):
            continue
        weights = [weight for member in group if (weight := _enough(fact, member, _DENIALS)) is not None]
        if weights:
            rank = (-max(weights), min(member.claim for member in group))
            if best is None or rank < best:
                best, found = rank, group
    return found


def _can_ask(request: Fact, group: Group) -> bool:
    """Whether something can be asked for of this duty: before it is laid down, or while it has not ended."""
    began = min(fact.taken for fact in group)
    if request.taken < began:
        return began - request.taken <= _ASKED_AHEAD
    if request.family is Action.CEASE_FIRE:
        broken = [fact.taken for fact in group if fact.step in _BROKEN]
        last = [fact.due.last for fact in group if fact.due is not None and fact.due.last is not None]
        return request.taken <= max(last, default=0) or request.taken < min(broken, default=request.taken + 1)
    ends = [fact.taken for fact in group if fact.step in _ENDS]
    return not ends or request.taken <= max(ends)


def _can_deny(denial: Fact, group: Group) -> bool:
    """Whether there is in the group what is denied."""
    return any(fact.step is denial.step and fact.factuality is Factuality.ACTUAL for fact in group) or (
        denial.step is Step.MET  # that it was not kept can be told of any duty
    )
