"""Articles of our own making in four languages, as values: every page that shows one must be read back to it."""

# ruff: noqa: E501, SIM905 - running text is easier to read unbroken, and words as words

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class Person:
    """Somebody in the byline, with the note that the outlet prints."""

    name: str
    bio: str


@dataclass(frozen=True)
class Card:
    """A related piece."""

    title: str
    url: str
    day: datetime
    author: str
    summary: str
    kind: str
    topic: str


@dataclass(frozen=True)
class Shot:
    """A picture: caption and credit apart."""

    src: str
    alt: str
    caption: str
    credit: str


@dataclass(frozen=True)
class Tongue:
    """The words that an outlet of one language puts around its articles."""

    code: str
    by: str
    joint: str
    published: str
    updated: str
    kind: str
    topics: str
    related: tuple[str, ...]
    about: str
    note: str
    photo: str
    licensed: str
    months: tuple[str, ...]
    written: str

    def day(self, when: datetime) -> str:
        """A day as people of this language write it."""
        return self.written.format(d=when.day, m=self.months[when.month - 1], y=when.year)


@dataclass(frozen=True)
class Story:
    """One article. ``blocks`` are (kind, content) pairs in order; the kinds are p, h2, h3, ul, ol, quote, table, dl, shot."""

    tongue: Tongue
    title: str
    people: tuple[Person, ...]
    published: datetime
    updated: datetime
    kind: str
    topics: tuple[str, ...]
    summary: str
    blocks: tuple[tuple[str, object], ...]
    sentence: str
    derived: tuple[str, str]
    licence: str
    cards: tuple[Card, ...]

    @property
    def url(self) -> str:
        """Where the outlet shows it."""
        return f"https://quay.example/2026/02/{'-'.join(self.title.lower().split()[:4])}"

    @property
    def names(self) -> tuple[str, ...]:
        """The people in the byline."""
        return tuple(person.name for person in self.people)

    def of(self, kind: str) -> list[object]:
        """The contents of all blocks of one kind."""
        return [content for name, content in self.blocks if name == kind]

    @property
    def shots(self) -> list[Shot]:
        """Its pictures."""
        return [content for content in self.of("shot") if isinstance(content, Shot)]

    @property
    def headings(self) -> tuple[str, ...]:
        """Its headings in order."""
        return tuple(str(content) for name, content in self.blocks if name in ("h2", "h3"))

    @property
    def words(self) -> str:
        """Its words in order, blanks folded; captions are none of them."""
        return " ".join(word for name, content in self.blocks for word in _words(name, content).split())


def _words(name: str, content: object) -> str:
    if name == "shot":
        return ""
    if isinstance(content, tuple):
        return " ".join(_words("", part) for part in content)
    return str(content)


def at(text: str) -> datetime:
    """A moment with its zone."""
    return datetime.fromisoformat(text)


ENGLISH = Tongue(
    code="en",
    by="By",
    joint="and",
    published="Published",
    updated="Updated",
    kind="Publication type",
    topics="Topics",
    related=("Related", "Related Publications", "Read next", "More on this topic", "You may also like", "See also"),
    about="About the authors",
    note="Editor’s note",
    photo="Photo",
    licensed="This work is licensed under a {} licence.",
    months=tuple("January February March April May June July August September October November December".split()),
    written="{m} {d}, {y}",
)
GERMAN = Tongue(
    code="de",
    by="Von",
    joint="und",
    published="Veröffentlicht am",
    updated="Aktualisiert am",
    kind="Textart",
    topics="Themen",
    related=("Mehr zum Thema", "Lesen Sie auch", "Verwandte Artikel", "Das könnte Sie auch interessieren"),
    about="Über die Autoren",
    note="Anmerkung der Redaktion",
    photo="Foto",
    licensed="Dieser Text steht unter der Lizenz {}.",
    months=tuple("Januar Februar März April Mai Juni Juli August September Oktober November Dezember".split()),
    written="{d}. {m} {y}",
)
FRENCH = Tongue(
    code="fr",
    by="Par",
    joint="et",
    published="Publié le",
    updated="Mis à jour le",
    kind="Type de publication",
    topics="Thèmes",
    related=("À lire aussi", "Sur le même sujet", "Articles liés"),
    about="À propos des auteurs",
    note="Note de la rédaction",
    photo="Photo",
    licensed="Ce texte est publié sous licence {}.",
    months=tuple("janvier février mars avril mai juin juillet août septembre octobre novembre décembre".split()),
    written="{d} {m} {y}",
)
SPANISH = Tongue(
    code="es",
    by="Por",
    joint="y",
    published="Publicado el",
    updated="Actualizado el",
    kind="Tipo de publicación",
    topics="Temas",
    related=("Artículos relacionados", "Contenidos relacionados", "Te puede interesar"),
    about="Sobre los autores",
    note="Nota del editor",
    photo="Foto",
    licensed="Este texto se publica con licencia {}.",
    months=tuple("enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre".split()),
    written="{d} de {m} de {y}",
)

