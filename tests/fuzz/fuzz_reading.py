"""Fuzz the whole reading: made-up and mutated wire text, never an exception, every span a quote of the text, steady ids.

Not collected by pytest; see README.md beside it. Prints each failure once per place in the source, with a reduced text.
"""

from __future__ import annotations

import argparse
import dataclasses
import random
import time
import traceback
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import TypeVar

from whoholds.model import Document, Span, When
from whoholds.pipeline import Reader

Part = TypeVar("Part", Span, When)

SEEDS = (
    "Rebels seized the airport of Goma on Tuesday, killing at least 14 soldiers and wounding 30 others, the army said.",
    "The town had been under army control since 2013, but fighters retook Bor in late March 2024.",
    "Under the deal signed in Juba on 12 May, the army must withdraw from Bor by July 1, 2024.",
    "It denied that it had shelled Bor between 3 and 5 June or between Monday and Friday.",
    "Article 4. The Parties shall exchange all prisoners of war within 14 days of the entry into force of this Agreement.",
    "1. The Government of the Republic of Armenia shall hand over the Kalbajar District by 15 November 2020.",
    "Azerbaijan extended the deadline for the withdrawal from Kalbajar by ten days, to November 25, at Armenia's request.",
    "KHARTOUM, Sudan (AP) — Thousands of people marched in Khartoum on Saturday to protest against military rule.",
    "“They burned our houses,” an elder in Kutum told Reuters, “and then ‘the army’ left.”",
    "PARAMILITARIES STORM AL-FASHIR AS CEASEFIRE COLLAPSES",
    "- Troops left Maruf, Ayn Isa and Ras al-Ayn\n- Police arrested 12 protesters\n- The UN urged both sides to halt the fighting",
    "The M23 group holds Rutshuru, about 70 km north of Goma, and parts of Masisi territory, according to the UN.",
    "President Salva Kiir and rebel leader Riek Machar agreed to form a unity government within 100 days, state TV reported.",
    "An air strike on a market in the northern region of Tigray killed 50 to 60 civilians early on 22 June 2021, a doctor said.",
    "If the ceasefire does not hold, the ministry of defence of Russia said, its forces will launch an offensive next week.",
    "Turkey's parliament ratified the treaty two days before the deadline; the EU imposed sanctions on Belarus in Q3 2021.",
    "Houthi forces lost control of Hodeidah's port to the Yemeni government in winter 2018-19, after a three-week siege.",
    "Hundreds, possibly thousands, were killed in Aleppo in the 1990s and from 2011 to 2016.",
    "The army has until midnight on Friday (GMT) to leave Kobani, and the talks were postponed indefinitely.",
    "Section 2.1(a): Each Party undertakes to demobilise 5,000 fighters no later than 30 days after D-Day.",
    "| Town | Held by | Since |\n| Bakhmut | Russia | May 2023 |\n| Kupiansk | Ukraine | 10.09.2022 |",
    "The ceasefire, which took effect at 10:00 local time (07:00 GMT) on 9/11/2020, was broken half an hour later.",
    "Sen. J. Smith Jr., who said on Feb. 29 that U.S. troops would go, said nothing of the two to three million displaced.",
    "Neither the Taliban nor Pakistan's government has said who controls the Torkham crossing since last Eid al-Fitr.",
)
ODD = (
    "31 February", "Feb 30, 2023", "32 May", "May 32", "29 February 2023", "25:61", "24:00", "9999", "year 0", "0", "0000", "00:00 on 0 May 0000",
    "in the year 0", "1 BC", "31.12.9999", "December 31, 9999", "9999-12-31", "0001-01-01", "1 January 0001", "13/13/2013", "2024-13-45",
    "winter 9999", "the 9990s", "the 0s", "the 99th century", "the 1st century", "10,000 years ago", "in 999999 days", "999999999 weeks later",
    "100000 months ago", "two million centuries ago", "within 10^9 days", "for 9999 years", "by the year 10000", "next century", "-5 days",
    "10^400 killed", "1e400 people", "999999999999999999999 soldiers", "9" * 400, "9" * 5000, "1,000,000,000,000,000,000 people",
    "a thousand million billion trillion people", "half a dozen dozen", "5-3 killed", "between 30 and 10 people", "50 to 5 dead",
    "killed ²³ people", "٣٤ people", "१२ soldiers", "①②③ killed", "½ soldiers", "1½ million", "Ⅻ May", "zero killed", "−5 killed", "3.14159 dead", "0.5 troops", "1.2.3.4 killed",
    "-0", "NaN", "inf", "3 million million", "hundreds of thousands of millions of people", "a hundred hundred hundred days ago",
    "Monday 31 June", "Tuesday, 29 February", "last February 30", "quarter 5 of 2020", "Q9 2020", "the 32nd", "the 0th of May", "31st of September",
    "between 31 June and 2 July", "from 9999 to 1", "from May 31 to 30", "2024/2020", "1999-98", "2020-21", "since 9999", "until 0001", "early 0001", "late 9999", "mid-9999",
    "قوات سوريا الديمقراطية", "\u202bصنعاء\u202c", "תל אביב\u200f", "نیروهای\u200cمسلح", "军队", "Кyiv", "İstanbul", "ﬁghters", "ẞ", "Å", "e\u0301\u0301\u0301",
    "\u200b", "\u200d", "\ufeff", "\u00ad", "\x00", "\x1b[31m", "\u2028", "\u2029", "\x85", "\x0b", "\x0c", "\r\n", "\r", "\t", "\u00a0", "\u3000",
    "\U000e0067", "👩‍👩‍👧", "🏴", "\U0010ffff", "\ue000", "\n\n", "\n", "\n\n\n\n", " ", "  ",
    "(", ")", "[", "]", "{", "}", "<", ">", "<b>", "&amp;", "“", "”", "‘", "’", "\"", "'", "''", "``", "«", "»", "—", "–", "-", "--", "…", "...", "/", "\\", "|", "*", "•", "# ", "> ", "1.", "(a)", "§", "%", "$", "€", "@", "^", "~", "_", "°N", "34°N 45°E", "12.5, 190.0",
    "km north of", "999999999999 km east of Goma", "0 km from", "miles from", "the same day", "the day before", "the following week", "a year later", "that month", "the latter", "it", "they", "which", "who said", "according to", "said that", "not", "unless", "by", "within", "before", "after", "since", "until", "no later than",
    "Ramadan 9999", "Eid", "Easter 9999", "Easter 1", "Christmas 0001", "New Year's Day 10000", "Nowruz 12", "Ashura 9998", "this weekend", "tomorrow", "yesterday", "today", "tonight", "fortnight", "century",
)  # fmt: skip
PUBLISHED = (
    date(2024, 6, 12), date(2024, 2, 29), None, date(2020, 11, 25), date(1, 1, 1), date(9999, 12, 31), date(1, 1, 3), date(9999, 12, 27),
    date(1900, 3, 1), date(2023, 12, 31),
)  # fmt: skip


