"""Holdings: who holds a place over which days, on whose word, and who says otherwise, from control testimony.

The problem
-----------
Reports do not say who holds a town; they say that somebody *took* it, *left* it, *holds* it, *fights* for it, or did not. They
say so at different times of days that they know more or less exactly; the same capture is told forty times with four dates;
the side that took it says so before it has, and the side that lost it denies it after. From all that, in whatever order it
came in, there must follow one course of events, with everything that does not fit kept beside it.

Cases
-----
- "Entered on 25 November" and "turned over last week" (16 to 22 November) of two districts: the day of the second is one of
  seven until somebody tells it; then it is that day, and both reports support it.
- Palmyra, taken by Islamic State in May 2015, by the government on 27 March 2016, by Islamic State on 11 December 2016, by the
  government on 2 March 2017; one report has April 2016 for the second. Four changes, not six.
- Bakhmut, 20 May 2023: Russia's side says that it has taken it, Ukraine denies it the same day. One holding, disputed, with
  both claims beside each other; and before that day, as before.
- Kherson, 11 November 2022: Ukraine says it is in the town; Russia says it has left. The side that loses says so: conceded.

The choice
----------
1. `marks`: every claim becomes changes on a day within a window and states on a day, with a hand and a voice.
   What is only planned changes nothing. What a voice has taken back or corrected no longer counts.
2. `flips`: changes are put in order, the same change told several times is one, on its best supported day.
3. `course`: states and denials are laid over them. They support the hand in force, oppose it, or show a flip nobody told.
4. `standing`: each flip is judged by its voices; a party's word counts fully only against its own side.
5. `deriving`: flips become holdings by inertia: each lasts until the next begins. What is told as possible counts where
   nothing else is told, and stands beside it elsewhere.

A day on which a change may or may not have happened belongs to the bounds of both holdings. Asked for such a day, `in_force`
gives the hand before until the last day on which the change can have come: of the two only that one is told. ("Armenia took
it in 1993", "Azerbaijan holds it now", told in 2020: nobody would say Azerbaijan for 2005.)

Nothing depends on the order of the input: every sort ends in a claim's id, and every tie is settled by day or key.

The limits
----------
A place is held whole or contested; parts of a town are other sites. A day is as fine as it gets: a town taken in the morning
and lost in the evening is a disputed day. A change that all sources pass over in silence is found only when somebody tells
who holds. Two alternations within one coarse window ("in 2016") cannot be told apart from one. The windows of days (REACH,
COMPLETES, STALE, RETROSPECT, TWIN, SLACK) were chosen by reading reports, not tuned on a measured corpus: there is none.
"""

from __future__ import annotations

from whoholds.reconcile.holdings.comparing import Shift, changes, in_force
from whoholds.reconcile.holdings.deriving import derive_holdings

__all__ = ["Shift", "changes", "derive_holdings", "in_force"]
