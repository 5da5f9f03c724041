"""Sizes are a smell test: nothing grows into a giant unnoticed."""

from __future__ import annotations

import ast
from pathlib import Path
from statistics import median

SOURCE = Path(__file__).resolve().parents[2] / "syndicate"
MOST_LINES_OF_A_FILE = 350
MOST_LINES_OF_A_FUNCTION = 50


def files() -> list[Path]:
    return sorted(p for p in SOURCE.rglob("*.py") if "versions" not in p.parts)


def functions() -> list[tuple[int, str]]:
    """(lines without the docstring, where) of every function."""
    found = []
    for path in files():
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                length = (node.end_lineno or node.lineno) - node.lineno + 1
                first = node.body[0]
                if isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant):
                    length -= (first.end_lineno or first.lineno) - first.lineno + 1
                found.append((length, f"{path.relative_to(SOURCE)}:{node.lineno} {node.name}"))
    return found


def test_no_file_is_longer_than_a_few_screens() -> None:
    long = [(len(p.read_text("utf-8").splitlines()), str(p.relative_to(SOURCE))) for p in files()]

    assert [entry for entry in long if entry[0] > MOST_LINES_OF_A_FILE] == []


def test_no_function_is_longer_than_one_screen() -> None:
    assert [entry for entry in functions() if entry[0] > MOST_LINES_OF_A_FUNCTION] == []


def test_the_median_is_far_below() -> None:
    assert median(len(p.read_text("utf-8").splitlines()) for p in files()) <= 150
    assert median(length for length, _ in functions()) <= 12
