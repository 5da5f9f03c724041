"""Our own words in letters and notices, one table per language, English where a language has none.

The words of a credit are not here: the ``credit`` room alone writes those.
"""

from __future__ import annotations

from dataclasses import dataclass

from syndicate.render.environment import locale_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """What we say ourselves. Names in braces are filled with ``str.format``."""

    subject_one: str
    subject_more: str
    subject_more_after_stop: str
    byline: str
    conjunction: str
    read_on: str
    related: str
    why: str
    leave: str
    web_copy: str
    contact: str
    confirm_subject: str
    confirm_title: str
    confirm_asked: str
    confirm_press: str
    confirm_button: str
    confirm_ignore: str
    confirm_expiry: str
    confirm_plain_link: str


_ENGLISH = Words(
    subject_one="{lead}: {digest}",
    subject_more="{lead}, and {count} more: {digest}",
    subject_more_after_stop="{lead} And {count} more: {digest}",
    byline="By {authors}",
    conjunction="and",
    read_on="Read the full piece at {outlet}",
    related="Related",
    why="You get this letter because {address} is subscribed to {digest}.",
    leave="Unsubscribe from {digest}",
    web_copy="Read this edition on the web",
    contact="Questions? Write to {contact}",
    confirm_subject="Please confirm: {digest}",
    confirm_title="Shall we write to you?",
    confirm_asked="Somebody, most likely you, asked {site} to send {digest} to {address}.",
    confirm_press="If that was you, confirm it with the button below, and the next edition will come to you.",
    confirm_button="Yes, send me {digest}",
    confirm_ignore="If it was not you, do nothing and you will hear nothing more.",
    confirm_expiry="The link works for 7 days.",
    confirm_plain_link="If the button does not work, open this address:",
)

_GERMAN = Words(
    subject_one="{lead}: {digest}",
    subject_more="{lead}, und {count} weitere: {digest}",
    subject_more_after_stop="{lead} Und {count} weitere: {digest}",
    byline="Von {authors}",
    conjunction="und",
    read_on="Den ganzen Text bei {outlet} lesen",
    related="Zum Weiterlesen",
    why="Dieser Brief kommt, weil {address} „{digest}“ abonniert hat.",
    leave="„{digest}“ abbestellen",
    web_copy="Diese Ausgabe im Browser lesen",
    contact="Fragen? Schreiben Sie an {contact}",
    confirm_subject="Bitte bestätigen: {digest}",
    confirm_title="Dürfen wir Ihnen schreiben?",
    confirm_asked="Jemand, vermutlich Sie, hat {site} gebeten, „{digest}“ an {address} zu schicken.",
    confirm_press="Wenn Sie das waren, bestätigen Sie es mit dem Knopf; die nächste Ausgabe kommt dann zu Ihnen.",
    confirm_button="Ja, „{digest}“ bestellen",
    confirm_ignore="Wenn nicht, tun Sie einfach nichts: Sie hören dann nichts mehr von uns.",
    confirm_expiry="Der Link gilt 7 Tage.",
    confirm_plain_link="Falls der Knopf nicht geht, öffnen Sie diese Adresse:",
)

_TABLES = {"en": _ENGLISH, "de": _GERMAN}


def words_for(language: str) -> Words:
    """The table for a BCP 47 language tag, by its first part."""
    return _TABLES.get(language.replace("_", "-").partition("-")[0].lower(), _ENGLISH)


def direction(language: str) -> str:
    """``rtl`` for languages written from right to left, else ``ltr``: the value of HTML's ``dir``."""
    return "rtl" if locale_of(language).character_order == "right-to-left" else "ltr"
