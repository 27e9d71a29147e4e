"""Paper of the demo data: a PDF of one page, large enough to look like a signed sheet and small enough to be a row."""

HEAD = b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n"
FONT = "<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding /UniGB-UCS2-H /DescendantFonts [6 0 R] >>"
GLYPHS = (  # a font that every reader brings along, so that nothing is embedded
    "<< /Type /Font /Subtype /CIDFontType0 /BaseFont /STSong-Light /DW 1000 "
    "/CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) /Supplement 4 >> >>"
)
PAGE = "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>"
LARGE, SMALL = 22, 13  # points


def pdf(title: str, *lines: str) -> bytes:
    """An A4 page with a title and lines of text, without anything that depends on the day on which it is made."""
    drawn = [written(title, LARGE, 760), *(written(line, SMALL, 700 - 26 * row) for row, line in enumerate(lines))]
    text = "\n".join(drawn)
    pages = "<< /Type /Pages /Kids [3 0 R] /Count 1 >>"
    stream = f"<< /Length {len(text)} >>\nstream\n{text}\nendstream"
    return assembled(["<< /Type /Catalog /Pages 2 0 R >>", pages, PAGE, stream, FONT, GLYPHS])


def written(text: str, size: int, height: int) -> str:
    """The operators that write one line."""
    return f"BT /F1 {size} Tf 72 {height} Td <{text.encode('utf-16-be').hex()}> Tj ET"


def assembled(objects: list[str]) -> bytes:
    """The file of these objects, numbered from 1, with its index."""
    data, starts = HEAD, []
    for number, body in enumerate(objects, 1):
        starts.append(len(data))
        data += f"{number} 0 obj\n{body}\nendobj\n".encode("ascii")
    rows = "".join(f"{start:010} 00000 n \n" for start in starts)
    count = len(objects) + 1
    trailer = f"trailer\n<< /Size {count} /Root 1 0 R >>\nstartxref\n{len(data)}\n%%EOF\n"
    return data + f"xref\n0 {count}\n0000000000 65535 f \n{rows}{trailer}".encode("ascii")
