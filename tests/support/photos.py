"""Photos to upload, as a phone writes them and as nobody should."""

from io import BytesIO

from PIL import Image

ORIENTATION, MAKER, GPS = 0x0112, 0x010F, 0x8825
TURNED = 6  # the phone was held upright: to be turned by a quarter, clockwise


def saved(picture: Image.Image, kind: str, **options) -> bytes:
    """The bytes of its file."""
    out = BytesIO()
    picture.save(out, kind, **options)
    return out.getvalue()


def halves(width: int = 320, height: int = 240) -> Image.Image:
    """Red above, blue below: one sees which way is up."""
    picture = Image.new("RGB", (width, height), "#d01010")
    picture.paste("#1010d0", (0, height // 2, width, height))
    return picture


def jpeg(width: int = 320, height: int = 240, **options) -> bytes:
    """A plain photo."""
    return saved(halves(width, height), "JPEG", **options)


def png(width: int = 320, height: int = 240, mode: str = "RGB", **options) -> bytes:
    """The same as PNG, in this mode."""
    return saved(halves(width, height).convert(mode), "PNG", **options)


def from_a_phone() -> bytes:
    """A photo with where it was taken, by which phone, a remark, a thumbnail; to be turned by a quarter."""
    exif = Image.Exif()
    exif[ORIENTATION], exif[MAKER] = TURNED, "Demo Phone"
    exif.get_ifd(GPS).update({1: "N", 2: (34.0, 15.0, 9.0), 3: "E", 4: (109.0, 0.0, 51.0)})
    return jpeg(exif=exif, comment="吴阿姨家门口（示例）".encode(), dpi=(300, 300))
