"""Imports point down only; the order of the layers is the table below and nowhere else."""

from __future__ import annotations

import ast
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

SOURCE = Path(__file__).parent.parent / "src" / "whoholds"

# From the top down. A part may import the parts of the rows below its own; "whoholds" is the public face, `__init__.py`.
LAYERS: list[tuple[str, ...]] = [
    ("__main__",),
    ("cli",),
    ("atlas", "corpora"),
    ("whoholds",),
    ("formats",),
    ("questions",),
    ("pipeline",),
    ("register", "reconcile", "notation"),
    ("grammar",),
    ("grounding",),
    ("language",),
    ("articles",),
    ("model",),
]
ON_MODEL_ALONE = {"register", "reconcile", "notation"}
ONLY_HERE = {  # library: the one part that may import it
    **dict.fromkeys(("spacy", "onnxruntime", "tokenizers"), "language"),
    "psycopg": "register",
    **dict.fromkeys(("dask", "distributed", "fastwarc", "datasketch", "pypdf", "feedparser", "protego"), "corpora"),
    **dict.fromkeys(("fastapi", "starlette", "jinja2"), "atlas"),
}
STANDARD_LIBRARY_ONLY = {"model"}

RANK = {part: rank for rank, parts in enumerate(LAYERS) for part in parts}


def part_of(module: str) -> str:
    """The part a dotted module of ours belongs to: its second word, or `whoholds` for the package itself."""
    words = module.split(".")
    return words[1] if len(words) > 1 else "whoholds"


def imported(tree: ast.AST, module: str, is_package: bool) -> Iterator[tuple[int, str]]:
    """Line and dotted name of every import in `module`, wherever it stands: in functions and under TYPE_CHECKING too."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield node.lineno, alias.name
        elif isinstance(node, ast.ImportFrom):
            base = node.module or ""
            if node.level:
                package = module.split(".") if is_package else module.split(".")[:-1]
                base = ".".join([*package[: len(package) - node.level + 1], *([base] if base else [])])
            for alias in node.names:
                whole = f"{base}.{alias.name}"
                yield node.lineno, whole if base == "whoholds" and part_of(whole) in RANK else base
        elif isinstance(node, ast.Call) and ast.unparse(node.func).endswith(("import_module", "__import__")):
            for argument in node.args[:1]:
                if isinstance(argument, ast.Constant) and isinstance(argument.value, str):
                    yield node.lineno, argument.value


def violations(source: str, module: str, *, is_package: bool = False) -> list[str]:
    """What `source`, read as `module`, imports though the table forbids it."""
    own = part_of(module)
    if own not in RANK:
        return [f"{module}: {own} is not in the table of layers"]
    found = []
    for line, name in imported(ast.parse(source), module, is_package):
        library = name.split(".")[0]
        other = part_of(name) if library == "whoholds" else None
        if other is None:
            if ONLY_HERE.get(library, own) != own:
                found.append(f"{module}:{line}: {library} belongs to {ONLY_HERE[library]} alone")
            if own in STANDARD_LIBRARY_ONLY and library not in sys.stdlib_module_names:
                found.append(f"{module}:{line}: {own} imports {library}, which is not in the standard library")
        elif other == own:
            continue
        elif other not in RANK:
            found.append(f"{module}:{line}: {other} is not in the table of layers")
        elif RANK[other] <= RANK[own] or (own in ON_MODEL_ALONE and other != "model"):
            found.append(f"{module}:{line}: {own} may not import {other}")
    return found


def modules() -> list[Path]:
    return sorted(SOURCE.rglob("*.py"))


def dotted(path: Path) -> str:
    words = ["whoholds", *path.relative_to(SOURCE).with_suffix("").parts]
    return ".".join(words[:-1] if words[-1] == "__init__" else words)


@pytest.mark.parametrize("path", modules(), ids=dotted)
def test_imports_point_down(path: Path) -> None:
    assert violations(path.read_text(encoding="utf-8"), dotted(path), is_package=path.name == "__init__.py") == []


def test_every_part_has_modules_to_check() -> None:
    assert {"model", "language", "grounding", "grammar", "articles"} <= {part_of(dotted(path)) for path in modules()}


@pytest.mark.parametrize(
    ("module", "source"),
    [
        ("whoholds.model.claim", "import whoholds.grammar"),
        ("whoholds.model.claim", "import numpy"),
        ("whoholds.model.claim", "from whoholds import read"),
        ("whoholds.articles.html", "from whoholds.language.sentence import Token"),
        ("whoholds.grounding.times", "def later():\n    from whoholds.grammar import engine"),
        ("whoholds.grounding.times", "if TYPE_CHECKING:\n    from whoholds.pipeline import Reader"),
        ("whoholds.grounding.times", "from ..grammar import engine"),
        ("whoholds.grounding.places", "from importlib import import_module\nimport_module('whoholds.cli')"),
        ("whoholds.grammar.engine", "import spacy.tokens"),
        ("whoholds.grammar.engine", "from whoholds.formats import reading_to_json"),
        ("whoholds.notation", "from whoholds.grounding import times"),
        ("whoholds.register.sqlite", "import whoholds.reconcile"),
        ("whoholds.pipeline", "from whoholds import cli"),
        ("whoholds.utils", "import re"),
        ("whoholds.cli", "from whoholds.helpers import thing"),
    ],
)
def test_a_violation_is_caught(module: str, source: str) -> None:
    assert len(violations(source, module)) == 1


@pytest.mark.parametrize(
    ("module", "source"),
    [
        ("whoholds.cli", "from whoholds import pipeline, formats, read"),
        ("whoholds.grammar.engine", "from whoholds.grounding import times\nfrom whoholds.model import Claim\nimport lark"),
        ("whoholds.grammar.engine", "from .rules import events\nfrom ..language import sentence"),
        ("whoholds.language.parse", "import spacy"),
        ("whoholds.notation", "from whoholds.model import Claim"),
        ("whoholds.formats.json", "from whoholds.pipeline import Reading"),
    ],
)
def test_a_lawful_import_passes(module: str, source: str) -> None:
    assert violations(source, module) == []


def test_what_is_in_extras_is_not_needed_to_import_anything() -> None:
    """A plain installation has no psycopg, no geopandas: only the store and the formats that need them may miss them."""
    program = (
        "import sys, pkgutil, importlib, whoholds\n"
        "extras = 'psycopg geopandas pyogrio pyarrow spacy torch playwright dask distributed'\n"
        "for name in extras.split(): sys.modules[name] = None\n"
        "for found in pkgutil.walk_packages(whoholds.__path__, 'whoholds.'):\n"
        "    if '.postgres' not in found.name and not found.name.endswith('__main__'): importlib.import_module(found.name)\n"
    )
    environment = {**os.environ, "PYTHONPATH": str(SOURCE.parent)}
    done = subprocess.run([sys.executable, "-c", program], env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-2000:]
