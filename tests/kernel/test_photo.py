"""Photos are drawn anew: upright, small, without anything but colours; what is none gets a sentence."""

import struct
from contextlib import suppress
from io import BytesIO
from zlib import crc32

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from kernel import photo, scan
from tests.support.photos import GPS, MAKER, ORIENTATION, from_a_phone, halves, jpeg, png, saved
from tests.support.scans import EXE, PDF
from tests.support.scans import PNG as ONE_PIXEL

RED, BLUE, GREY = (208, 16, 16), (16, 16, 208), (128, 128, 128)
NEAR = 12  # of 255: JPEG rounds


def seen(drawn: photo.Photo) -> Image.Image:
    """The picture in what was drawn, as whoever loads the page gets it."""
    picture = Image.open(BytesIO(drawn.data))
    picture.load()
    assert (picture.format, picture.mode, picture.size) == ("JPEG", "RGB", (drawn.width, drawn.height))
    return picture


def is_near(one, other) -> bool:
    return all(abs(a - b) <= NEAR for a, b in zip(one, other, strict=True))


def claims(width: int, height: int) -> bytes:
    """A small PNG whose head says that it is so large."""
    data = bytearray(png())
    data[16:24] = struct.pack(">II", width, height)
    data[29:33] = crc32(data[12:29]).to_bytes(4, "big")
    return bytes(data)


def test_what_a_phone_knows_stays_with_the_phone():
    data = from_a_phone()
    before = Image.open(BytesIO(data)).getexif()
    assert (before[ORIENTATION], before[MAKER]) == (6, "Demo Phone")
    assert before.get_ifd(GPS)[2] == (34.0, 15.0, 9.0)
    drawn = photo.read(data)
    picture = seen(drawn)
    assert not picture.getexif()
    assert {"exif", "comment", "icc_profile", "dpi"} & picture.info.keys() == set()
    for word in (b"Exif", b"GPS", "吴阿姨".encode(), b"Demo Phone"):
        assert word not in drawn.data


def test_it_is_turned_the_way_it_was_held():
    drawn = photo.read(from_a_phone())
    assert (drawn.width, drawn.height) == (240, 320)
    picture = seen(drawn)
    assert is_near(picture.getpixel((200, 160)), RED)  # what was above is on the right
    assert is_near(picture.getpixel((40, 160)), BLUE)


@pytest.mark.parametrize(
    ("sides", "small"),
    [((3200, 2400), (1600, 1200)), ((1000, 4000), (400, 1600)), ((1600, 900), (1600, 900)), ((64, 64), (64, 64))],
)
def test_the_long_side_has_at_most_1600_pixels_and_nothing_grows(sides, small):
    for data in (jpeg(*sides), png(*sides)):
        drawn = photo.read(data)
        assert (drawn.width, drawn.height) == small
        picture = seen(drawn)
        assert is_near(picture.getpixel((small[0] // 2, small[1] // 4)), RED)
        assert is_near(picture.getpixel((small[0] // 2, small[1] * 3 // 4)), BLUE)


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGBA"])
def test_every_kind_of_png_becomes_plain_colours(mode):
    picture = seen(photo.read(png(mode=mode)))
    expected = halves().convert(mode).convert("RGB")
    shrunk = [one.resize((1, 1), Image.Resampling.BOX).getpixel((0, 0)) for one in (picture, expected)]
    assert is_near(*shrunk)


def test_cmyk_16_bits_and_clear_palettes_look_as_they_should():
    red = seen(photo.read(saved(halves().convert("CMYK"), "JPEG")))
    assert is_near(red.getpixel((160, 60)), RED)
    grey = Image.frombytes("I;16", (100, 100), struct.pack("<H", 0x8080) * 10_000)
    assert is_near(seen(photo.read(saved(grey, "PNG"))).getpixel((50, 50)), GREY)
    for mode, options in (("P", {"transparency": 0}), ("L", {"transparency": 0}), ("RGBA", {}), ("LA", {})):
        clear = saved(Image.new(mode, (100, 100)), "PNG", **options)
        assert seen(photo.read(clear)).getpixel((50, 50)) == (255, 255, 255), mode


def test_what_hangs_behind_a_photo_is_left_behind():
    behind = b"PK\x03\x04" + b"<script>alert(1)</script>" * 9
    drawn = photo.read(jpeg() + behind)
    assert drawn == photo.read(jpeg())
    assert b"script" not in drawn.data
    two = saved(halves(), "MPO", save_all=True, append_images=[Image.new("RGB", (320, 240), "white")])
    assert is_near(seen(photo.read(two)).getpixel((160, 60)), RED)


@pytest.mark.parametrize(
    ("data", "refusal"),
    [
        (b"", photo.EmptyPhoto), (b"hello", photo.UnfitPhoto), (EXE, photo.UnfitPhoto), (PDF, photo.UnfitPhoto),
        (b"PK\x03\x04" + bytes(99), photo.UnfitPhoto), (b"GIF89a" + bytes(99), photo.UnfitPhoto),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", photo.UnfitPhoto),
        (b"\0\0\0\x18ftypheic" + bytes(99), scan.ApplePicture),
        (jpeg() + bytes(photo.SIZE), photo.HeavyPhoto), (ONE_PIXEL, photo.TinyPhoto), (jpeg(640, 40), photo.TinyPhoto),
        (jpeg()[:900], photo.BrokenPhoto), (jpeg()[:-300], photo.BrokenPhoto), (png()[:300], photo.BrokenPhoto),
        (b"\xff\xd8\xff", photo.BrokenPhoto), (b"\x89PNG\r\n\x1a\n", photo.BrokenPhoto),
        (claims(9_000, 9_000), photo.LargePhoto), (claims(7_000, 7_000), photo.LargePhoto),
        (claims(2**31 - 1, 2**31 - 1), photo.LargePhoto), (claims(6_000, 6_000), photo.BrokenPhoto),
        (saved(Image.new("1", (6_500, 6_500)), "PNG"), photo.LargePhoto),
        (jpeg() + b"\xff\xda" * 99, photo.BrokenPhoto),
        (saved(halves(), "PNG", save_all=True, append_images=[Image.new("RGB", (320, 240))]), photo.MovingPhoto),
    ],
)  # fmt: skip
def test_what_is_no_photo_gets_a_sentence(data, refusal):
    with pytest.raises(refusal) as said:
        photo.read(data)
    assert type(said.value) is refusal
    assert str(said.value).endswith("。")
    assert said.value.field == "file"


@settings(max_examples=150, deadline=None)
@given(st.sampled_from([jpeg(80, 64), from_a_phone(), png(80, 64), png(80, 64, mode="P")]), st.data())
def test_no_damage_is_more_than_a_sentence(data, chosen):
    broken = bytearray(data)
    for at in chosen.draw(st.lists(st.integers(0, len(data) - 1), min_size=1, max_size=8)):
        broken[at] = chosen.draw(st.integers(0, 255))
    with suppress(photo.UnfitPhoto, scan.ApplePicture):  # and nothing else
        drawn = photo.read(bytes(broken[: chosen.draw(st.integers(1, len(data)))]))
        assert max(seen(drawn).size) <= photo.LONG
