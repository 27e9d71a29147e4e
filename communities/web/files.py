"""Files to keep."""

from io import BytesIO

from flask import send_file


def attachment(data: bytes, filename: str):
    """The answer that saves these bytes under this name."""
    return send_file(BytesIO(data), as_attachment=True, download_name=filename)
