"""Sides: who counts as whose side on a day.

The problem
-----------
Reports call those who hold ground by many names. "Armenian forces", "ethnic Armenian forces backed by Armenia" and "the Artsakh
Defence Army" held the same villages in November 2020; a report that one lost a village and a report that another lost it agree.
"Wagner" held Bakhmut for Russia in May 2023 and took Rostov from Russia in June. Whether two claims agree, and whether a
speaker speaks against his own side, hangs on who was with whom that day.

What a side is
--------------
Those who **hold ground together**: ground that the one holds would not be said to be lost by the other, because they have one
command, or the one's forces are the other's instrument or guest there. Arms, money, advice, recognition and a common enemy do
not make a side: Iran arms the Houthis and holds no ground in Yemen; Hezbollah fought beside the Syrian army in Syria, and there
they were one side, in Lebanon they never were. Where it is disputed whether a group acts under another's command they stay
apart: two sides that agree can be read side by side, one side that was two hides a loss.

How a side is found
-------------------
`party_of` is the actor before any alliance. States' branches are one party; an organisation is one whatever country the reader
guessed; armed men without a name are the armed men of their country; civilians, media, courts and charities are of no state.

From there *affiliations* are followed (member, side, first and last day). Those that match an actor on the day are ranked:

1. what a person entered in the register, then the actor table, then what claims tell;
2. the narrower member first: an organisation, then words of a name ("Armenian"), then a backer, then a country and role;
3. of entries the later first; of the others an `apart` first.

The first that holds is taken; an `apart` before it bars the side it names, in both directions. The side reached may itself be
of a side, and so on. Where the way would lead to one barred at its beginning the member stays by itself. Where the ways run in
a circle all in it are of one side, named after the state in it, else after the first in the alphabet.

An actor *without a name of its own* counts as of the side of a backer that its name tells ("Turkish-backed rebels", "forces
loyal to the government"), if nothing narrower is known. A named one does not: the Houthis are the same whether a report calls
them Iran-backed or not.

Limits
------
A state is one side through all its governments: who takes the capital takes the key. Sides are whole, not by region: a group
that is with the state in one province and against it in another is one or the other. Unnamed groups of one country and role
that nobody tells apart are one party.
"""

from __future__ import annotations

from whoholds.reconcile.sides.entered import affiliations_of
from whoholds.reconcile.sides.evidence import affiliations_from
from whoholds.reconcile.sides.finding import Sides
from whoholds.reconcile.sides.parties import party_of

__all__ = ["Sides", "affiliations_from", "affiliations_of", "party_of"]