LONG = (
    "A crossing that is called off leaves a line in the register, and the lines can be read together. When the harbour "
    "office did so for the first time, it found that fog was blamed on days without fog, and that nobody had ever asked. "
    "The report says what the office did next, and what the crews think of it."
)
BY = "https://creativecommons.org/licenses/by/4.0/"
NC = "https://creativecommons.org/licenses/by-nc-nd/4.0/"

HARBOUR = Story(
    tongue=ENGLISH,
    title="Salt and the Slow Harbour",
    people=(
        Person("Mara Quill", "Mara Quill is a fellow at the Tidal School, where she keeps the harbour register."),
        Person("Otto Reed", "Otto Reed teaches knots at the Lantern Workshop and sails in summer."),
    ),
    published=at("2026-02-02T10:30:00+01:00"),
    updated=at("2026-02-03T08:00:00+01:00"),
    kind="Analysis",
    topics=("Ports", "Tides"),
    summary="Why the ferries stood still, and what a small harbour can learn from its own register.",
    blocks=(
        (
            "p",
            "The harbour office counts the crossings every evening, and in winter it also counts the ones that did not happen. For a hundred years nobody asked what the second number was good for.",
        ),
        (
            "shot",
            Shot(
                "/pictures/north-mole.jpg",
                "Boats in fog",
                "Boats wait behind the north mole at dawn, Sept. 27, 2025.",
                "Ina Salt/Lantern Pictures",
            ),
        ),
        (
            "p",
            "It turns out to be the more honest of the two, because a crossing that is called off leaves a reason in the register, and reasons can be added up like boats.",
        ),
        ("h2", "What the Register Shows"),
        (
            "p",
            "Between October and March the reasons fall into three heaps, and the heaps have grown at different speeds since the new mole was built:",
        ),
        (
            "ul",
            (
                "fog that comes in before noon and stays",
                "salt in the hoists, which nobody greased",
                "crews that were promised and not hired",
            ),
        ),
        (
            "p",
            "Only the first of them is weather. The other two are decisions, and decisions can be taken back by the same people who took them, provided that they are shown the register.",
        ),
        ("quote", "A harbour that does not know why it stood still will stand still again for the same reason."),
        ("h3", "The Winters One by One"),
        (
            "p",
            "The table gives the days on which no ferry left, winter by winter, as the office wrote them down at the time.",
        ),
        ("table", (("Winter", "Days"), ("2023", "11"), ("2024", "17"), ("2025", "26"))),
        ("h2", "What to Do Next"),
        (
            "p",
            "What follows from this is not a grand plan but a short list, and the first thing on it costs nothing at all: the register should be read aloud once a month in the hall where the crews are paid.",
        ),
        ("p", "The second is grease."),
        (
            "p",
            "The third takes money, and therefore takes the council, which meets again in spring when the fog is gone and the hoists are dry and nobody remembers why it was asked.",
        ),
    ),
    sentence="This is an adapted excerpt from an article originally published by Lantern Quarterly.",
    derived=("adapted_excerpt", "Lantern Quarterly"),
    licence=BY,
    cards=(
        Card(
            "Who Counts the Boats at Night",
            "/2026/01/who-counts",
            at("2026-01-15T00:00:00+00:00"),
            "Ina Salt",
            LONG,
            "Report",
            "Ports",
        ),
        Card(
            "A Short History of the North Mole",
            "/2025/12/north-mole",
            at("2025-12-08T00:00:00+00:00"),
            "Piet Lantern",
            "Three storms and one engineer made it what it is, and the fourth storm will come.",
            "Essay",
            "Coast",
        ),
        Card(
            "It’s Time to Grease the Hoists",
            "/2025/11/grease",
            at("2025-11-20T00:00:00+00:00"),
            "Ruth Agnes van der Mole",
            LONG.replace("crossing", "hoist"),
            "Analysis",
            "Ports",
        ),
    ),
)

