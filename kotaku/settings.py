"""Settings of KOTAKU Banjar, read from the environment or `.env`.

Secure by default: without DEBUG=on the site requires a SECRET_KEY, its host names and HTTPS.
kotaku/deploy/README.md lists every variable.
"""

import os
from datetime import timedelta
from pathlib import Path

import environ
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured

from kotaku.limits import MAX_FIELDS
from kotaku.requests.logging_config import logging_config

BASE_DIR = Path(__file__).resolve().parent.parent

env = environ.Env()
# An empty KOTAKU_ENV_FILE means "no file": the tests must not depend on a developer's .env.
if env_file := os.environ.get("KOTAKU_ENV_FILE", str(BASE_DIR / ".env")):
    if "KOTAKU_ENV_FILE" in os.environ and not Path(env_file).is_file():
        raise ImproperlyConfigured(f"KOTAKU_ENV_FILE names {env_file}, which is not there.")
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

# The code of the region whose page is the home page; names of the site and (until then) of it.
HOME_REGION = env("HOME_REGION", default="32.79")
SITE_NAME = env("SITE_NAME", default="KOTAKU Banjar" if HOME_REGION == "32.79" else "KOTAKU")
CITY_NAME = env("CITY_NAME", default="Kota Banjar" if HOME_REGION == "32.79" else "daerah")
# Mail and calendars need absolute URLs, also outside of a request.
SITE_URL = env("SITE_URL", default="http://127.0.0.1:8000").rstrip("/")
# The licence of the open data, which only the city can choose: name and URL.
DATA_LICENCE = env("DATA_LICENCE", default="")
DATA_LICENCE_URL = env("DATA_LICENCE_URL", default="")

# The project's apps; changes in their tables change the data version.
HOUSE_APPS = ["kotaku", "areas", "meetings"]
INSTALLED_APPS = [
    *HOUSE_APPS,
    "django.forms",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    # Makes runserver serve static files as production does.
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "csp",
    "axes",
    "django_otp",
    "django_otp.plugins.otp_totp",
]

MIDDLEWARE = [
    # Outermost, so that it logs the final response.
    "kotaku.requests.request_log.RequestLog",
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "kotaku.requests.middleware.BrowserRules",
    "kotaku.requests.middleware.RefuseMethods",
    "kotaku.requests.charset.RefuseOtherCharsets",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    # Responds 304 if the browser already has the page, which saves mobile data.
    "django.middleware.http.ConditionalGetMiddleware",
    # Inside compression and conditional responses, outside of sessions and sign-in.
    "kotaku.caching.page_cache.KeptPages",
    "kotaku.caching.page_cache.LastGoodCopy",
    "kotaku.caching.remembered.RememberingPages",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    # Before anything else that reads POST data.
    "kotaku.requests.whole_requests.RefuseCutRequests",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "kotaku.requests.clean_input.CleanInput",
    "kotaku.requests.middleware.LoginRequiredKeepingForms",
    "kotaku.requests.middleware.FirstPasswordChange",
    "kotaku.requests.middleware.SecondStepFirst",
    "django.contrib.messages.middleware.MessageMiddleware",
    "kotaku.requests.step_pages.PageForSteps",
    # Last, so that it handles a refused sign-in first.
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "kotaku.urls"
# The site is at the root of its host, regardless of a SCRIPT_NAME from the server.
FORCE_SCRIPT_NAME = ""
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
                "kotaku.interface.context_processors.site",
            ],
            "builtins": ["kotaku.templatetags.site"],
        },
    }
]
FORM_RENDERER = "kotaku.interface.fields.FormRenderer"

DATABASES = {"default": env.db("DATABASE_URL", default=f"sqlite:///{BASE_DIR / 'db.sqlite3'}")}
# Behind a connection pooler (pgbouncer), server-side cursors do not work.
DATABASE_POOLER = env.bool("DATABASE_POOLER", default=False)
DATABASES["default"]["DISABLE_SERVER_SIDE_CURSORS"] = DATABASE_POOLER
# Opening a connection takes longer than most queries, on SQLite too.
seconds = 0 if DATABASE_POOLER else 60
DATABASES["default"]["CONN_MAX_AGE"] = env.int("DATABASE_CONN_MAX_AGE", default=seconds)
DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    # FULL: committed changes survive a power cut.
    synchronous = env("SQLITE_SYNCHRONOUS", default="FULL")
    DATABASES["default"]["OPTIONS"] = {
        # WAL: readers never wait. IMMEDIATE: writers queue instead of failing in a transaction.
        "init_command": f"PRAGMA journal_mode=WAL; PRAGMA synchronous={synchronous};",
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
    }
    # KOTAKU_TEST_SQLITE names a file, so that tests have the same locking as the real site.
    DATABASES["default"]["TEST"] = {"NAME": env("KOTAKU_TEST_SQLITE", default=None)}
