"""One settings file for every deployment. What differs comes from the environment (see .env.example)."""

import os
import sys
from datetime import timedelta
from pathlib import Path
from typing import Any

import django_stubs_ext
import environ
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from django.templatetags.static import static
from django.utils.translation import gettext_lazy as _

from cscore import env

# Django's generic classes become subscriptable: ModelForm[Shop] at run time as for the type checker.
django_stubs_ext.monkeypatch()

# --- Where things are -------------------------------------------------------------------------------------

BASE_DIR = Path(__file__).resolve().parent.parent
environ.Env.read_env(BASE_DIR / ".env")
VAR_DIR = Path(env.text("VAR_DIR") or BASE_DIR / "var")
VAR_DIR.mkdir(parents=True, exist_ok=True)
# Made from the database by whoever needs it, and made again when it is lost.
SEARCH_DIR = VAR_DIR / "search"

# --- Who may reach us -------------------------------------------------------------------------------------

LOOPBACK = ["127.0.0.1", "localhost", "[::1]"]
DEBUG = env.flag("DEBUG")
SECRET_KEY = env.secret("SECRET_KEY")
SECRET_KEY_FALLBACKS = env.listed("SECRET_KEY_FALLBACKS")
BIND = env.text("BIND", "127.0.0.1")
PORT = env.number("PORT", 8000, low=0, high=65535)
WEB_PROCESSES = env.number("WEB_PROCESSES", 1, low=1, high=64)
ALLOWED_HOSTS = env.listed("ALLOWED_HOSTS", LOOPBACK)
CSRF_TRUSTED_ORIGINS = env.listed("CSRF_TRUSTED_ORIGINS")
if "*" in ALLOWED_HOSTS:
    raise ImproperlyConfigured("ALLOWED_HOSTS may not be '*': name the hosts that this server answers for.")
if DEBUG and BIND not in {"127.0.0.1", "localhost", "::1"}:
    raise ImproperlyConfigured(
        "DEBUG shows secrets to whoever causes an error: with DEBUG=1, BIND must be 127.0.0.1."
    )

# The demo shop lets any visitor be any of its customers: never on a server that strangers can reach.
DEMO = env.flag("DEMO")
DEMO_PASSWORD = env.text("DEMO_PASSWORD")
if DEMO and BIND not in {"127.0.0.1", "localhost", "::1"}:
    raise ImproperlyConfigured("DEMO=1 lets anybody be any demo customer: BIND must be 127.0.0.1.")

HTTPS = env.flag("HTTPS")
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if env.flag("BEHIND_PROXY") else None
SECURE_SSL_REDIRECT = HTTPS
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = HTTPS
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_AGE = 12 * 3600
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"

# Strict for every page; the admin's own theme needs more (cscore.common.middleware says what and why).
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "frame-src": [SELF],
        "manifest-src": [SELF],
        "object-src": [NONE],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}

# --- What it is made of -----------------------------------------------------------------------------------

INSTALLED_APPS = [
    "unfold",
    "unfold.contrib.filters",
    "unfold.contrib.forms",
    "unfold.contrib.import_export",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "axes",
    "channels",
    "csp",
    "django_q",
    "import_export",
    "rest_framework",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "cscore",
    "cscore.common",
    "cscore.accounts",
    "cscore.compliance",
    "cscore.commerce",
    "kb",
    "tickets",
    "chat",
    "analytics",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "cscore.common.middleware.request_id",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "csp.middleware.CSPMiddleware",
    "cscore.common.middleware.admin_policy",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "cscore.common.middleware.private_pages",
    "cscore.common.middleware.refusals",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    # Last, because it looks at what signing in came to.
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "cscore.urls"
ASGI_APPLICATION = "cscore.asgi.application"
WSGI_APPLICATION = "cscore.wsgi.application"

TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
]

# --- Where data lives -------------------------------------------------------------------------------------