LAMPS = Story(
    tongue=ENGLISH,
    title="“The Lamp Goes Out”: Five Questions on the Last Keeper’s Log",
    people=(
        Person(
            "Ruth Agnes van der Mole",
            "Ruth Agnes van der Mole is the senior director for coastal affairs at the Institute for Lamps and Fog and the author of “Oil and Glass” (Lantern Books, 2019).",
        ),
    ),
    published=at("2025-11-20T17:45:00-05:00"),
    updated=at("2025-12-01T09:15:00-05:00"),
    kind="Commentary",
    topics=("Coast", "History & Memory", "Work"),
    summary="The log of the last keeper says less about lamps than about the people who paid for them.",
    blocks=(
        (
            "p",
            "When the last keeper of the Westering Light closed the log on a wet Thursday, she wrote a single line. It said that the lamp was out, that the door was locked, and that the key hung where it always hung.",
        ),
        (
            "p",
            "Historians have since asked what she meant by “always.” The answers differ; the log does not, and it is worth reading slowly.",
        ),
        (
            "shot",
            Shot(
                "/img/2025/westering-1200x800.jpg?itok=9",
                "A tower on a rock",
                "The Westering Light on its last evening with a keeper. Visitors came by boat.",
                "Jo Harrow/The Quay Review",
            ),
        ),
        ("h2", "Who Paid for the Oil?"),
        (
            "p",
            "For most of its life the tower was paid for by a levy on salt. The levy was hated, and it was small, and both of these facts mattered when it was abolished.",
        ),
        (
            "ol",
            (
                "First the levy was halved, which nobody noticed.",
                "Then it was moved to another ledger, which everybody noticed.",
                "At last it was forgotten in both.",
            ),
        ),
        ("h2", "What Did the Machines Change?"),
        (
            "p",
            "The machines came in crates, with a manual in a language that no keeper read. They did what they were built to do, and one thing more: they made the night shift a day shift.",
        ),
        (
            "quote",
            "We did not lose the light. We lost the person who would have told us that it flickered, and it took us eleven years to see the difference.",
        ),
        (
            "shot",
            Shot(
                "/img/2025/crate.png",
                "An open crate",
                "A crate with the first machine, as it was found in the cellar.",
                "Courtesy of the Westering Parish Archive",
            ),
        ),
        (
            "p",
            "That is a strong claim, and the log supports it only in part; of the 112 entries that mention a flicker, 40 were made by one man in one winter.",
        ),
        ("h2", "U.S. and Island Views"),
        (
            "p",
            "Across the water the same question was asked with more money and less patience. The answer was a fund, and the fund still exists, though it lights nothing.",
        ),
        ("p", "None of this is an argument for going back. It is an argument for keeping a log, and for reading it."),
    ),
    sentence="A version of this article originally appeared in the Lamp and Fog Review.",
    derived=("version_of", "Lamp and Fog Review"),
    licence=NC,
    cards=(
        Card(
            "Three Conditions for a Successful Harbour Plan",
            "/2025/10/three-conditions",
            at("2025-10-13T00:00:00+00:00"),
            "Mara Quill",
            LONG,
            "Analysis",
            "Ports",
        ),
        Card(
            "What the Fog Owes Us",
            "/2025/09/what-the-fog-owes-us",
            at("2025-09-04T00:00:00+00:00"),
            "Otto Reed",
            LONG.replace("fog", "rain"),
            "Commentary",
            "Coast",
        ),
    ),
)