else:
    # Fail fast when the server is unreachable.
    options = {"connect_timeout": 5} | DATABASES["default"].get("OPTIONS", {})
    DATABASES["default"]["OPTIONS"] = options
# A read replica (PostgreSQL) for anonymous visitors; see kotaku.caching.replica.
if DATABASE_REPLICA_URL := env("DATABASE_REPLICA_URL", default=""):
    DATABASES["replica"] = {
        **DATABASES["default"],
        **env.db_url_config(DATABASE_REPLICA_URL),
        "ENGINE": DATABASES["default"]["ENGINE"],
        # In tests the replica is the same database.
        "TEST": {"MIRROR": "default"},
    }
    DATABASE_ROUTERS = ["kotaku.caching.replica.Replica"]

# Shared sessions and cache of all application servers, in Redis: redis://host:6379/0.
CACHE_URL = env("CACHE_URL", default="")
if CACHE_URL:
    SESSION_ENGINE = "django.contrib.sessions.backends.cached_db"

# Size of each process's cache of public pages (kotaku.caching.page_cache); 0 disables it.
PAGE_CACHE_BYTES = env.int("PAGE_CACHE_BYTES", default=16 * 1024 * 1024)
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

COMMON_CACHE = env.cache_url_config(CACHE_URL or "locmemcache://")
if CACHE_URL.startswith("redis"):
    COMMON_CACHE["BACKEND"] = "kotaku.caching.optional_redis.SpareRedisCache"

CACHES = {
    "default": COMMON_CACHE,
    # Copies of public pages for database outages. In a folder they are shared by all processes
    # and survive a restart; the folder must not be used for anything else.
    "last-good-copy": {
        **env.cache("LAST_GOOD_COPY_URL", default="locmemcache://last-good-copy"),
        "TIMEOUT": None,
        "OPTIONS": {"MAX_ENTRIES": 500},
    },
}

AUTH_USER_MODEL = "kotaku.User"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "kotaku.accounts.backend.Accounts",
]
# Failures that lock a name at one IP address, and an IP address, and for how many minutes.
SIGN_IN_FAILURES = env.int("SIGN_IN_FAILURES", default=10)
SIGN_IN_FAILURES_OF_ADDRESS = env.int("SIGN_IN_FAILURES_OF_ADDRESS", default=100)
SIGN_IN_WAIT_MINUTES = env.int("SIGN_IN_WAIT_MINUTES", default=15)
SIGN_IN_FAILURES_OF_NAME = env.int("SIGN_IN_FAILURES_OF_NAME", default=50)  # In a day.
AXES_HANDLER = "kotaku.accounts.sign_in_limits.SignInLimits"
AXES_FAILURE_LIMIT = 1  # One of these three limits.
AXES_COOLOFF_TIME = timedelta(minutes=SIGN_IN_WAIT_MINUTES)
AXES_USERNAME_CALLABLE = "kotaku.accounts.backend.counted_name"
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
# Attempts during a lock neither count nor prolong it.
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
AXES_CLIENT_IP_CALLABLE = "kotaku.requests.client_address.throttled_address"
AXES_LOCKOUT_CALLABLE = "kotaku.accounts.sign_in.locked_out"
# Accounts are unlocked by an action in our admin; sign-ins are in the audit log.
AXES_ENABLE_ADMIN = False
AXES_DISABLE_ACCESS_LOG = True
AXES_VERBOSE = False
# The number of our own proxies in front of the site; each must append to X-Forwarded-For.
TRUSTED_PROXIES = env.int("TRUSTED_PROXIES", default=0)
# On: Bappeda and admins must sign in with a second factor.
REQUIRE_TWO_FACTOR = env.bool("REQUIRE_TWO_FACTOR", default=False)
OTP_TOTP_ISSUER = SITE_NAME
# They encrypt the secrets of the second step (kotaku.sealed); the first is the newest.
TWO_FACTOR_KEYS = env.list("TWO_FACTOR_KEYS", default=[])
LOGIN_URL = "login"
LOGIN_REDIRECT_URL = "areas:progress"
LOGOUT_REDIRECT_URL = "areas:progress"
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
PASSWORD_LENGTHS = (12, 128)  # Characters, from and to: OWASP ASVS 2.1.1, 2.1.2.
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "kotaku.accounts.passwords.OwnDetailsValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": PASSWORD_LENGTHS[0]},
    },
    {"NAME": "kotaku.accounts.passwords.MaximumLengthValidator"},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
    {"NAME": "kotaku.accounts.passwords.LocalWordsValidator"},
]

