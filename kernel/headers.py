"""Security headers of every answer, and where its text may be kept."""

from flask import g

POLICY = "; ".join(
    (
        "default-src 'self'",
        "object-src 'none'",
        "base-uri 'none'",
        "form-action 'self'",
        "frame-ancestors 'none'",
    )
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}


def protect(response):
    """Add them; pages of a signed-in person are kept by no cache."""
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    if "Cache-Control" not in response.headers:
        private = getattr(g.get("person"), "id", None) is not None
        response.headers["Cache-Control"] = "no-store" if private else "no-cache"
    response.vary.update(("Cookie", "HX-Request"))
    return response