DEICH = Story(
    tongue=GERMAN,
    title="Wer zählt die Boote im Nebel?",
    people=(
        Person("Ina Salzig", "Ina Salzig ist wissenschaftliche Mitarbeiterin am Institut für Deiche und Nebel."),
        Person("Peer Lotse", "Peer Lotse arbeitet als Hafenmeister auf der Insel Möw und schreibt über Gezeiten."),
        Person("Uta Brandung", "Uta Brandung leitet das Archiv der Lampenwerkstatt."),
    ),
    published=at("2026-01-12T07:00:00+01:00"),
    updated=at("2026-01-13T18:20:00+01:00"),
    kind="Analyse",
    topics=("Häfen", "Küste"),
    summary="Das Register der Fähren zeigt, was niemand gefragt hat: warum sie nicht fuhren.",
    blocks=(
        (
            "p",
            "Jeden Abend zählt das Hafenamt die Überfahrten, und im Winter zählt es auch die, die ausgefallen sind. Hundert Jahre lang hat niemand gefragt, wozu die zweite Zahl gut ist.",
        ),
        (
            "shot",
            Shot(
                "/bilder/mole.jpg",
                "Boote im Nebel",
                "Boote warten am kürzesten Tag des Jahres hinter der Mole.",
                "Jo Harrow/Lampenbild",
            ),
        ),
        ("h2", "Was im Register steht"),
        (
            "p",
            "Zwischen Oktober und März fallen die Gründe in zwei Haufen, und beide sind gewachsen, seit die neue Mole steht:",
        ),
        ("ul", ("Nebel, der vor Mittag kommt und bleibt", "Salz in den Winden, die niemand geschmiert hat")),
        (
            "p",
            "Nur der erste ist Wetter. Der zweite ist eine Entscheidung, und Entscheidungen lassen sich zurücknehmen.",
        ),
        ("quote", "Ein Hafen, der nicht weiß, warum er stillstand, wird aus demselben Grund wieder stillstehen."),
        ("h2", "Was jetzt zu tun ist"),
        (
            "p",
            "Daraus folgt kein großer Plan, sondern eine kurze Liste, und das Erste darauf kostet nichts: Das Register wird einmal im Monat dort vorgelesen, wo die Mannschaften ihren Lohn bekommen.",
        ),
    ),
    sentence="Dieser Artikel erschien zuerst in der Lampenrundschau.",
    derived=("originally_published", "Lampenrundschau"),
    licence=BY,
    cards=(
        Card(
            "Eine kurze Geschichte der Mole",
            "/2025/12/mole",
            at("2025-12-08T00:00:00+00:00"),
            "Peer Lotse",
            "Drei Stürme und eine Ingenieurin haben sie zu dem gemacht, was sie ist, und der vierte Sturm kommt bestimmt.",
            "Essay",
            "Küste",
        ),
        Card(
            "Was uns der Nebel schuldet",
            "/2025/10/nebel",
            at("2025-10-20T00:00:00+00:00"),
            "Uta Brandung",
            "Der Nebel nimmt, was er will, und gibt es selten zurück; eine Rechnung in drei Posten und ohne Mehrwertsteuer.",
            "Kommentar",
            "Häfen",
        ),
    ),
)

