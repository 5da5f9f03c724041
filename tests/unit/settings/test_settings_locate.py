"""Keys are found where they stand."""

from __future__ import annotations

import tomllib

from hypothesis import given
from hypothesis import strategies as st

from syndicate.settings.locate import Key, line_of

TEXT = '''\
top = 1
[a]
x = 1
[a.b]
y = { z = 1 }
[[list]]
id = "one"
[list.inner]
k = 1
[[list]]
id = "two"
note = """
id = "not a key"
[not.a.table]
"""
"quoted" = 2
[[list.inner.deep]]
v = 1
'''


def test_keys_tables_and_entries() -> None:
    places: dict[Key, int] = {
        ("top",): 1,
        ("a",): 2,
        ("a", "x"): 3,
        ("a", "b"): 4,
        ("a", "b", "y", "z"): 5,
        ("list",): 6,
        ("list", 0): 6,
        ("list", 0, "id"): 7,
        ("list", 0, "inner", "k"): 9,
        ("list", 1): 10,
        ("list", 1, "id"): 11,
        ("list", 1, "quoted"): 16,
        ("list", 1, "inner", "deep", 0, "v"): 18,
    }

    assert {where: line_of(TEXT, where) for where in places} == places


def test_what_is_missing_is_placed_at_the_table_around_it() -> None:
    assert line_of(TEXT, ("list", 1, "missing")) == 10
    assert line_of(TEXT, ("nowhere", "at all")) == 0


_NAMES = st.from_regex(r"[a-z]{1,6}", fullmatch=True)
_TABLES = st.dictionaries(_NAMES, st.dictionaries(_NAMES, st.integers(0, 9), min_size=1), min_size=1)


@given(_TABLES)
def test_every_key_of_a_written_file_is_found_on_its_own_line(tables: dict[str, dict[str, int]]) -> None:
    lines: list[str] = []
    expected: dict[Key, int] = {}
    for table, keys in tables.items():
        lines.append(f"[{table}]")
        for name, value in keys.items():
            lines.append(f"{name} = {value}")
            expected[table, name] = len(lines)
    text = "\n".join(lines)

    assert tomllib.loads(text) == tables
    assert {where: line_of(text, where) for where in expected} == expected
