"""What a piece is about: its type, topics and summary.

For type and summary the reader's word comes before the machine's, which is the vaguer one ("NewsArticle").
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from syndicate.collect.dates import day_in
from syndicate.collect.labels import byline_in, label_alone, labelled, names_a_kind
from syndicate.collect.page_fields import Sight, by_recipe, in_meta, in_nodes
from syndicate.collect.page_lines import classed, labelled_values
from syndicate.collect.said import Said
from syndicate.collect.words import one_line, title_of

_LONGEST_KICKER = 40
_LONGEST_SUMMARY = 2000
_LONGEST_TYPE = 60
_MOST_TOPICS = 30
_KINDS = {"AnalysisNewsArticle": "Analysis", "OpinionNewsArticle": "Opinion", "Report": "Report", "Review": "Review"}
_VAGUE = frozenset({"article", "website", "blog", "object", "webpage", "newsarticle", "blogposting", "text", "page"})


def _kind(said: Said[str] | None) -> Said[str] | None:
    """A type as a word or two; what says no more than that there is a page is none."""
    kind = title_of(said.value) if said else ""
    told = labelled(kind)
    kind = told[1] if told else kind
    usable = kind and len(kind) <= _LONGEST_TYPE and kind.casefold() not in _VAGUE
    return Said(value=kind, place=said.place, raw=said.raw) if said and usable else None


def visible_type(sight: Sight) -> Said[str] | None:
    return next((said for told in labelled_values(sight.lines, "type") if (said := _kind(told))), None)


def type_by_recipe(sight: Sight) -> Said[str] | None:
    return _kind(by_recipe(sight, "type"))


def type_in_entry(sight: Sight) -> Said[str] | None:
    return _kind(Said(value=sight.entry.type, place=sight.entry.place, raw=sight.entry.type))


def type_in_json_ld(sight: Sight) -> Said[str] | None:
    kind = next((kind for kind in sight.marks.kinds() if kind in _KINDS), "")
    told = Said(value=_KINDS[kind], place="JSON-LD @type", raw=kind) if kind else None
    return _kind(in_nodes(sight, "genre")) or _kind(in_nodes(sight, "learningResourceType")) or told


def type_in_meta(sight: Sight) -> Said[str] | None:
    return _kind(
        in_meta(sight, "article:type", "content-type-name", "dc.type", "dcterms.type", "parsely-type", "genre")
    )


def type_by_class(sight: Sight) -> Said[str] | None:
    told = next(classed(sight.lines, "type"), None)
    return _kind(Said(value=told.value[0], place=told.place, raw=told.raw)) if told else None


def type_above_the_heading(sight: Sight) -> Said[str] | None:
    """The line right above the heading, where it is the name of a type that outlets use."""
    line = sight.parts.kicker
    return Said(value=line, place="line above the heading", raw=line) if names_a_kind(line) else None


TYPE = (
    *(visible_type, type_by_recipe, type_in_entry, type_in_json_ld, type_in_meta),
    *(type_by_class, type_above_the_heading),
)


def topics_in_json_ld(sight: Sight) -> Said[tuple[str, ...]] | None:
    for key in ("articleSection", "about"):
        for place, values in sight.marks.texts(key):
            return Said(value=_terms(values), place=place, raw=", ".join(values))
    return None


def topics_in_meta(sight: Sight) -> Said[tuple[str, ...]] | None:
    told = sight.marks.meta.get("article:section", ())
    return Said(value=tuple(dict.fromkeys(told)), place="meta article:section", raw=", ".join(told)) if told else None


def topics_by_recipe(sight: Sight) -> Said[tuple[str, ...]] | None:
    told = sight.site.get("topic", ())
    values = _terms(label[1] if (label := labelled(text)) else text for text in told)
    return Said(value=values, place="page recipe topic", raw=", ".join(told)) if values else None


def topics_in_entry(sight: Sight) -> Said[tuple[str, ...]] | None:
    told = sight.entry.topics
    return Said(value=told, place=sight.entry.place, raw=", ".join(told)) if told else None


def visible_topics(sight: Sight) -> Said[tuple[str, ...]] | None:
    for said in labelled_values(sight.lines, "topics"):
        topics = _terms([said.value])
        if topics:
            return Said(value=topics, place=said.place, raw=said.raw)
    return None


def _terms(told: Iterable[str]) -> tuple[str, ...]:
    parts = (part.strip() for text in told for part in re.split(r"[,;|،、]", text))
    return tuple(dict.fromkeys(part for part in parts if part and "://" not in part))[:_MOST_TOPICS]


def topics_by_class(sight: Sight) -> Said[tuple[str, ...]] | None:
    return next(classed(sight.lines, "topics"), None)


def kicker(sight: Sight) -> Said[tuple[str, ...]] | None:
    """The short line right above the heading, unless it is something else."""
    line = sight.parts.kicker
    other = not line or len(line) > _LONGEST_KICKER or byline_in(line) or labelled(line) or day_in(line, sight.now)
    if other or line.casefold() in {name.casefold() for name in sight.site_names} or line.endswith((".", ":", "!")):
        return None
    return (
        None
        if label_alone(line) or names_a_kind(line)
        else Said(value=(line,), place="line above the heading", raw=line)
    )


def tags_of_entry(sight: Sight) -> Said[tuple[str, ...]] | None:
    told = sight.entry.tags
    return Said(value=told, place=sight.entry.place, raw=", ".join(told)) if told else None


TOPICS = (
    *(topics_in_json_ld, topics_in_meta, topics_by_recipe, topics_in_entry),
    *(visible_topics, topics_by_class, kicker, tags_of_entry),
)


def summary_in_entry(sight: Sight) -> Said[str] | None:
    text = one_line(sight.entry.summary)[:_LONGEST_SUMMARY]
    return Said(value=text, place=sight.entry.place, raw=text) if text else None


def summary_in_json_ld(sight: Sight) -> Said[str] | None:
    return _summary(in_nodes(sight, "description"))


def summary_in_meta(sight: Sight) -> Said[str] | None:
    return _summary(in_meta(sight, "og:description", "description", "dc.description", "twitter:description"))


def _summary(said: Said[str] | None) -> Said[str] | None:
    return Said(value=title_of(said.value)[:_LONGEST_SUMMARY], place=said.place, raw=said.raw) if said else None


SUMMARY = (summary_in_entry, summary_in_json_ld, summary_in_meta)