def make(rng: random.Random) -> tuple[str, date | None]:
    """One text and its day of publication."""
    kind = rng.random()
    if kind < 0.015:
        text = _big(rng)
    else:
        text = _joined(rng, [_mutated(rng, rng.choice(SEEDS)) for _ in range(rng.choice((1, 1, 1, 2, 3, 6)))])
    return text, rng.choice(PUBLISHED) if rng.random() < 0.5 else PUBLISHED[0]


def _joined(rng: random.Random, parts: list[str]) -> str:
    return rng.choice((" ", "\n\n", "\n", "\r\n\r\n", "", "\n\n- ", "\n\n1. ", "\n\n> ", "\u2028")).join(parts)


def _mutated(rng: random.Random, text: str) -> str:
    words = text.split(" ")
    for _ in range(rng.choice((0, 1, 1, 2, 3, 5, 9))):
        at = rng.randrange(len(words) + 1)
        match rng.randrange(12):
            case 0:
                del words[at : at + rng.randint(1, 3)]
            case 1:
                words[at:at] = words[at : at + rng.randint(1, 4)]
            case 2 | 3 | 4:
                words.insert(at, rng.choice(ODD))
            case 5 | 6 if at < len(words):
                words[at] = rng.choice(ODD)
            case 7:
                other = rng.randrange(len(words) + 1)
                if at < len(words) and other < len(words):
                    words[at], words[other] = words[other], words[at]
            case 8:
                other_words = rng.choice(SEEDS).split(" ")
                start = rng.randrange(len(other_words))
                words[at:at] = other_words[start : start + rng.randint(1, 8)]
            case 9 if at < len(words) and words[at]:
                spot = rng.randrange(len(words[at]) + 1)
                words[at] = words[at][:spot] + rng.choice(ODD) + words[at][spot:]
            case 10 if at < len(words):
                words[at] = rng.choice((str.upper, str.lower, str.title, lambda word: word[::-1], lambda word: f"“{word}"))(
                    words[at]
                )
            case 11:
                number = rng.choice((0, 1, 31, 32, 99, 366, 1000, 3000, 9999, 10**6, 10**12, 10**30))
                words = [str(number) if any(map(str.isdecimal, word)) and rng.random() < 0.7 else word for word in words]
        words = words or [""]
    return " ".join(words)


