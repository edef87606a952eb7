"""The texts of the core that a person may read, found where they stand in its code.

``python -m tests.helpers.core_texts`` prints them as calls of ``translate``, as Qt's lupdate
reads them; the core itself knows no Qt.
"""

import ast
from collections.abc import Iterator
from pathlib import Path

from core import errors

ROOT = Path(__file__).resolve().parents[2]
CONTEXT = "core"
MAKERS = {"say", "Sentence"} | {name for name in vars(errors) if name.endswith("Error")}


def calls(path: Path) -> Iterator[tuple[int, list[ast.expr]]]:
    """Yield the line of every call that makes a sentence, and its texts."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if not isinstance(node, ast.Call):
            continue
        name = getattr(node.func, "id", getattr(node.func, "attr", ""))
        if name == "count" and len(node.args) == 3:
            yield node.lineno, node.args[1:]
        elif name in MAKERS and node.args:
            yield node.lineno, node.args[:1]


def core_texts() -> list[str]:
    """Return all texts, in the order of the files."""
    found = [
        text.value
        for path in sorted((ROOT / "core").rglob("*.py"))
        for _, texts in calls(path)
        for text in texts
        if isinstance(text, ast.Constant) and isinstance(text.value, str)
    ]
    return list(dict.fromkeys(found))


if __name__ == "__main__":
    for each in core_texts():
        print(f"QCoreApplication.translate({CONTEXT!r}, {each!r})")
