"""The notation: claims as plain text that people read and write, printed by `to_text` and read back by `parse`.

The form
--------
A claim is a head line and indented lines under it. The head says when, what kind, where, and then the matter as a sentence:

    2020-11-25 control Kalbajar (AZ 40.1068 46.0367 #585514): Azerbaijani army [AZE MIL] gains from Armenian forces [ARM MIL]
      said by Azerbaijan's defence ministry [AZE MIL]; actual
      from handover.txt:7 [553:605] "The Azerbaijani army has entered the Kalbajar region"

    undated obligation: extended hand_over by Armenia [ARM GOV] to Azerbaijan [AZE GOV]
      due 2020-11-25, was 2020-11-15
      under "peace agreement"
      asked by Armenia [ARM GOV]
      because "worsening weather conditions"
      own voice; actual
      from handover.txt:11 [1180:1248] "Azerbaijan agreed to delay the takeover after a request from Armenia"

    2020-09-27 event Nagorno-Karabakh (AZ 39.8153 46.7519): ASSAULT by gunmen on "people from Shusha" [AZE CVL "Red Cross"]
      killed 200..9999
      own voice; possible
      from handover.txt:19 [2461:2491] "killing hundreds and possibly "

- *When* and deadlines are EDTF; `undated` and `?` say that none is told. A deadline counted from something whose day is not
  told is an ISO 8601 duration and the words for what: `due P14D after "the ceasefire"`, `due P6M before "its expiry"`.
- *A place* is its name as written, then the country (ISO 3166-1 alpha-2, `-` for none), latitude and longitude in decimal
  degrees, and the GeoNames id after `#` where there is one. A place that was not found has its name only.
- *An actor* is a name as written, then country (alpha-3), role and organisation, whichever are told: `[AZE MIL "Wagner"]`.
- *Matters*: `TYPE by DOERS on UNDERGOERS` (or `to`, `with`, `against`: the word is for the ear and means the same);
  `HOLDER gains|holds from FORMER`, `FORMER loses to HOLDER`, `contested`, with `?` for somebody not named;
  `STEP ACTION by OBLIGORS to BENEFICIARIES`.
- *Counts* have both ends inclusive: `14`, `14..`, `..20`, `200..999`.
- *Speakers* stand nearest to the outlet first, after commas; `, citing` may be written for a comma. Without a `said` or
  `own voice` line the claim is the outlet's own and `actual`.
- *From* names a document, optionally the line, the characters (half-open, code points), and the words. Where the document is
  at hand the characters may be left out, if the words, or the words on that line, occur just once.
- *Names* are bare words; one that holds a mark of the notation, one of its small words (`by`, `on`, `to`, `with`, ...), a line
  break or a direction mark stands in quotes, with JSON's escapes. Everything that cannot be seen is escaped.
- Lines that begin with `#` and blank lines are skipped. Indented lines may stand in any order.

Documents are told once, before their claims, so that the short name in `from` stands for exact text:

    document handover.txt
      sha256 4f1c...
      published 2020-11-25
      title "Azerbaijani army enters Kalbajar, region returned by Armenia"

Alliances stand beside claims among a register's entries: who counts as of whose side, and when; or that somebody does not,
whatever else is known. Both ends of the period are inclusive; `always` has none. They quote nothing and are a person's word:

    2014/2023-06-22 alliance: Wagner [RUS UAF "Wagner Group"] with Russia [RUS GOV]
      because "paid and armed by the state"

    2023-06-23/2023-06-24 alliance: Wagner [RUS UAF "Wagner Group"] apart from Russia [RUS GOV]
      because "the mutiny"

What holds
----------
`parse(to_text(claims, documents))` gives the claims back, reduced to what the notation holds: see `bare`. Derivation,
confidence, runner-up places and the spans of sub-parts are not in it. A claim that cannot be read becomes a Problem at
the words that stopped it, and the others are read all the same.

The notation stands on the model alone; the grammar is in `claims.lark`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from whoholds.notation.alliances import alliance_lines
from whoholds.notation.bare import bare
from whoholds.notation.printing import Line, Piece, claim_lines, document_lines, to_text

if TYPE_CHECKING:
    from collections.abc import Iterable

    from whoholds.model import Allied, Claim, Document, Parted, Problem

__all__ = ["Line", "Piece", "alliance_lines", "bare", "claim_lines", "document_lines", "parse", "parse_acts", "to_text"]


def parse(text: str, *, documents: Iterable[Document] = ()) -> tuple[list[Claim], list[Problem]]:
    """The claims written in a text, and a Problem for each that could not be read, at the words of `Document(text=text)`.

    `documents` are the reports that claims may quote by name or by eight or more digits of their id; words quoted from one of
    them are checked. Empty text gives nothing.
    """
    from whoholds.notation.parsing import parse_text  # the parser generator is not needed to print

    return parse_text(text, documents=documents)


def parse_acts(text: str, *, documents: Iterable[Document] = ()) -> tuple[list[Claim | Allied | Parted], list[Problem]]:
    """The claims and alliances written in a text, in order, and a Problem for each that could not be read; as `parse`.

    `parse` itself takes claims alone and has a Problem for each alliance.
    """
    from whoholds.notation.parsing import parse_acts_text

    return parse_acts_text(text, documents=documents)
