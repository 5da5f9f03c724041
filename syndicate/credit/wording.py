"""The words of credit, by kind and language. Only ``editor`` fills them.

``{publisher}`` is who published the original, ``{outlet}`` through whom we have it.
"""
# ruff: noqa: RUF001 - typographic apostrophes belong into these sentences

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from syndicate.domain.provenance import Kind


@dataclass(frozen=True, slots=True, kw_only=True)
class Wording:
    """The sentences of one language. ``via`` follows a borrowed piece's own sentence, ``via_cut`` where we cut it."""

    borrowed: Mapping[Kind, str]
    own: str
    own_cut: str
    via: str
    via_cut: str
    cut: str
    source: str


_ENGLISH = Wording(
    borrowed={
        Kind.ADAPTED_EXCERPT: "This is an adapted excerpt from an article originally published by {publisher}.",
        Kind.EXCERPT: "This is an excerpt from a text published by {publisher}.",
        Kind.ADAPTED: "Adapted from a text published by {publisher}.",
        Kind.VERSION_OF: "A version of this article was originally published by {publisher}.",
        Kind.ORIGINALLY_PUBLISHED: "Originally published by {publisher}.",
        Kind.REPUBLISHED: "Republished from {publisher}.",
        Kind.CROSS_POST: "Cross-posted from {publisher}.",
        Kind.CO_PUBLISHED: "Co-published with {publisher}.",
        Kind.TRANSLATED: "Translated; the original was published by {publisher}.",
        Kind.COURTESY: "Courtesy of {publisher}.",
        Kind.WIRE: "With material from {publisher}.",
    },
    own="Originally published by {outlet}.",
    own_cut="Excerpt of an article originally published by {outlet}.",
    via="Via {outlet}.",
    via_cut="Via {outlet}, shortened here.",
    cut="Shortened here.",
    source="Source: {outlet}.",
)

_GERMAN = Wording(
    borrowed={
        Kind.ADAPTED_EXCERPT: "Bearbeiteter Auszug aus einem Artikel, der zuerst bei {publisher} erschien.",
        Kind.EXCERPT: "Auszug aus einem Text, der bei {publisher} erschien.",
        Kind.ADAPTED: "Bearbeitet nach einem Text von {publisher}.",
        Kind.VERSION_OF: "Eine Fassung dieses Artikels erschien zuerst bei {publisher}.",
        Kind.ORIGINALLY_PUBLISHED: "Zuerst erschienen bei {publisher}.",
        Kind.REPUBLISHED: "Übernommen von {publisher}.",
        Kind.CROSS_POST: "Auch erschienen bei {publisher}.",
        Kind.CO_PUBLISHED: "Gemeinsam veröffentlicht mit {publisher}.",
        Kind.TRANSLATED: "Übersetzt; das Original erschien bei {publisher}.",
        Kind.COURTESY: "Mit freundlicher Genehmigung von {publisher}.",
        Kind.WIRE: "Mit Material von {publisher}.",
    },
    own="Zuerst erschienen bei {outlet}.",
    own_cut="Auszug aus einem Artikel, der zuerst bei {outlet} erschien.",
    via="Über {outlet}.",
    via_cut="Über {outlet}, hier gekürzt.",
    cut="Hier gekürzt.",
    source="Quelle: {outlet}.",
)

_FRENCH = Wording(
    borrowed={
        Kind.ADAPTED_EXCERPT: "Extrait adapté d’un article initialement publié par {publisher}.",
        Kind.EXCERPT: "Extrait d’un texte publié par {publisher}.",
        Kind.ADAPTED: "Adapté d’un texte publié par {publisher}.",
        Kind.VERSION_OF: "Une version de cet article a été initialement publiée par {publisher}.",
        Kind.ORIGINALLY_PUBLISHED: "Initialement publié par {publisher}.",
        Kind.REPUBLISHED: "Repris de {publisher}.",
        Kind.CROSS_POST: "Publié aussi par {publisher}.",
        Kind.CO_PUBLISHED: "Publié en partenariat avec {publisher}.",
        Kind.TRANSLATED: "Traduit ; l’original a été publié par {publisher}.",
        Kind.COURTESY: "Avec l’aimable autorisation de {publisher}.",
        Kind.WIRE: "Avec {publisher}.",
    },
    own="Initialement publié par {outlet}.",
    own_cut="Extrait d’un article initialement publié par {outlet}.",
    via="Via {outlet}.",
    via_cut="Via {outlet}, abrégé ici.",
    cut="Abrégé ici.",
    source="Source : {outlet}.",
)

_SPANISH = Wording(
    borrowed={
        Kind.ADAPTED_EXCERPT: "Extracto adaptado de un artículo publicado originalmente por {publisher}.",
        Kind.EXCERPT: "Extracto de un texto publicado por {publisher}.",
        Kind.ADAPTED: "Adaptado de un texto publicado por {publisher}.",
        Kind.VERSION_OF: "Una versión de este artículo fue publicada originalmente por {publisher}.",
        Kind.ORIGINALLY_PUBLISHED: "Publicado originalmente por {publisher}.",
        Kind.REPUBLISHED: "Reproducido de {publisher}.",
        Kind.CROSS_POST: "Publicado también por {publisher}.",
        Kind.CO_PUBLISHED: "Publicado en colaboración con {publisher}.",
        Kind.TRANSLATED: "Traducido; el original fue publicado por {publisher}.",
        Kind.COURTESY: "Por cortesía de {publisher}.",
        Kind.WIRE: "Con información de {publisher}.",
    },
    own="Publicado originalmente por {outlet}.",
    own_cut="Extracto de un artículo publicado originalmente por {outlet}.",
    via="Vía {outlet}.",
    via_cut="Vía {outlet}, abreviado aquí.",
    cut="Abreviado aquí.",
    source="Fuente: {outlet}.",
)

WORDINGS: Mapping[str, Wording] = {"en": _ENGLISH, "de": _GERMAN, "fr": _FRENCH, "es": _SPANISH}


def wording(language: str) -> Wording:
    """The wording for a language tag (RFC 5646); its first part decides, and English stands in for what is missing."""
    return WORDINGS.get(language.replace("_", "-").partition("-")[0].lower(), _ENGLISH)
