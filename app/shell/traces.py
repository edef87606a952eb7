"""Where the program leaves something on a machine, and how all of it is removed."""

from __future__ import annotations

import html
import shlex
import sys
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QUrl

from app.shell.settings import platform_store
from app.shell.translation import fill
from core.places import user_cache, user_data, user_log


def traces() -> list[tuple[str, Path]]:
    """Return what lies where; not all of it need be there yet."""
    settings = Path(platform_store().fileName())
    return [
        (
            QCoreApplication.translate(
                "Traces", "Your recordings, kept takes, collections and models"
            ),
            user_data(),
        ),
        (QCoreApplication.translate("Traces", "What you have set"), settings.parent),
        (
            QCoreApplication.translate(
                "Traces", "What can be found out again, and may be deleted at any time"
            ),
            user_cache(),
        ),
        (
            QCoreApplication.translate("Traces", "What happened, for whoever mends a fault"),
            user_log(),
        ),
    ]


def how_to_remove() -> str:
    """Return the command that removes the program itself."""
    if getattr(sys, "frozen", False):
        script = Path(sys.executable).with_name("install.sh")
        if script.exists():
            return f"{shlex.quote(str(script))} --remove"
        return QCoreApplication.translate("Traces", "delete {folder}").format(
            folder=Path(sys.executable).parent
        )
    return f"{shlex.quote(sys.executable)} -m pip uninstall spoken-digits"


def as_rich_text() -> str:
    """Return both for a person, with a link for each folder that is there."""
    rows = "".join(f"<p>{html.escape(what)}:<br>{_link(folder)}</p>" for what, folder in traces())
    text = QCoreApplication.translate(
        "Traces",
        "<p>To remove everything, delete these folders, and the program: {command}</p>"
        "<p>Nothing lies anywhere else, and nothing leaves this computer.</p>",
    )
    return rows + fill(text, command=f"<code>{html.escape(how_to_remove())}</code>")


def _link(folder: Path) -> str:
    name = html.escape(str(folder))
    if not folder.is_dir():
        return name
    return f'<a href="{QUrl.fromLocalFile(str(folder)).toString()}">{name}</a>'
