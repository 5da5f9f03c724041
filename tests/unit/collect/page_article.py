"""One article of our own making, as a value: every shape of page shows it, and every reading of them must agree."""

# ruff: noqa: ISC004, E501 - long paragraphs go over two lines

from __future__ import annotations

from dataclasses import dataclass, field

URL = "https://quay.example/2026/02/salt-and-the-slow-harbour"


@dataclass(frozen=True)
class Person:
    name: str
    bio: str


@dataclass(frozen=True)
class Card:
    title: str
    url: str
    day: str
    author: str
    kind: str


@dataclass(frozen=True)
class Article:
    title: str = "Salt and the Slow Harbour"
    people: tuple[Person, ...] = (
        Person("Mara Quill", "Mara Quill is a fellow at the Tidal School, where she keeps the harbour register."),
        Person("Otto Reed", "Otto Reed teaches knots at the Lantern Workshop and sails in summer."),
    )
    published: str = "2026-02-02T10:30:00+01:00"
    day: str = "2 February 2026"
    updated: str = "2026-02-03T08:00:00+01:00"
    updated_day: str = "3 February 2026"
    kind: str = "Analysis"
    topics: tuple[str, ...] = ("Ports", "Tides")
    picture: str = "/pictures/north-mole.jpg"
    alt: str = "Boats in fog"
    caption: str = "Boats wait behind the north mole at dawn on the shortest day of the year."
    credit: str = "Ina Salt/Lantern Pictures"
    sentence: str = "This is an adapted excerpt from an article originally published by Lantern Quarterly."
    licence: str = "https://creativecommons.org/licenses/by/4.0/"
    summary: str = "Why the ferries stood still, and what a small harbour can learn from its own register."
    cards: tuple[Card, ...] = (
        Card("Who Counts the Boats at Night", "/2026/01/who-counts", "15 January 2026", "Ina Salt", "Report"),
        Card("A Short History of the North Mole", "/2025/12/north-mole", "8 December 2025", "Piet Lantern", "Essay"),
    )
    first: tuple[str, ...] = (
        "The harbour office counts the crossings every evening, and in winter it also counts the ones that did not "
        "happen. For a hundred years nobody asked what the second number was good for.",
        "It turns out to be the more honest of the two, because a crossing that is called off leaves a reason in the "
        "register, and reasons can be added up like boats.",
    )
    second: tuple[str, ...] = (
        "Between October and March the reasons fall into three heaps, and the heaps have grown at different speeds since "
        "the new mole was built:",
    )
    points: tuple[str, ...] = (
        "fog that comes in before noon and stays",
        "salt in the hoists, which nobody greased",
        "crews that were promised and not hired",
    )
    third: tuple[str, ...] = (
        "Only the first of them is weather. The other two are decisions, and decisions can be taken back by the same "
        "people who took them, provided that they are shown the register.",
    )
    quote: str = "A harbour that does not know why it stood still will stand still again for the same reason."
    fourth: tuple[str, ...] = (
        "The table gives the days on which no ferry left, winter by winter, as the office wrote them down at the time.",
    )
    rows: tuple[tuple[str, str], ...] = (("Winter", "Days"), ("2023", "11"), ("2024", "17"), ("2025", "26"))
    fifth: tuple[str, ...] = (
        "What follows from this is not a grand plan but a short list, and the first thing on it costs nothing at all: "
        "the register should be read aloud once a month in the hall where the crews are paid.",
        "The second is grease. The third takes money, and therefore takes the council, which meets again in spring "
        "when the fog is gone and the hoists are dry and nobody remembers why it was asked.",
    )
    headings: tuple[str, ...] = ("What the Register Shows", "The Winters One by One", "What to Do Next")
    language: str = "en"
    extra: dict[str, str] = field(default_factory=dict)

    @property
    def names(self) -> str:
        return " and ".join(person.name for person in self.people)

    @property
    def words(self) -> str:
        """The text as it must be read: blocks in order, blanks folded."""
        cells = [cell for row in self.rows for cell in row]
        blocks = [*self.first, self.headings[0], *self.second, *self.points, *self.third, self.quote]
        blocks += [self.headings[1], *self.fourth, *cells, self.headings[2], *self.fifth]
        return " ".join(blocks)


ARTICLE = Article()
