"""Settings of KOTAKU Banjar, all of them from the environment or `.env`.

Secure unless told otherwise: without DEBUG=on the site wants a SECRET_KEY, its host names and
HTTPS. The README's table lists every variable.
"""

import os
from pathlib import Path

import environ
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured

BASE_DIR = Path(__file__).resolve().parent.parent

env = environ.Env()
# An empty KOTAKU_ENV_FILE means "no file": the tests must not depend on a developer's .env.
if env_file := os.environ.get("KOTAKU_ENV_FILE", str(BASE_DIR / ".env")):
    env.read_env(env_file)

DEBUG = env.bool("DEBUG", default=False)
SECRET_KEY = env("SECRET_KEY", default="")
if not SECRET_KEY:
    if not DEBUG:
        raise ImproperlyConfigured(
            "SECRET_KEY is missing. Set it in the environment or in .env, for example to the output of: "
            'python3 -c "import secrets; print(secrets.token_urlsafe(50))"'
        )
    SECRET_KEY = "insecure-key-for-development-only-never-used-when-debug-is-off"
ALLOWED_HOSTS = env.list(
    "ALLOWED_HOSTS", default=["127.0.0.1", "localhost", "[::1]"] if DEBUG else []
)
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])

CITY_NAME = "Kota Banjar"
# Mail and calendars carry whole addresses, also where no request tells the host.
SITE_URL = env("SITE_URL", default="http://127.0.0.1:8000").rstrip("/")
# Under which terms the open data may be used; only the city can say that. Name, then address.
DATA_LICENCE = env("DATA_LICENCE", default="")
DATA_LICENCE_URL = env("DATA_LICENCE_URL", default="")

# Ours; a change in any of their tables is a new version of the record (kotaku.data_version).
HOUSE_APPS = ["kotaku", "areas", "meetings"]
INSTALLED_APPS = [
    *HOUSE_APPS,
    "django.forms",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    # runserver must serve static files as production does.
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "csp",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    # Answers 304 to whoever already has the page; a village page costs a phone nothing twice.
    "django.middleware.http.ConditionalGetMiddleware",
    # Below compression and the conditional answer, above everything that asks who it is.
    "kotaku.page_cache.KeptPages",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "kotaku.middleware.RefuseNul",
    "kotaku.middleware.LoginRequiredKeepingForms",
    "kotaku.middleware.FirstPasswordChange",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]

ROOT_URLCONF = "kotaku.urls"
WSGI_APPLICATION = "kotaku.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "kotaku.context_processors.site",
            ],
        },
    }
]
FORM_RENDERER = "kotaku.forms.FormRenderer"

DATABASES = {"default": env.db("DATABASE_URL", default=f"sqlite:///{BASE_DIR / 'db.sqlite3'}")}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    DATABASES["default"]["OPTIONS"] = {
        # Readers never wait for the writer; IMMEDIATE makes writers queue (up to `timeout`
        # seconds) instead of failing in the middle of a transaction.
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
    }
    # A file, so that tests meet the same locking as the real site.
    DATABASES["default"]["TEST"] = {"NAME": env("KOTAKU_TEST_SQLITE", default=None)}
else:
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
# Opening a connection costs more than most questions, on SQLite too.
DATABASES["default"]["CONN_MAX_AGE"] = env.int("DATABASE_CONN_MAX_AGE", default=60)
# A read replica (PostgreSQL) for what strangers read; see kotaku.replica.
if DATABASE_REPLICA_URL := env("DATABASE_REPLICA_URL", default=""):
    DATABASES["replica"] = {
        **DATABASES["default"],
        **env.db_url_config(DATABASE_REPLICA_URL),
        # In tests it is the same database.
        "TEST": {"MIRROR": "default"},
    }
    DATABASE_ROUTERS = ["kotaku.replica.Replica"]

# Sessions and cache of all application servers together, in Redis: redis://host:6379/0.
if CACHE_URL := env("CACHE_URL", default=""):
    CACHES = {"default": env.cache_url_config(CACHE_URL)}
    SESSION_ENGINE = "django.contrib.sessions.backends.cached_db"

# Drawn public pages that each process keeps until the record changes (kotaku.page_cache); 0: none.
PAGE_CACHE_BYTES = env.int("PAGE_CACHE_BYTES", default=16 * 1024 * 1024)
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "kotaku.User"
LOGIN_URL = "login"
LOGIN_REDIRECT_URL = "areas:progress"
LOGOUT_REDIRECT_URL = "areas:progress"
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 10},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]

LANGUAGE_CODE = "id"
TIME_ZONE = "Asia/Jakarta"
USE_I18N = True
USE_TZ = True
# Off on purpose: it would write the year 2.019. Pages show numbers through kotaku.formats.
USE_THOUSAND_SEPARATOR = False

STATIC_URL = "static/"
STATIC_ROOT = BASE_DIR / "staticfiles"
STATICFILES_DIRS = [BASE_DIR / "static"]
# Uploaded evidence. There is no MEDIA_URL on purpose: views hand files out after asking who may.
MEDIA_ROOT = env.path("MEDIA_ROOT", default=str(BASE_DIR / "media"))()
# Several servers share evidence in a bucket (S3 or what speaks like it) instead of the folder.
if MEDIA_BUCKET := env("MEDIA_BUCKET", default=""):
    MEDIA_STORAGE = {
        "BACKEND": "storages.backends.s3.S3Storage",
        "OPTIONS": {
            "bucket_name": MEDIA_BUCKET,
            "endpoint_url": env("MEDIA_ENDPOINT_URL", default=None),
            # Never public, never overwritten: views hand files out after asking who may.
            "default_acl": "private",
            "file_overwrite": False,
            "querystring_auth": True,
        },
    }
else:
    MEDIA_STORAGE = {"BACKEND": "django.core.files.storage.FileSystemStorage"}
STORAGES = {
    "default": MEDIA_STORAGE,
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
FILE_UPLOAD_PERMISSIONS = 0o640
MESSAGE_STORAGE = "django.contrib.messages.storage.fallback.FallbackStorage"

# EMAIL_URL: consolemail:// prints, smtp+tls://user:password@host:587 sends.
vars().update(env.email("EMAIL_URL", default="consolemail://"))
DEFAULT_FROM_EMAIL = env("DEFAULT_FROM_EMAIL", default="kotaku@localhost")

CSRF_FAILURE_VIEW = "kotaku.views.csrf_failure"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:", "blob:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
    }
}
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SAMESITE = "Lax"

if not DEBUG:
    SESSION_COOKIE_SECURE = True
    CSRF_COOKIE_SECURE = True
    SECURE_SSL_REDIRECT = env.bool("SECURE_SSL_REDIRECT", default=True)
    SECURE_HSTS_SECONDS = env.int("SECURE_HSTS_SECONDS", default=60 * 60 * 24 * 365)
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    SECURE_HSTS_PRELOAD = True
    # Only behind a proxy that sets (and overwrites) this header itself.
    if env.bool("TRUST_X_FORWARDED_PROTO", default=False):
        SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