def _big(rng: random.Random) -> str:
    one = _mutated(rng, rng.choice(SEEDS))
    match rng.randrange(8):
        case 0:
            return one.replace(".", ",") * (5_000 // (len(one.split()) + 1))
        case 1:
            return rng.choice('([{<“‘"«') * 10_000 + one + rng.choice(')]}>”’"»') * rng.choice((0, 10_000))
        case 2:
            return "\n" * 5_000 + one + "\n" * 5_000
        case 3:
            return " and ".join(rng.choice(SEEDS).rstrip(".") for _ in range(200)) + "."
        case 4:
            return "“He said " * 200 + one + "”" * 200
        case 5:
            return one + rng.choice(ODD) * 1_000
        case 6:
            return "the army of " * 1_000 + one
    return " ".join(rng.choice(ODD) for _ in range(400))


def parts(thing: object, kind: type[Part]) -> Iterator[Part]:
    """Everything of a kind anywhere in a thing made of dataclasses, tuples and lists; not those inside of a document."""
    stack = [thing]
    while stack:
        one = stack.pop()
        if isinstance(one, kind):
            yield one
        elif isinstance(one, tuple | list):
            stack.extend(one)
        elif dataclasses.is_dataclass(one) and not isinstance(one, Document):
            stack.extend(getattr(one, field.name) for field in dataclasses.fields(one))


def check(reader: Reader, text: str, published: date | None) -> None:
    """Raise what the reading raises, or AssertionError with what does not hold of it."""
    document = Document(text=text, published=published)
    reading = reader.read(document)
    grounds = reader.ground(document)
    for where, things in (
        ("claims", reading.claims),
        ("problems", reading.problems),
        ("times", grounds.times),
        ("places", grounds.places),
        ("actors", grounds.actors),
        ("grounding problems", grounds.problems),
    ):
        for span in parts(things, Span):
            assert span.document == document.id, f"{where}: a span of another document"
            assert text[span.start : span.end] == span.quote, f"{where}: a span does not quote the text"
    for when in (*parts(reading.claims, When), *parts(grounds.times, When)):
        assert When(when.edtf).begin is not None, "an EDTF value without bounds"
        assert when.grain, "an EDTF value without a grain"
    ids = [claim.id for claim in reading.claims]
    assert len(set(ids)) == len(ids), "an id twice"
    starts = [claim.evidence.start for claim in reading.claims]
    assert starts == sorted(starts), "claims out of text order"
    for claim in reading.claims:
        assert claim.confidence is None or 0 <= claim.confidence <= 1, "confidence out of [0, 1]"
        assert claim.evidence.quote.strip(), "evidence is blank"
    again = reader.read(document)
    assert [claim.id for claim in again.claims] == ids, "other ids when read again"
    assert again.problems == reading.problems, "other problems when read again"


def place(error: BaseException) -> str:
    """Where it failed, in the words that tell one failure from another."""
    frames = [frame for frame in traceback.extract_tb(error.__traceback__) if "whoholds" in frame.filename]
    last = frames[-1] if frames else traceback.extract_tb(error.__traceback__)[-1]
    told = str(error) if isinstance(error, AssertionError) else ""
    return f"{type(error).__name__} {Path(last.filename).name}:{last.lineno} {told}"


def reduced(fails: Callable[[str], bool], text: str, seconds: float = 20) -> str:
    """The text with runs of words, then of characters, left out while it still fails."""
    until = time.monotonic() + seconds
    for split, glue in ((lambda whole: whole.split(" "), " "), (list, "")):
        parts = split(text)
        size = max(1, len(parts) // 2)
        while size and time.monotonic() < until:
            at, shrunk = 0, False
            while at < len(parts) and time.monotonic() < until:
                rest = parts[:at] + parts[at + size :]
                if fails(glue.join(rest)):
                    parts, shrunk = rest, True
                else:
                    at += size
            if not shrunk or size > 1:
                size //= 2
        text = glue.join(parts)
    return text


def main() -> None:
    """Read made-up texts for some time and print what failed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument(
        "--slow", type=float, default=20, help="report a text whose three readings take longer than so many seconds"
    )
    options = parser.parse_args()
    reader, found, number = Reader(), dict[str, int](), 0
    until = time.monotonic() + options.seconds
    while time.monotonic() < until:
        text, published = make(random.Random(options.seed * 10_000_000 + number))
        number += 1
        began = time.monotonic()
        slow = True
        try:
            check(reader, text, published)
        except Exception as error:
            where, slow = place(error), False  # the time would be that of reducing
            found[where] = found.get(where, 0) + 1
            if found[where] == 1:

                def fails(shorter: str, where: str = where, published: date | None = published) -> bool:
                    try:
                        check(reader, shorter, published)
                    except Exception as other:
                        return place(other) == where
                    return False

                traceback.print_exception(error, limit=-6)
                small = reduced(fails, text)
                print(f"FAIL {where}\n  {error!s:.200}\n  published {published}, reduced: {ascii(small)[:1500]}", flush=True)
        took = time.monotonic() - began
        if took > options.slow and slow:
            print(f"SLOW {took:.1f} s: {len(text):,} characters, {len(text.split()):,} words: {text[:120]!a}", flush=True)
    print(f"{number:,} texts; " + ("nothing failed" if not found else "; ".join(f"{n} x {w}" for w, n in found.items())))


if __name__ == "__main__":
    main()
