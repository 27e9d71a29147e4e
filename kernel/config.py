"""Configuration in layers: defaults, then instance/site.cfg, then the environment."""

import os
import secrets
from pathlib import Path
from urllib.parse import urlsplit

ROOT = Path(__file__).resolve().parent.parent
FROM_ENVIRONMENT = [
    "DATABASE_URL",
    "REDIS_URL",
    "SECRET_KEY",
    "CERTIFICATE_KEY",
    "CERTIFICATE_FONT",
    "SITE_URL",
    "TRUSTED_HOSTS",
    "DEMO",
    "DEMO_PASSWORD",
    "METRICS_TOKEN",
    "MAIL_SERVER",
    "MAIL_FROM",
    "MAIL_USERNAME",
    "MAIL_PASSWORD",
    "PROXIES",
]
DEFAULTS = {
    "DATABASE_URL": "",
    "REDIS_URL": "",
    "SITE_URL": "",
    "TRUSTED_HOSTS": "",
    "DEMO": "",
    "DEMO_PASSWORD": "",
    "METRICS_TOKEN": "",
    "MAIL_SERVER": "",
    "MAIL_FROM": "",
    "MAIL_USERNAME": "",
    "MAIL_PASSWORD": "",
    "PROXIES": 0,
    "CERTIFICATE_FONT": "",
    "ARGON2": {"time_cost": 2, "memory_cost": 19456, "parallelism": 1},  # OWASP's profile
    "MAX_CONTENT_LENGTH": 12 * 1024 * 1024,
    "MAX_FORM_MEMORY_SIZE": 2 * 1024 * 1024,
    "WTF_CSRF_TIME_LIMIT": None,
    "BABEL_DEFAULT_LOCALE": "zh_CN",
    "BABEL_DEFAULT_TIMEZONE": "Asia/Shanghai",
    "BABEL_TRANSLATION_DIRECTORIES": str(ROOT / "translations"),
    "RATELIMIT_HEADERS_ENABLED": False,
    "PERMANENT_SESSION_LIFETIME": 180 * 24 * 3600,  # the rows of SignIn decide; this only keeps the cookie
}


def kept_secret(path: Path) -> str:
    """The secret in this file; made at the first start, readable by its owner only."""
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(secrets.token_urlsafe(32))
    except FileExistsError:
        pass
    return path.read_text().strip()


PREPARED = 500  # statements that each connection to SQLite keeps prepared; Python's 128 are fewer than the pages have


def configure(app, given=None) -> None:
    """Fill `app.config` from its layers; what a test gives comes last."""
    config = app.config
    config.update(DEFAULTS)
    config.from_pyfile("site.cfg", silent=True)
    config.update({name: os.environ[name] for name in FROM_ENVIRONMENT if os.environ.get(name)})
    config.update(given or {})
    instance = Path(app.instance_path)
    instance.mkdir(parents=True, exist_ok=True)
    config["SECRET_KEY"] = config.get("SECRET_KEY") or kept_secret(instance / "secret_key")
    config["CERTIFICATE_KEY"] = config.get("CERTIFICATE_KEY") or kept_secret(instance / "certificate_key")
    config["SQLALCHEMY_DATABASE_URI"] = config["DATABASE_URL"] or f"sqlite:///{instance / 'hehuoren.sqlite'}"
    if config["SQLALCHEMY_DATABASE_URI"].startswith("sqlite"):
        config["SQLALCHEMY_ENGINE_OPTIONS"] = {"connect_args": {"cached_statements": PREPARED}}
    https = urlsplit(config["SITE_URL"]).scheme == "https"
    config.update(
        SESSION_COOKIE_NAME="__Host-hehuo" if https else "hehuo",
        SESSION_COOKIE_SECURE=https,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_REFRESH_EACH_REQUEST=False,
        RATELIMIT_STORAGE_URI=config["REDIS_URL"] or "memory://",
        RATELIMIT_IN_MEMORY_FALLBACK_ENABLED=bool(config["REDIS_URL"]),
    )
    if isinstance(config["TRUSTED_HOSTS"], str):
        config["TRUSTED_HOSTS"] = config["TRUSTED_HOSTS"].split() or None
