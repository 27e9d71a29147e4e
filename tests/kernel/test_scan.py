"""A file is what is in it: three kinds are taken, and whatever else is sent gets one sentence and is not decoded."""

from io import BytesIO
from zipfile import ZipFile
from zlib import crc32

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from kernel.scan import (
    PIECES,
    SIZE,
    ApplePicture,
    BrokenScan,
    EmptyFile,
    FileTooBig,
    Kind,
    OfficeFile,
    RunningPdf,
    TwoInOne,
    UnfitFile,
    read,
    tidy_name,
)
from kernel.scan import (
    PNG as SIGNATURE,
)
from tests.support.scans import EXE, JPEG, PDF, PNG

ENCRYPTED = PDF.replace(b"/Root 1 0 R", b"/Root 1 0 R /Encrypt 6 0 R /ID [<00><00>]")
PADDED = PDF + b"\r\n" + bytes(40)
PAGE = b"<!doctype html><script>alert(1)</script>"


def packed() -> bytes:
    data = BytesIO()
    with ZipFile(data, "w") as file:
        file.writestr("a.txt", "x")
    return data.getvalue()


def chunk(word: bytes, content: bytes = b"") -> bytes:
    return len(content).to_bytes(4, "big") + word + content + crc32(word + content).to_bytes(4, "big")


def with_comment(text: bytes) -> bytes:
    """The picture with a comment right behind its start."""
    return JPEG[:2] + b"\xff\xfe" + (len(text) + 2).to_bytes(2, "big") + text + JPEG[2:]


class TestTaken:
    @pytest.mark.parametrize(
        ("data", "kind"),
        [
            (PDF, Kind.PDF), (ENCRYPTED, Kind.PDF), (PADDED, Kind.PDF), (PNG, Kind.PNG), (JPEG, Kind.JPEG),
            (JPEG + bytes(12), Kind.JPEG), (JPEG + JPEG, Kind.JPEG), (with_comment(b"scanned"), Kind.JPEG),
        ],
        ids=["pdf", "encrypted", "padded", "png", "jpeg", "jpeg-padded", "two-exposures", "comment"],
    )  # fmt: skip
    def test_by_content_whatever_it_is_called(self, data, kind):
        for name in ("合作协议.exe", "", "../../etc/passwd"):
            scan = read(data, name)
            assert (scan.kind, scan.data) == (kind, data)

    @pytest.mark.parametrize(
        ("name", "kept"),
        [
            ("合作协议.pdf", "合作协议.pdf"), ("合同.pdf.exe", "合同.pdf"), ("../../etc/passwd", "passwd.pdf"),
            ("C:\\Users\\王\\协议.PDF", "协议.pdf"), ("协议2025.3", "协议2025.3.pdf"), ("", "file.pdf"),
            (".pdf", "file.pdf"),
            ("a\u202efdp.exe", "afdp.pdf"), ('"; rm -rf /', "rm -rf.pdf"), ("长" * 300, "长" * 100 + ".pdf"),
            ("a\r\nX-Header: 1.pdf", "a X-Header 1.pdf"), ("<b>.pdf", "b.pdf"),
        ],
    )  # fmt: skip
    def test_its_name_is_harmless(self, name, kept):
        assert tidy_name(name, Kind.PDF) == kept


class TestRefused:
    @pytest.mark.parametrize(
        ("data", "refusal"),
        [
            (b"", EmptyFile),
            (EXE, UnfitFile),
            (PAGE, UnfitFile),
            (b"%!PS-Adobe-3.0", UnfitFile),
            (b"GIF89a" + bytes(100), UnfitFile),
            (b"\n" + PDF, UnfitFile),
            (packed(), OfficeFile),
            (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), OfficeFile),
            (b"\x00\x00\x00\x18ftypheic" + bytes(100), ApplePicture),
            (PDF + bytes(SIZE), FileTooBig),
            (PDF[: len(PDF) // 2], BrokenScan),
            (b"%PDF-1.7", BrokenScan),
            (PDF.replace(b"startxref\n", b"startxref\n9"), BrokenScan),
            (PNG[:-1], BrokenScan),
            (PNG.replace(b"IDAT", b"iDAT"), BrokenScan),
            (SIGNATURE, BrokenScan),
            (SIGNATURE + chunk(b"IEND"), BrokenScan),
            (SIGNATURE + PNG[8:33] + chunk(b"tEXt") * PIECES + chunk(b"IEND"), BrokenScan),
            (JPEG[:-2], BrokenScan),
            (JPEG[:40], BrokenScan),
            (b"\xff\xd8\xff\xd9", BrokenScan),
            (b"\xff\xd8" + b"\xff\xe0\x00\x02" * (PIECES + 1), BrokenScan),
            (b"\xff\xd8\xff\xe0\x00\x01", BrokenScan),
            (JPEG + JPEG[:-2], BrokenScan),
            (PDF + EXE, TwoInOne),
            (PDF + packed(), TwoInOne),
            (PNG + PAGE, TwoInOne),
            (JPEG + PAGE, TwoInOne),
            (JPEG + packed(), TwoInOne),
            (with_comment(PDF), TwoInOne),
            (with_comment(packed()), TwoInOne),
            (PDF.replace(b"/Catalog", b"/Catalog /OpenAction << /S /JavaScript /JS (app.alert(1)) >>"), BrokenScan),
            (PDF[:9] + b"% /S /Launch\n" + PDF[9:], BrokenScan),
        ],
        ids=range(33),
    )
    def test_each_with_its_sentence(self, data, refusal):
        with pytest.raises(UnfitFile) as refused:
            read(data, "合作协议.pdf")
        assert type(refused.value) is refusal
        assert refused.value.field == "file"
        assert str(refused.value).endswith("。")
        assert "%" not in str(refused.value)

    def test_a_pdf_that_runs_something(self):
        from demo.paper import assembled

        catalogue = "<< /Type /Catalog /OpenAction << /S /JavaScript /JS (app.alert\\(1\\)) >> >>"
        with pytest.raises(RunningPdf):
            read(assembled([catalogue]), "a.pdf")

    def test_the_size_is_told_in_megabytes(self):
        with pytest.raises(FileTooBig, match="这个文件有 11 MB，最多收 10 MB"):
            read(b"x" * (SIZE + 1), "a.pdf")


def is_taken(data: bytes) -> bool:
    """Whether it is, else that the refusal is a sentence."""
    try:
        return read(data, "a").kind in Kind
    except UnfitFile as refusal:
        return not str(refusal).endswith("。")


@settings(max_examples=300, deadline=None, database=None)
@example(b"\xff\xd8", b"\xff\xda\x00\x02")
@example(b"\xff\xd8", b"\xff\xc0\x00\x02\xff\xda\x00\x02\xff\xff\xff")
@example(SIGNATURE, b"\xff\xff\xff\xff")
@given(st.sampled_from([b"", b"%PDF-", SIGNATURE, PNG, JPEG, JPEG[:90]]), st.binary(min_size=1, max_size=400))
def test_whatever_is_sent_behind_a_good_start_is_refused_with_a_sentence(start, tail):
    assert not is_taken(start + tail) or not tail.strip(b"\0")


@settings(max_examples=200, deadline=None, database=None)
@given(st.text(max_size=150))
def test_every_name_can_be_stored_and_sent(name):
    kept = tidy_name(name, Kind.PNG)
    assert kept.endswith(".png")
    assert 4 < len(kept) <= 104
    assert not set(kept) & set('/\\<>"\r\n\0')
