"""Published figures, for the effect to be held beside.

The Nile: annual flow at Aswan, 1871–1970, in 10⁸ m³. Public domain, as ``statsmodels.datasets.nile`` gives it;
first analysed by G. W. Cobb 1978, "The problem of the Nile: conditional solution to a changepoint problem",
Biometrika 65, 243–251. It falls after 1898 (``breakpoints(Nile ~ 1)`` of R's strucchange: 28 of 100 before).

Card and Krueger 1994, "Minimum wages and employment", American Economic Review 84, 772–793, table 3: employees
of a fast-food restaurant, full-time equivalents, before and after New Jersey raised its minimum wage.
"""

from __future__ import annotations

from datetime import date
from typing import Final

from earnest.engine.effect import Reading

NILE: Final = (
    1120,
    1160,
    963,
    1210,
    1160,
    1160,
    813,
    1230,
    1370,
    1140,
    995,
    935,
    1110,
    994,
    1020,
    960,
    1180,
    799,
    958,
    1140,
    1100,
    1210,
    1150,
    1250,
    1260,
    1220,
    1030,
    1100,
    774,
    840,
    874,
    694,
    940,
    833,
    701,
    916,
    692,
    1020,
    1050,
    969,
    831,
    726,
    456,
    824,
    702,
    1120,
    1100,
    832,
    764,
    821,
    768,
    845,
    864,
    862,
    698,
    845,
    744,
    796,
    1040,
    759,
    781,
    865,
    845,
    944,
    984,
    897,
    822,
    1010,
    771,
    676,
    649,
    846,
    812,
    742,
    801,
    1040,
    860,
    874,
    848,
    890,
    744,
    749,
    838,
    1050,
    918,
    986,
    797,
    923,
    975,
    815,
    1020,
    906,
    901,
    1170,
    912,
    746,
    919,
    718,
    714,
    740,
)
FALL: Final = date(1899, 1, 1)  # the first year after
RAISE: Final = date(1992, 4, 1)


def nile() -> list[Reading]:
    return [Reading("nile", date(1871 + one, 1, 1), float(flow)) for one, flow in enumerate(NILE)]


def restaurants() -> list[Reading]:
    before, after = date(1992, 2, 15), date(1992, 11, 15)
    return [
        Reading("New Jersey", before, 20.44),
        Reading("New Jersey", after, 21.03),
        Reading("Pennsylvania", before, 23.33),
        Reading("Pennsylvania", after, 21.17),
    ]
