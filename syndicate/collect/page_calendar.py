"""Names of months and zones, and numerals, as outlets write them in the languages we know them in."""

from __future__ import annotations

MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "january jan januar jänner janvier janv enero ene gennaio gen janeiro januari января янв يناير",
            "february feb februar februari février févr fevrier febrero febbraio fevereiro fev февраля фев فبراير",
            "march mar märz maerz mars marzo março marco maart mrt марта мар مارس",
            "april apr avril avr abril abr aprile апреля апр أبريل ابريل إبريل",
            "may mai mayo maggio mag maio mei мая май مايو",
            "june jun juni juin junio giugno giu junho июня июн يونيو يونيه",
            "july jul juli juillet juil julio luglio lug julho июля июл يوليو يوليه",
            "august aug août aout agosto ago augustus augusti августа авг أغسطس اغسطس",
            "september sep sept septembre septiembre settembre set setembro сентября сен سبتمبر",
            "october oct oktober okt octobre octubre ottobre ott outubro out октября окт أكتوبر اكتوبر",
            "november nov novembre noviembre novembro ноября ноя نوفمبر",
            "december dec dezember dez décembre déc decembre diciembre dic dicembre dezembro декабря дек ديسمبر",
        ),
        start=1,
    )
    for name in names.split()
}

ZONES = {
    "utc": 0.0,
    "gmt": 0.0,
    "z": 0.0,
    "ut": 0.0,
    "est": -5.0,
    "edt": -4.0,
    "cst": -6.0,
    "cdt": -5.0,
    "mst": -7.0,
    "mdt": -6.0,
    "pst": -8.0,
    "pdt": -7.0,
    "wet": 0.0,
    "west": 1.0,
    "cet": 1.0,
    "cest": 2.0,
    "mez": 1.0,
    "mesz": 2.0,
    "eet": 2.0,
    "eest": 3.0,
    "msk": 3.0,
    "jst": 9.0,
    "kst": 9.0,
}
"""Hours from UTC: the names of RFC 5322 section 4.3 and those others that mean one thing everywhere."""

DIGITS = {start + number: str(number) for start in (0x0660, 0x06F0, 0x0966, 0xFF10) for number in range(10)}
"""Arabic, Persian, Devanagari and full-width numerals, for ``str.translate``."""

ERAS = {"令和": 2018, "平成": 1988}
"""Japanese eras, by the year before their first."""
