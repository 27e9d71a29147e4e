"""Photos: a JPEG or PNG picture is drawn anew, upright, small and without anything but its colours.

Position, camera, hour, a thumbnail of what was cut off, another file behind the end: nothing of it is carried over.
"""

from dataclasses import dataclass
from io import BytesIO
from threading import Lock

from PIL import Image, ImageOps

from . import scan
from .i18n import _
from .work import Refusal

MEGABYTE = scan.MEGABYTE
SIZE = 10 * MEGABYTE
PIXELS = 40_000_000  # as the sentence of LargePhoto says
LEAST, LONG = 64, 1600  # pixels of the short side that comes in, of the long side that goes out
QUALITY = 82
PASSES = 64  # scans of a progressive JPEG: a camera writes a dozen, each of them costs a walk over all pixels
START_OF_SCAN = b"\xff\xda"
FORMATS = {scan.Kind.JPEG: "JPEG", scan.Kind.PNG: "PNG"}

Image.MAX_IMAGE_PIXELS = PIXELS
one_at_a_time = Lock()  # an open picture fills up to 160 MB


class UnfitPhoto(Refusal):
    """This is no photo."""

    message = _("这个文件不是 JPG 或 PNG 照片，用不了。请从手机相册里选一张照片。")
    field = "file"


class EmptyPhoto(UnfitPhoto):
    """Nothing in it."""

    message = _("这张照片是空的，可能没有存好。请打开看一看，再选一次。")


class HeavyPhoto(UnfitPhoto):
    """More bytes than are taken."""

    message = _("这张照片有 %(size)s MB，最多收 %(most)s MB。请选小一点的，或截一张图再传。")


class LargePhoto(UnfitPhoto):
    """More pixels than are taken: it would fill the memory."""

    message = _("这张照片的像素太多，最多收 4000 万像素。请缩小一些，或截一张图再传。")


class TinyPhoto(UnfitPhoto):
    """Nothing can be seen in it."""

    message = _("这张照片太小，看不清。请选一张长和宽都不少于 %(least)s 像素的。")


class BrokenPhoto(UnfitPhoto):
    """It begins well and cannot be read."""

    message = _("这张照片读不出来，可能没有传完或存坏了。请打开看一看，再选一次，或截一张图再传。")


class MovingPhoto(UnfitPhoto):
    """Several pictures one after the other."""

    message = _("这是会动的图片，用不了。请选一张不动的照片。")


@dataclass(frozen=True)
class Photo:
    """A JPEG that this site made, and its sides in pixels."""

    data: bytes
    width: int
    height: int

    @property
    def as_scan(self) -> scan.Scan:
        """What a stored file keeps of it: the name it came with may name a person or a day."""
        return scan.Scan("photo.jpg", scan.Kind.JPEG, self.data)


def read(data: bytes) -> Photo:
    """Draw anew what was sent. Raises `UnfitPhoto`, or `scan.ApplePicture`, with a sentence for whoever chose it."""
    kind = kind_of(data)
    if kind is scan.Kind.JPEG and data.count(START_OF_SCAN) > PASSES:
        raise BrokenPhoto
    try:
        with one_at_a_time, Image.open(BytesIO(data), formats=[FORMATS[kind]]) as picture:
            fits(picture)
            return drawn(picture)
    except Refusal:
        raise
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise LargePhoto from None
    except Exception:  # Pillow raises a dozen kinds for broken files, and none of them is ours
        raise BrokenPhoto from None


def kind_of(data: bytes) -> scan.Kind:
    """JPEG or PNG, in its first bytes."""
    if not data:
        raise EmptyPhoto
    if len(data) > SIZE:
        raise HeavyPhoto(size=-(-len(data) // MEGABYTE), most=SIZE // MEGABYTE)
    try:
        kind = scan.kind_of(data)
    except scan.ApplePicture:
        raise
    except scan.UnfitFile:
        raise UnfitPhoto from None
    if kind not in FORMATS:
        raise UnfitPhoto
    return kind


def fits(picture: Image.Image) -> None:
    """Its sides and its number of pictures, as its head says them: nothing is decoded yet."""
    if picture.width * picture.height > PIXELS:
        raise LargePhoto
    if min(picture.size) < LEAST:
        raise TinyPhoto(least=LEAST)
    if picture.format == "PNG" and getattr(picture, "is_animated", False):
        raise MovingPhoto


def drawn(picture: Image.Image) -> Photo:
    """Small, upright, in plain colours on white; on a new sheet, so that nothing else comes along."""
    picture.draft("RGB", (LONG, LONG))
    plain = in_eight_bits(picture)
    plain.thumbnail((LONG, LONG))
    plain = ImageOps.exif_transpose(plain)
    sheet = Image.new("RGB", plain.size, "white")
    if plain.has_transparency_data:
        plain = plain.convert("RGBA")
        sheet.paste(plain, mask=plain.getchannel("A"))
    else:
        sheet.paste(plain.convert("RGB"))
    out = BytesIO()
    sheet.save(out, "JPEG", quality=QUALITY, optimize=True, progressive=True)
    return Photo(out.getvalue(), *sheet.size)


def in_eight_bits(picture: Image.Image) -> Image.Image:
    """In colours that can be mixed: a palette or one bit cannot, and 16 bits would all become white."""
    if picture.mode in ("1", "P", "PA"):
        return picture.convert("RGBA" if picture.has_transparency_data else "RGB")
    if picture.mode.startswith(("I", "F")):
        return picture.convert("I").point(lambda value: value / 256).convert("L")
    return picture
