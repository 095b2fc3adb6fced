"""The directions of imports, read from the sources with `ast`: the house as DESIGN draws it."""

import ast
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent

#: Room -> rooms that it may import beside itself.
MAY_IMPORT = {
    "corpus": set(),
    "ingest": {"corpus"},
    "search": {"corpus"},
    "webapp": {"corpus", "ingest", "search"},
}

#: Folder -> packages of its own room that it must not import: a reader knows nothing of the stage behind it.
MUST_NOT_IMPORT = {"ingest/readers": {"ingest.structure"}}

#: Third-party package -> places (files or folders) that may import it. What is not listed may be imported nowhere.
ROOMS = {
    "alembic": {"corpus/migrating.py", "corpus/migrations"},
    "sqlalchemy": {
        "corpus/store.py",
        "corpus/source_states.py",
        "corpus/store_connection.py",
        "corpus/store_postgres.py",
        "corpus/store_sqlite.py",
        "corpus/sets_store.py",
        "corpus/migrating.py",
        "corpus/schema.py",
        "corpus/migrations",
    },
    "pycountry": {"corpus/authority"},
    "babel": {"webapp/language.py", "webapp/wording.py"},
    "yaml": {"corpus/authority"},
    "roman": {"corpus/authority", "ingest/enumerators.py", "ingest/readers"},
    "docx": {"ingest/readers"},
    "lxml": {"ingest/readers"},
    "markdown_it": {"ingest/readers"},
    "pdfplumber": {"ingest/readers"},
    "pdfminer": {"ingest/readers"},
    "pypdfium2": {"ingest/readers"},
    "ftfy": {"ingest/readers"},
    "charset_normalizer": {"ingest/readers"},
    # a DocBin is a file format: exports and imports of it need spaCy as those of Word need python-docx
    "spacy": {"ingest/annotate", "corpus/interchange/docbin.py"},
    "tantivy": {f"search/engines/tantivy{part}.py" for part in ("", "_files", "_queries", "_state")},
    "filelock": {"search/engines/tantivy_files.py", "webapp/administration/tasks.py"},
    # its analysis part (the stemmer) may serve beside the engine
    "whoosh": {
        "search/engines/whoosh.py",
        "search/engines/whoosh_blocks.py",
        "search/engines/whoosh_fields.py",
        "search/engines/whoosh_files.py",
        "search/engines/whoosh_guard.py",
        "search/engines/whoosh_segments.py",
        "search/analysis.py",
    },
    "opensearchpy": {"search/engines/opensearch.py"},
    "numpy": {"search"},
    "rapidfuzz": {"search/checking"},
    "spellchecker": {"search/dictionary.py"},
    "snowballstemmer": {"search"},
    "click": {"webapp"},
    "pydantic": {"webapp/api"},
    "flask": {"webapp"},
    "ir_measures": {"webapp/evaluation_measures.py"},
    "itsdangerous": {"webapp/administration/session.py"},
    "jinja2": {"webapp"},
    "markupsafe": {"webapp"},
    "waitress": {"webapp"},
    "werkzeug": {"webapp"},
    "xlsxwriter": {"corpus/export/xlsx.py"},
}


def modules():
    return sorted(path for room in MAY_IMPORT for path in (ROOT / room).rglob("*.py"))


def imports_of(source: str) -> set[tuple[str, int]]:
    """Dotted names of everything imported, wherever in the file, with the line."""
    found = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            found |= {(alias.name, node.lineno) for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"relative import in line {node.lineno}"
            found |= {(f"{node.module}.{alias.name}", node.lineno) for alias in node.names}
        elif isinstance(node, ast.Call) and getattr(node.func, "id", getattr(node.func, "attr", "")) == "import_module":
            found |= {(arg.value, node.lineno) for arg in node.args[:1] if isinstance(arg, ast.Constant)}
    return found


def faults(path: str, source: str) -> list[str]:
    """What is wrong with the imports of a module at `path` below the root."""
    room = path.split("/", maxsplit=1)[0]
    imported = imports_of(source)
    wrong = [
        f"{path}:{line}: {folder} must not import {name}"
        for folder, barred in MUST_NOT_IMPORT.items()
        for name, line in sorted(imported)
        if path.startswith(f"{folder}/") and any(f"{name}.".startswith(f"{package}.") for package in barred)
    ]
    for name, line in sorted({(name.split(".")[0], line) for name, line in imported}):
        if name in MAY_IMPORT:
            if name != room and name not in MAY_IMPORT[room]:
                wrong.append(f"{path}:{line}: {room} must not import {name}")
        elif name not in sys.stdlib_module_names:
            places = ROOMS.get(name, set())
            if not any(path == place or path.startswith(f"{place}/") for place in places):
                wrong.append(f"{path}:{line}: {name} has no business here (allowed: {sorted(places) or 'nowhere'})")
    return wrong


@pytest.mark.parametrize("path", modules(), ids=lambda path: path.relative_to(ROOT).as_posix())
def test_imports_keep_to_their_rooms(path):
    assert faults(path.relative_to(ROOT).as_posix(), path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(
    ("path", "source"),
    [
        ("corpus/model.py", "import search"),  # the bottom imports no sibling
        ("ingest/pipeline.py", "from search.query import Query"),  # ingest and search never meet
        ("search/engine.py", "from ingest.blocks import Block"),
        ("search/facets.py", "import whoosh.index"),  # an engine is known in its own file only
        ("ingest/structure/joins.py", "def f():\n    import pdfplumber"),  # hidden in a function is no way round
        ("ingest/readers/text.py", "from ingest.structure.joins import CONNECTIVE"),  # no reader knows what comes next
        ("ingest/readers/html.py", "from ingest import structure"),
        ("corpus/export/csv.py", "import pandas"),  # a package without a room
        ("corpus/model.py", 'from importlib import import_module\nimport_module("webapp.cli")'),
    ],
)
def test_a_wrong_import_is_reported(path, source):
    assert len(faults(path, source)) == 1


def environment_readers(source: str) -> list[int]:
    """Lines that read the environment."""
    tree = ast.parse(source)
    return [
        node.lineno for node in ast.walk(tree) if isinstance(node, ast.Attribute) and node.attr in {"environ", "getenv"}
    ]


def test_only_the_settings_read_the_environment():
    reading = [path for path in modules() if environment_readers(path.read_text(encoding="utf-8"))]
    assert [path.relative_to(ROOT).as_posix() for path in reading] == ["webapp/settings.py"]