LANGUAGE_CODE = "id"
TIME_ZONE = "Asia/Jakarta"
# Django's words in better Indonesian, those of the admin's scripts too.
LOCALE_PATHS = [BASE_DIR / "kotaku/locale"]
# Off, because it would format the year as 2.019. Pages format numbers with kotaku.formats.
USE_THOUSAND_SEPARATOR = False

STATIC_URL = "static/"
STATIC_ROOT = env.path("STATIC_ROOT", default=str(BASE_DIR / "staticfiles"))()
STATICFILES_DIRS = [BASE_DIR / "static"]
# Uploaded files. There is no MEDIA_URL: only views send files, after checking permissions.
MEDIA_ROOT = env.path("MEDIA_ROOT", default=str(BASE_DIR / "media"))()
# Several servers share the files in an S3-compatible bucket instead of the folder.
if MEDIA_BUCKET := env("MEDIA_BUCKET", default=""):
    MEDIA_STORAGE = {
        "BACKEND": "kotaku.files.bucket.Bucket",
        "OPTIONS": {
            "bucket_name": MEDIA_BUCKET,
            "endpoint_url": env("MEDIA_ENDPOINT_URL", default=None),
            # Never public, never overwritten; only views send files, after checking permissions.
            "default_acl": "private",
            "file_overwrite": False,
            "querystring_auth": True,
        },
    }
else:
    MEDIA_STORAGE = {"BACKEND": "kotaku.files.storage.WholeFiles"}
STORAGES = {
    "default": MEDIA_STORAGE,
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "kotaku.files.static_files.HashedFiles"
    },
}
FILE_UPLOAD_PERMISSIONS = 0o640
DATA_UPLOAD_MAX_NUMBER_FIELDS = MAX_FIELDS
MESSAGE_STORAGE = "django.contrib.messages.storage.fallback.FallbackStorage"

# EMAIL_URL: consolemail:// prints mail, smtp+tls://user:password@host:587 sends it.
vars().update(env.email("EMAIL_URL", default="consolemail://"))
DEFAULT_FROM_EMAIL = env("DEFAULT_FROM_EMAIL", default="kotaku@localhost")
# A mail server that does not respond must not block the request.
EMAIL_TIMEOUT = 10
# Recipients of error mail, which contains no personal data (kotaku.requests.logs.FaultMail).
ADMINS = [(address, address) for address in env.list("ADMINS", default=[])]
SERVER_EMAIL = DEFAULT_FROM_EMAIL
EMAIL_SUBJECT_PREFIX = f"[{SITE_NAME}] "
LOGGING = logging_config(as_json=env.bool("LOG_JSON", default=not DEBUG))

CSRF_FAILURE_VIEW = "kotaku.accounts.views.csrf_failure"
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
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
# A session ends this long after sign-in; posted forms are kept (kotaku.requests.kept_forms).
SESSION_COOKIE_AGE = env.int("SESSION_HOURS", default=12) * 60 * 60
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"

if not DEBUG:
    SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = True
    # With this prefix browsers reject the cookies without HTTPS or from another subdomain.
    SESSION_COOKIE_NAME = "__Host-sessionid"
    CSRF_COOKIE_NAME = "__Host-csrftoken"
    SECURE_SSL_REDIRECT = env.bool("SECURE_SSL_REDIRECT", default=True)
    # Load balancers check the process directly over HTTP.
    SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
    SECURE_HSTS_SECONDS = env.int("SECURE_HSTS_SECONDS", default=60 * 60 * 24 * 365)
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    SECURE_HSTS_PRELOAD = True
    # Only behind a proxy that sets (and overwrites) this header itself.
    if env.bool("TRUST_X_FORWARDED_PROTO", default=False):
        SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
