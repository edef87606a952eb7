"""Lists that lie beside recordings, whatever program has written them: bytes and text."""

from __future__ import annotations

import codecs


def decoded(content: bytes) -> str:
    """Decode a list whatever program has written it; names that are no text stay as they are."""
    mark, encoding = _form(content)
    errors = "surrogateescape" if encoding == "utf-8" else "replace"
    return content[len(mark) :].decode(encoding, errors)


def encoded(text: str, like: bytes = b"") -> bytes:
    """Encode a list as the one was that it replaces, of which the beginning is enough.

    Where that cannot write all names, it becomes UTF-8.
    """
    mark, encoding = _form(like)
    try:
        return mark + text.encode(encoding)
    except UnicodeEncodeError:
        mark = mark if encoding == "utf-8" else b""
        return mark + text.encode("utf-8", "surrogateescape")


def _form(content: bytes) -> tuple[bytes, str]:
    """Return the byte order mark, which may be empty, and the encoding of a list."""
    for mark, encoding in (
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
        (codecs.BOM_UTF8, "utf-8"),
    ):
        if content.startswith(mark):
            return mark, encoding
    if b"\0" in content[:2]:
        return b"", "utf-16-le" if content[1:2] == b"\0" else "utf-16-be"
    return b"", "utf-8"
