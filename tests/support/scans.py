"""Small files to upload: a picture of each kind as a browser writes it, a PDF, and what only looks like one."""

from base64 import b64decode

from demo.paper import pdf

JPEG = b64decode(
    "/9j/4AAQSkZJRgABAQAAAQABAAD/2wBDAP////////////////////////////////////////////////////////////////////////////"
    "//////////2wBDAf//////////////////////////////////////////////////////////////////////////////////////wAARCAAB"
    "AAEDASIAAhEBAxEB/8QAFQABAQAAAAAAAAAAAAAAAAAAAAP/xAAUEAEAAAAAAAAAAAAAAAAAAAAA/8QAFAEBAAAAAAAAAAAAAAAAAAAAAP/EAB"
    "QRAQAAAAAAAAAAAAAAAAAAAAD/2gAMAwEAAhEDEQA/AJgA/9k="
)
PNG = b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR4AWJiYGBgAAAAAP//XRcpzQAAAAZJREFUAwAADwADJDd96QAAAABJRU"
    "5ErkJggg=="
)
PDF = pdf("合作协议（示例）", "甲方：东方社区党委", "乙方：白鹭科技（示例）")


def sent(data: bytes, name: str = "合同.pdf", **fields: str) -> dict:
    """The body of a form with this file, written by hand: the client would write a large one to disk and leave it."""
    more = "".join(
        f'--x\r\nContent-Disposition: form-data; name="{field}"\r\n\r\n{value}\r\n' for field, value in fields.items()
    )
    head = more + f'--x\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n'
    body = head.encode() + b"Content-Type: application/pdf\r\n\r\n" + data + b"\r\n--x--\r\n"
    return {"data": body, "content_type": "multipart/form-data; boundary=x"}


EXE = b"MZ\x90\x00\x03" + bytes(2_000)
