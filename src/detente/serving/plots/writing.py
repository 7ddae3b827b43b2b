"""A picture into a file: SVG as it is, PNG drawn from it at twice the size."""

from __future__ import annotations

from pathlib import Path

from detente.errors import ExportFailed, UsageError
from detente.serving.plots.drawing import Drawing
from detente.serving.plots.lettering import FONTS

SHARPNESS = 2
"""Pixels of a PNG for each unit of the picture."""


def check_name(path: Path) -> None:
    """Raises UsageError where the name does not end in .svg or .png."""
    if path.suffix.lower() not in (".svg", ".png"):
        raise UsageError("a picture of this kind cannot be drawn", value=str(path), expected="a name in .svg or .png")


def save(drawing: Drawing, path: Path) -> None:
    """Write the picture. Raises UsageError for another kind of file, ExportFailed where the system will not."""
    check_name(path)
    data = drawing.svg().encode("utf-8") if path.suffix.lower() == ".svg" else png(drawing)
    try:
        path.write_bytes(data)
    except OSError as error:
        raise ExportFailed(
            f"the picture cannot be written ({error.strerror})", value=str(path), todo="name another place"
        ) from error


def png(drawing: Drawing) -> bytes:
    """The picture as PNG, in the letters that come with Détente and no others."""
    import resvg_py

    fonts = [str(path) for path in sorted(FONTS.glob("*.ttf"))]
    drawn = resvg_py.svg_to_bytes(
        svg_string=drawing.svg(), zoom=SHARPNESS, skip_system_fonts=True, font_files=fonts,
        font_family="Roboto", sans_serif_family="Roboto",
    )  # fmt: skip
    return bytes(drawn)
