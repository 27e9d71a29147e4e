"""A Chinese font for PDF: one file of the system that has every sign, or none, and then there is no PDF."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from fontTools.ttLib import TTCollection, TTFont

USUAL = (
    "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc",  # Debian, Ubuntu: fonts-noto-cjk
    "/usr/share/fonts/google-noto-cjk/NotoSansCJK-Regular.ttc",
    "/usr/share/fonts/noto-cjk/NotoSansCJK-Regular.ttc",
    "/usr/share/fonts/opentype/source-han-sans/SourceHanSansSC-Regular.otf",
    "/usr/share/fonts/truetype/wqy/wqy-microhei.ttc",
    "/usr/share/fonts/truetype/wqy/wqy-zenhei.ttc",
    "/Library/Fonts/NotoSansSC-Regular.ttf",
)
SIMPLIFIED = "SC"  # a collection begins with the Japanese shapes of the same signs


@dataclass(frozen=True)
class Font:
    """A file, and which font of a collection it is."""

    path: str
    number: int

    def missing(self, texts: Iterable[str]) -> list[str]:
        """The signs that it does not have, in their order."""
        has = signs(self)
        return list(dict.fromkeys(sign for text in texts for sign in text if ord(sign) not in has))


@cache
def signs(font: Font) -> frozenset[int]:
    """The code points that a font has."""
    with TTFont(font.path, fontNumber=font.number, lazy=True) as opened:
        return frozenset(opened.getBestCmap())


@cache
def find(configured: str) -> Font | None:
    """The font of the configuration, else the first of the usual ones that is there."""
    paths = [configured] if configured else USUAL
    return next((Font(path, place_in(path)) for path in paths if Path(path).is_file()), None)


def place_in(path: str) -> int:
    """Which font of a file has the simplified shapes; the first where none says so."""
    if not path.endswith(".ttc"):
        return 0
    with TTCollection(path, lazy=True) as collection:
        names = [font["name"].getBestFamilyName() or "" for font in collection.fonts]
    return next((number for number, name in enumerate(names) if name.endswith(SIMPLIFIED)), 0)