PHARE = Story(
    tongue=FRENCH,
    title="Le phare sans gardien",
    people=(
        Person("Inès Marée", "Inès Marée est chercheuse à l’École des marées et tient le registre du port."),
        Person("Léo Brume", "Léo Brume enseigne les nœuds à l’Atelier de la lanterne."),
    ),
    published=at("2026-02-09T06:30:00+01:00"),
    updated=at("2026-02-10T12:00:00+01:00"),
    kind="Analyse",
    topics=("Ports", "Marées"),
    summary="Pourquoi les bacs sont restés à quai, et ce qu’un petit port peut apprendre de son registre.",
    blocks=(
        (
            "p",
            "Chaque soir, le bureau du port compte les traversées, et l’hiver il compte aussi celles qui n’ont pas eu lieu. Pendant cent ans, personne n’a demandé à quoi servait le second chiffre.",
        ),
        (
            "shot",
            Shot(
                "/images/mole-nord.jpg",
                "Des bateaux dans la brume",
                "Des bateaux attendent derrière le môle, à l’aube du jour le plus court.",
                "Ana Sel/Images de la lanterne",
            ),
        ),
        ("h2", "Ce que dit le registre"),
        (
            "p",
            "D’octobre à mars, les raisons forment deux tas, qui ont grandi depuis la construction du nouveau môle :",
        ),
        ("ul", ("la brume qui vient avant midi et qui reste", "le sel dans les treuils, que personne n’a graissés")),
        ("quote", "Un port qui ignore pourquoi il s’est arrêté s’arrêtera encore pour la même raison."),
        ("h2", "Que faire maintenant ?"),
        (
            "p",
            "Il n’en sort pas de grand plan mais une courte liste, et le premier point ne coûte rien : lire le registre à voix haute une fois par mois, là où l’on paie les équipages.",
        ),
    ),
    sentence="Cet article a été initialement publié dans La Revue des lampes.",
    derived=("originally_published", "La Revue des lampes"),
    licence=BY,
    cards=(
        Card(
            "Petite histoire du môle nord",
            "/2025/12/mole",
            at("2025-12-08T00:00:00+00:00"),
            "Léo Brume",
            "Trois tempêtes et une ingénieure en ont fait ce qu’il est, et la quatrième tempête viendra un jour.",
            "Essai",
            "Côte",
        ),
        Card(
            "Ce que la brume nous doit",
            "/2025/10/brume",
            at("2025-08-20T00:00:00+00:00"),
            "Ana Sel",
            "La brume prend ce qu’elle veut et le rend rarement ; une facture en trois lignes, sans taxe et sans remise.",
            "Tribune",
            "Ports",
        ),
    ),
)

FARO = Story(
    tongue=SPANISH,
    title="El faro sin guardián",
    people=(Person("Lía Marea", "Lía Marea es investigadora del Instituto de la Niebla y escribe sobre puertos."),),
    published=at("2026-02-16T09:00:00-03:00"),
    updated=at("2026-02-17T10:00:00-03:00"),
    kind="Análisis",
    topics=("Puertos", "Costa"),
    summary="Por qué los barcos se quedaron quietos y qué puede aprender un puerto pequeño de su registro.",
    blocks=(
        (
            "p",
            "Cada tarde la oficina del puerto cuenta las travesías, y en invierno cuenta también las que no hubo. Durante cien años nadie preguntó para qué servía el segundo número.",
        ),
        (
            "shot",
            Shot(
                "/fotos/muelle.jpg",
                "Barcos en la niebla",
                "Barcos esperan detrás del muelle al amanecer.",
                "Ana Sal/Luz Fotos",
            ),
        ),
        ("h2", "Lo que dice el registro"),
        (
            "p",
            "De octubre a marzo las razones forman dos montones, y los dos han crecido desde que está el muelle nuevo:",
        ),
        ("ul", ("la niebla que llega antes del mediodía y se queda", "la sal en los tornos, que nadie engrasó")),
        ("quote", "Un puerto que no sabe por qué se detuvo volverá a detenerse por la misma razón."),
        ("h2", "Lo que queda por hacer"),
        (
            "p",
            "De esto no sale un gran plan sino una lista corta, y lo primero no cuesta nada: leer el registro en voz alta una vez al mes, allí donde se paga a las tripulaciones.",
        ),
    ),
    sentence="Este artículo fue publicado originalmente en La Revista del Faro.",
    derived=("originally_published", "La Revista del Faro"),
    licence=BY,
    cards=(
        Card(
            "Breve historia del muelle norte",
            "/2025/12/muelle",
            at("2025-12-08T00:00:00+00:00"),
            "Ana Sal",
            "Tres tormentas y una ingeniera lo hicieron lo que es, y la cuarta tormenta llegará cuando nadie la espere.",
            "Ensayo",
            "Costa",
        ),
        Card(
            "Lo que nos debe la niebla",
            "/2025/10/niebla",
            at("2025-10-20T00:00:00+00:00"),
            "Lía Marea",
            "La niebla toma lo que quiere y rara vez lo devuelve; una cuenta de tres renglones, sin impuestos ni descuento.",
            "Comentario",
            "Puertos",
        ),
    ),
)

STORIES = (HARBOUR, LAMPS, DEICH, PHARE, FARO)
