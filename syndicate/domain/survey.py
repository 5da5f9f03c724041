"""What a source doctor finds out about a site: every way to read it, compared, and the wall that may stand there.

Made by ``collect``, shown by ``cli``; ``request_for_access`` drafts the letter to an outlet that keeps machines out.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from textwrap import fill

from syndicate.domain.outlet import Recipe
from syndicate.domain.site import Site

FIELDS = ("title", "date", "byline", "summary", "type", "topics", "text")
"""What a list may say of a piece, in the order in which a table shows it."""

_WIDTH = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """One way into a site that works. ``filled`` is the share (0 to 1) of pieces with each of ``FIELDS``.

    ``missed`` are pieces (title or link) that other ways show and this one does not, within the time that both cover;
    ``uncertain`` says that this could not be compared, for want of dates. ``conditional`` says that the server answers
    304 to a repeated question. ``article`` says where the text is best read. ``score`` orders the ways, ``reasons``
    says why in words, ``toml`` is the source as it stands in a configuration.
    """

    source: str
    kind: str
    url: str
    found: int
    newest: datetime | None
    oldest: datetime | None
    filled: tuple[float, ...]
    missed: tuple[str, ...] = ()
    uncertain: bool = False
    conditional: bool = False
    article: str = "page"
    recipe: Recipe | None = None
    score: float = 0.0
    reasons: tuple[str, ...] = ()
    toml: str = ""

    def has(self, field: str) -> float:
        """The share of pieces of which this way tells ``field``."""
        return self.filled[FIELDS.index(field)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Closed:
    """An address that was tried and led nowhere, and why, for a person; ``refused`` where the outlet keeps us out."""

    url: str
    problem: str
    refused: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Survey:
    """A site surveyed: its ways in, the best first.

    ``wall`` names what keeps machines out, where something does. ``toml`` is a file for ``config/outlets``, ready to
    use, or empty where no way was found. ``asked`` counts requests. ``articles`` says why the pages behind the lists
    cannot be read, or is empty.
    """

    url: str
    outlet: str
    name: str
    ways: tuple[Way, ...] = ()
    closed: tuple[Closed, ...] = ()
    wall: str = ""
    articles: str = ""
    toml: str = ""
    user_agent: str = ""
    asked: int = 0


def request_for_access(survey: Survey, site: Site) -> str:
    """A letter that asks the outlet to let us in: who we are, what we would read, how often, what we would show."""
    contact = site.contact or "(your address)"
    name = survey.user_agent.partition("/")[0] or "syndicate"
    wanted = f"what you publish at {survey.url}"
    letter = _LETTER.format(
        outlet=survey.name,
        title=site.title,
        url=site.url,
        contact=contact,
        wanted=wanted,
        agent=survey.user_agent,
        robot=name,
        wall=f"a wall against machines ({survey.wall})" if survey.wall else "a refusal",
    )
    return "\n\n".join(map(_wrapped, letter.split("\n\n")))


def _wrapped(paragraph: str) -> str:
    """A paragraph in lines of a letter; lists and signatures keep their lines."""
    prose = len(paragraph) > _WIDTH and "\n- " not in paragraph
    return fill(" ".join(paragraph.split()), _WIDTH, break_long_words=False) if prose else paragraph


_LETTER = """\
Subject: May {title} read what {outlet} publishes?

Dear editors of {outlet},

we are {title} ({url}). We would like to tell our readers about your work: in a newsletter and in feeds, with the title,
the authors' names, the date, a short excerpt within whatever length you allow, and always with a visible credit and a
link to your page. We show nothing else unless you say so, and take down or correct anything when you ask.

Our program tried to read {wanted} and met {wall}. We have not tried to get around it, and will not.

If you agree, any one of these would let us in:
- the address of a feed (RSS, Atom or JSON Feed) that machines may read;
- an exception for our program, which always names itself: {agent}
- access to your content system's API, or a file sent to us, by whatever way suits you.

What you can expect: one request at a time and never more than one a second; each list at most every fifteen minutes
and less often where you publish less; unchanged pages are not fetched again (we send If-None-Match and
If-Modified-Since); Retry-After, Cache-Control and robots.txt (User-agent: {robot}) are obeyed. A line in robots.txt or
a word from you stops us at once.

Questions, terms and refusals reach us at {contact}. Thank you for considering it.

{title}
{contact}
"""
