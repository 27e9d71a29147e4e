"""The certificate as PDF: A4, the Chinese complete, both codes drawn; a missing sign is a refusal, never a gap."""

from functools import lru_cache
from unicodedata import category

from fpdf import FPDF
from fpdf.enums import WrapMode, XPos, YPos
from segno import make

from kernel.i18n import _, language
from kernel.work import Refusal

from .certificate import Certificate
from .han_font import Font
from .paper_text import Text, text_of

MARGIN, WIDTH = 22, 166  # mm
CODE = 34  # mm
KEPT = 64  # files


class NoFont(Refusal):
    """Without a whole font there is no PDF."""

    message = _("这台服务器上没有中文字体，做不了 PDF；请用“打印”，在打印窗口里也能存成 PDF。")


class MissingSigns(Refusal):
    """A name with a gap is another name."""

    message = _("字体里没有“%(signs)s”这个字，做成 PDF 会缺字，所以没有做；请用“打印”，用您自己设备上的字体。")


def of(paper: Certificate, found: Font | None, address: str, keys_address: str) -> bytes:
    """A file of some 40 KB. Raises `NoFont` or `MissingSigns`."""
    if found is None:
        raise NoFont
    said = text_of(paper, address, keys_address)
    if missing := found.missing(map(visible, said.all)):
        raise MissingSigns(signs="".join(missing))
    return drawn(said, found, language())


@lru_cache(KEPT)
def drawn(said: Text, found: Font, _language: str) -> bytes:
    """What was certified does not change, so it is drawn once: reading the font takes half a second."""
    page = FPDF(format="A4")
    page.set_margins(MARGIN, MARGIN)
    page.set_creator("hehuoren")
    page.set_title(said.title)
    page.add_font("han", fname=found.path, collection_font_number=found.number)
    page.add_page()
    line(page, 24, said.title, height=16, align="C")
    line(page, 11, said.number, align="C")
    if said.warning:
        line(page, 13, said.warning, align="C")
    page.ln(4)
    line(page, 13, said.body, height=9)
    page.ln(2)
    for item in said.items:
        line(page, 11, item, height=7)
    page.ln(2)
    for note in (said.national, said.issuer, said.issued):
        line(page, 12, note, height=8)
    page.ln(4)
    codes(page, said)
    return bytes(page.output())


def line(page: FPDF, size: int, text: str, *, height: float = 7, align: str = "L") -> None:
    """A paragraph over the whole width."""
    page.set_font("han", size=size)
    # Chinese breaks between any two signs; after a space only, lines would end in the middle.
    wrap = WrapMode.CHAR if language() == "zh" else WrapMode.WORD
    page.multi_cell(WIDTH, height, visible(text), align=align, wrapmode=wrap, new_x=XPos.LMARGIN, new_y=YPos.NEXT)


def visible(text: str) -> str:
    """Without the signs that nobody sees, such as those that turn the direction of writing."""
    return "".join(sign for sign in text if category(sign) != "Cf")


def codes(page: FPDF, said: Text) -> None:
    """The address and the signature, as codes and in letters."""
    if page.get_y() + CODE + 50 > page.h - MARGIN:
        page.add_page()
    top = page.get_y()
    for place, (text, label) in enumerate(((said.address, said.check), (said.sealed, said.offline))):
        left = MARGIN + place * (WIDTH / 2)
        draw(page, text, left, top)
        page.set_xy(left + CODE + 3, top)
        page.set_font("han", size=9)
        page.multi_cell(WIDTH / 2 - CODE - 6, 5, visible(label), align="L")
    page.set_xy(MARGIN, top + CODE + 4)
    line(page, 8, said.address, height=4)
    line(page, 7, said.sealed, height=4)


def draw(page: FPDF, text: str, left: float, top: float) -> None:
    """A QR code of black squares."""
    rows = [list(row) for row in make(text, error="m").matrix_iter(border=2)]
    side = CODE / len(rows)
    for y, row in enumerate(rows):
        for x, dark in enumerate(row):
            if dark:
                page.rect(left + x * side, top + y * side, side, side, style="F")