DATABASE_URL = env.url(
    "DATABASE_URL", f"sqlite:///{VAR_DIR / 'cscore.sqlite3'}", schemes=["sqlite", "postgres", "postgresql"]
)
DATABASES: dict[str, dict[str, Any]] = {"default": environ.Env.db_url_config(DATABASE_URL)}
ON_SQLITE = DATABASES["default"]["ENGINE"].endswith("sqlite3")
if ON_SQLITE:
    DATABASES["default"] |= {
        # A file, so that tests may use threads; named by process, so that two test runs never meet.
        "TEST": {"NAME": str(VAR_DIR / f"test-{os.getpid()}.sqlite3")},
        # A file's connection costs nothing to keep; closing the last one would sync the whole log each time.
        "CONN_MAX_AGE": None,
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            # FULL: a message that was acknowledged survives a power cut, not only a killed process.
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;",
        },
    }
else:
    DATABASES["default"] |= {
        "CONN_HEALTH_CHECKS": True,  # nobody gets a connection that died with the server it led to
        "OPTIONS": {"options": "-c synchronous_commit=on -c statement_timeout=30000"},
    }
    DATABASE_POOL = env.number("DATABASE_POOL", 8, low=2, high=64)
    # The web server's threads share connections. The worker forks, and two processes that write to one connection
    # read each other's answers: it has no pool, nor has any other command.
    if "cscore.asgi" in sys.modules:
        DATABASES["default"]["OPTIONS"]["pool"] = {"min_size": 1, "max_size": DATABASE_POOL, "timeout": 5}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

REDIS_URL = env.url("REDIS_URL", "", schemes=["redis", "rediss", "unix"])
if WEB_PROCESSES > 1 and (ON_SQLITE or not REDIS_URL):
    raise ImproperlyConfigured(
        "Several web processes need PostgreSQL (DATABASE_URL) and Redis (REDIS_URL); SQLite serves exactly one."
    )
CHANNEL_LAYERS: dict[str, dict[str, Any]] = {
    "default": {"BACKEND": "chat.layer.RedisLayer", "CONFIG": {"url": REDIS_URL}}
    if REDIS_URL
    else {"BACKEND": "chat.layer.MemoryLayer"}
}

# What processes count together, such as the API's requests. One process counts in its own memory.
CACHES: dict[str, dict[str, Any]] = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
if REDIS_URL:
    CACHES["default"] = {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": REDIS_URL}
    CACHES["default"]["OPTIONS"] = {"socket_connect_timeout": 0.5, "socket_timeout": 0.5}

# The broker is this database: a job is queued in the same transaction as the row it is about.
Q_CLUSTER = {
    "name": "cscore",
    "orm": "default",
    "broker_class": "cscore.common.jobs.Broker",
    "workers": 1 if ON_SQLITE else 2,
    "poll": 1,
    "timeout": 600,
    "retry": 660,  # above the timeout, as the library wants; leases take its place (cscore.common.jobs)
    "max_attempts": 5,
    "queue_limit": 1,
    "catch_up": False,
    "label": _("Background jobs"),
}

# --- People -----------------------------------------------------------------------------------------------

AUTH_USER_MODEL = "accounts.User"
# Five wrong passwords for one name from one address, and that pair must wait. A name alone is never locked: anybody
# could keep an agent out on the day of the sale.
AUTHENTICATION_BACKENDS = ["axes.backends.AxesStandaloneBackend", "django.contrib.auth.backends.ModelBackend"]
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = timedelta(minutes=10)
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
AXES_RESET_ON_SUCCESS = True
AXES_LOCKOUT_CALLABLE = "cscore.accounts.throttling.locked_out"
AXES_DISABLE_ACCESS_LOG = True
AXES_ENABLE_ADMIN = False
AXES_VERBOSE = False
LOGIN_URL = "admin:login"
LOGIN_REDIRECT_URL = "home"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]

# --- Language and time ------------------------------------------------------------------------------------

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "简体中文"), ("en", "English")]
# Ours first; the second says in Chinese what the libraries leave in English.
LOCALE_PATHS = [BASE_DIR / "cscore" / "locale", BASE_DIR / "cscore" / "locale_vendor"]
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True

# --- Files served as they are -----------------------------------------------------------------------------

STATIC_URL = "static/"
STATIC_ROOT = VAR_DIR / "static"
STATIC_ROOT.mkdir(exist_ok=True)
# Served from the apps' own folders: no collecting step to forget, and a second start stays quick.
WHITENOISE_USE_FINDERS = True

