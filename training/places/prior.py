"""What is expected of the weights before any corpus is seen, in units of score: about 1.7 outweigh ten times the population.

A weight with a prior never changes its sign. The corpora are English, mostly local and American, and one of them was chosen for
towns that are named like capitals; what they cannot teach reports of conflict is held near its prior.
"""

from __future__ import annotations

import numpy as np

from whoholds.grounding.places.features import FIRST, NAMES
from whoholds.grounding.places.scoring import Weights

PRIOR = {
    "prominence": 1.5,
    "best known": 0.5,
    "alias": -0.3,
    "alternate name": -1.5,
    "country": 2.0,
    "capital": 0.3,
    "wide area": 0.7,
    "area named like its town": -3.0,
    "feature agrees": 3.5,
    "feature differs": -1.5,
    "container": 4.0,
    "spelling": -2.0,
    "capital that governs": 2.0,
    "named like the outlet": 1.0,
    "outlet's country": 1.2,
    "country named": 2.5,
    "share of the countries named": 2.5,
    "share of the country": 2.0,
    "division named": 2.0,
    "share of the division": 2.0,
    "near": 2.0,
    "in the neighbourhood": 1.0,
    "company": 1.0,
    "most company": 0.7,
    "country of the dateline": 0.7,
    "near the dateline": 0.7,
    "like those listed with it": 2.0,
    "as elsewhere": 3.0,
    "areas named": 1.0,
    "division of the country spoken of": 1.0,
    "capital of the country spoken of": 1.0,
    "capital, but a namesake's country is spoken of": -1.0,
    "large town, but a namesake's country is spoken of": -0.5,
    "only a namesake's country is spoken of": -2.5,
}

HELD_WIDTH = 0.25
# Held near their priors, each for a reason.
HELD = frozenset(
    {
        "area named like its town",  # both are as near to gold; in reports of war the bare name is the town's
        "alias",  # a province is an alias of its bare name; the corpora have few provinces
        "capital",  # LGL was collected for the Parises and Londons that are none
        "container",  # "Paris, Texas" is learnt as well from Texas being named, but must hold without it
        "feature agrees",  # an area and its town are as near to gold: no corpus tells them apart
        "feature differs",
        "outlet's country",  # of local papers true, of those who report on wars not
        "spelling",  # no corpus has war reports' transliterations
        "country of the dateline",  # few datelines in the corpora are of another country than everything else
        "near the dateline",
        "as elsewhere",
        # Local papers name countries in passing, reports of war the one they are about.
        "share of the countries named",
        "only a namesake's country is spoken of",
    }
)


def prior() -> Weights:
    """The expected weights of both looks; those of features not in PRIOR are 0."""
    return Weights(np.array([PRIOR.get(name, 0.0) for name in FIRST]), np.array([PRIOR.get(name, 0.0) for name in NAMES]))
