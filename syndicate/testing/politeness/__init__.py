"""A politeness score for any collector of feeds: forty behaviours, played by a server on loopback, offline.

A behaviour is what a well-behaved collector does towards a publisher, in one sentence, with the standard or the habit
it comes from. ``python -m syndicate.testing.politeness`` scores syndicate; with ``--command "mine {url}"`` anything
else. From Python::

    marks = score(Candidate(name="mine", make=MySubject, can=frozenset({Need.TIME})), clock)
    print(marks.table())

A collector that can be given the time goes through months in seconds; one that cannot is measured in what needs none.
"""

from __future__ import annotations

from syndicate.testing.politeness.score import BEHAVIOURS, Mark, Marked, Score, score
from syndicate.testing.politeness.stage import Behaviour
from syndicate.testing.politeness.subjects import Ask, Candidate, Held, Need, Subject, of_command

__all__ = [
    "BEHAVIOURS",
    "Ask",
    "Behaviour",
    "Candidate",
    "Held",
    "Mark",
    "Marked",
    "Need",
    "Score",
    "Subject",
    "of_command",
    "score",
]