# --- Logs -------------------------------------------------------------------------------------------------

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"request_id": {"()": "cscore.common.logs.RequestIdFilter"}},
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s [%(request_id)s] %(message)s"}},
    "handlers": {
        "console": {"class": "logging.StreamHandler", "formatter": "line", "filters": ["request_id"]},
    },
    "root": {"handlers": ["console"], "level": env.text("LOG_LEVEL", "WARNING")},
    "loggers": {
        "django": {"handlers": [], "level": env.text("LOG_LEVEL", "WARNING")},
        # A page that is missing or closed to somebody is an answer, not a fault of ours.
        "django.request": {"level": "ERROR"},
    },
}

# --- Limits (see docs/protocol.md) ------------------------------------------------------------------------

CHAT_LIMITS = {
    "frame_bytes": 65_536,
    "hello_s": 10,
    "messages_per_minute": env.number("CHAT_MESSAGES_PER_MINUTE", 20, low=1, high=10_000),
    "burst": 5,
    "sockets_per_visitor": 4,
    "sockets_per_address": env.number("CHAT_SOCKETS_PER_ADDRESS", 100, low=1, high=100_000),
    "agent_messages_per_minute": 120,
    "tick_s": 1.0,
}
# Customers' photos are kept for so long after their case is settled.
PHOTOS_KEPT_DAYS = env.number("PHOTOS_KEPT_DAYS", 180, low=1, high=3650)

# --- A language model, if the operator has one (see docs/adr/0006) -------------------------------------------

LANGUAGE_MODEL: dict[str, Any] = {
    "base_url": env.url("LLM_BASE_URL", "", schemes=["https", "http"]),
    "api_key": env.text("LLM_API_KEY"),
    "model": env.text("LLM_MODEL"),
    # Whether the address may be inside the operator's own network.
    "private": env.flag("LLM_PRIVATE"),
    "first_s": 3.0,
    "total_s": 15.0,
}
if LANGUAGE_MODEL["base_url"] and not LANGUAGE_MODEL["model"]:
    raise ImproperlyConfigured("LLM_BASE_URL is set and LLM_MODEL is not: name the model to ask.")
if LANGUAGE_MODEL["base_url"].startswith("http://") and not LANGUAGE_MODEL["private"]:
    raise ImproperlyConfigured(
        "LLM_BASE_URL must begin with https:// because questions go there; "
        "for a server inside your own network set LLM_PRIVATE=1."
    )

API_LIMITS = {"requests_per_minute": env.number("API_REQUESTS_PER_MINUTE", 600, low=1, high=1_000_000)}

# --- The API: whom it opens for and how it refuses stands in cscore.commerce.api ---------------------------

REST_FRAMEWORK: dict[str, Any] = {"DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema"}
SPECTACULAR_SETTINGS = {"TITLE": "cscore", "VERSION": "1", "ENUM_GENERATE_CHOICE_DESCRIPTION": False}

# --- The look of the admin --------------------------------------------------------------------------------

UNFOLD: dict[str, Any] = {
    "SITE_TITLE": "cscore",
    "SITE_HEADER": "cscore",
    "SITE_SUBHEADER": _("Customer service"),
    "SITE_URL": "/",
    "SITE_SYMBOL": "support_agent",
    "SHOW_HISTORY": False,
    "SHOW_VIEW_ON_SITE": False,
    "SHOW_LANGUAGES": True,
    "DASHBOARD_CALLBACK": "cscore.dashboard.for_request",
    "STYLES": [lambda request: static("common/css/admin.css")],
    "COLORS": {
        "primary": {
            "50": "239 246 255",
            "100": "219 234 254",
            "200": "191 219 254",
            "300": "147 197 253",
            "400": "96 165 250",
            "500": "59 130 246",
            "600": "29 78 216",
            "700": "30 64 175",
            "800": "30 58 138",
            "900": "23 37 84",
            "950": "15 23 42",
        },
    },
    "SIDEBAR": {"show_search": False, "navigation": "cscore.navigation.for_request"},
}
