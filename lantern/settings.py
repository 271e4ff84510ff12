"""Django's settings: one file, the same for the demonstration, the tests and production.

What differs comes from LANTERN_… variables (plumbing/environment.py lists them) and from DATABASE_URL.
"""

import os
from pathlib import Path

from lantern.plumbing.environment import Environment
from lantern.plumbing.errors import Misconfigured
from lantern.plumbing.keys import kept_key
from lantern.plumbing.logs import configuration
from lantern.plumbing.postgres import connection
from lantern.plumbing.postgres.layout import home_for

BASE_DIR = Path(__file__).resolve().parent.parent
_env = Environment(os.environ)

VAR = Path(_env.text("LANTERN_VAR", str(BASE_DIR / "var"))).resolve()
_home = home_for(VAR)
KEYS = Path(_env.text("LANTERN_KEYS", str(VAR / "keys"))).resolve()
CHECKPOINTS = Path(_env.text("LANTERN_CHECKPOINTS", str(VAR / "checkpoints"))).resolve()
DEMO = _env.flag("LANTERN_DEMO")
ADDRESS = _env.text("LANTERN_ADDRESS", "http://localhost:8000")

# --- who may talk to us -------------------------------------------------------------------------
_THIS_MACHINE = ["localhost", "127.0.0.1", "[::1]"]
ALLOWED_HOSTS = _env.names("LANTERN_HOSTS", ",".join(_THIS_MACHINE))
DEBUG = _env.flag("LANTERN_DEBUG")
_plain_http = _env.flag("LANTERN_PLAIN_HTTP")
if (DEBUG or _plain_http) and not set(ALLOWED_HOSTS) <= set(_THIS_MACHINE):
    raise Misconfigured(
        "LANTERN_DEBUG and LANTERN_PLAIN_HTTP are for this machine alone: take them or LANTERN_HOSTS away."
    )
SECRET_KEY = kept_key(KEYS, "web").hex()

SECURE_SSL_REDIRECT = False  # TLS ends at the reverse proxy, which redirects
SECURE_PROXY_SSL_HEADER = None if _plain_http else ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_HSTS_SECONDS = 0 if _plain_http else 31_536_000  # one year, the least that browsers' preload lists accept
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = not _plain_http
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_NAME = "lantern_session" if _plain_http else "__Host-lantern_session"
CSRF_COOKIE_NAME = "lantern_csrf" if _plain_http else "__Host-lantern_csrf"
SESSION_ENGINE = "lantern.access.sign_in.sessions"
SESSION_COOKIE_AGE = 43_200  # seconds; one long shift, after which one signs in again however busy
SESSION_IDLE_SECONDS = 1_800  # seconds without a request, after which one signs in again
SESSION_EXPIRE_AT_BROWSER_CLOSE = True

# --- parts ------------------------------------------------------------------------------------------
INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "lantern.access",
    "lantern.intake",
    "lantern.record",
    "lantern.evaluations",
    "lantern.duties",
    "lantern.alerts",
    "lantern.reporting",
    "lantern.ui",
    "lantern.pages",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "lantern.plumbing.requestlog.RequestLog",
    "lantern.plumbing.headers.SafeHeaders",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "lantern.access.middleware.Limits",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "lantern.access.middleware.Within",
]
ROOT_URLCONF = "lantern.urls"
WSGI_APPLICATION = "lantern.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        # a page's template lies in the page's own folder: "missing_now/page.html"
        "DIRS": [BASE_DIR / "lantern" / "pages", BASE_DIR / "lantern" / "ui" / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "lantern.pages.chrome.chrome",
            ],
        },
    }
]

# --- database ---------------------------------------------------------------------------------------
EMBEDDED_DATABASE = "DATABASE_URL" not in os.environ
DATABASES = connection.embedded(_home) if EMBEDDED_DATABASE else connection.external(os.environ)
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# --- people -----------------------------------------------------------------------------------------
AUTH_USER_MODEL = "access.Person"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
CSRF_FAILURE_VIEW = "lantern.pages.errors.view.refused"
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "lantern.access.sign_in.adapters.Accounts"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_UNIQUE_EMAIL = True
ACCOUNT_EMAIL_VERIFICATION = "none"  # people are added by their agency's administrator, not by themselves
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
# per account ("key") and per address ("ip"); counted in the database, so by all processes together
ACCOUNT_RATE_LIMITS = {"login": "60/m/ip", "login_failed": "30/m/ip,10/900s/key"}
ALLAUTH_TRUSTED_PROXY_COUNT = 0 if _plain_http else 1  # in production one reverse proxy stands before us
ACCOUNT_FORMS = {
    "login": "lantern.pages.sign_in.forms.SignInForm",
    "reauthenticate": "lantern.pages.sign_in.forms.PasswordAgainForm",
    "change_password": "lantern.pages.sign_in.forms.NewPasswordForm",
}
MFA_FORMS = {
    "authenticate": "lantern.pages.sign_in.forms.CodeForm",
    "reauthenticate": "lantern.pages.sign_in.forms.CodeAgainForm",
    "activate_totp": "lantern.pages.sign_in.forms.NewCodeForm",
}
MFA_ADAPTER = "lantern.access.sign_in.adapters.SecondFactors"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_TOTP_ISSUER = "Lantern"
MFA_TOTP_TOLERANCE = 1  # periods; a code typed as it changes still counts, as RFC 6238 advises
# codes already used and attempts to sign in are counted for all web processes together
CACHES = {"default": {"BACKEND": "lantern.access.sign_in.counts.Counts", "LOCATION": "access_counts"}}

# the address is unique whatever its letters' case, by a constraint that this check cannot see
SILENCED_SYSTEM_CHECKS = ["auth.W004"]

# --- language and time ------------------------------------------------------------------------------
LANGUAGE_CODE = "en-gb"
USE_I18N = False
USE_TZ = True
TIME_ZONE = "UTC"

# --- files ------------------------------------------------------------------------------------------
STATIC_URL = "/static/"
STATIC_ROOT = VAR / "static"
STATIC_ROOT.mkdir(parents=True, exist_ok=True)
ASSETS = BASE_DIR / "var" / "assets"  # what scripts/assets made from the npm packages, the same for tests
ASSETS.mkdir(parents=True, exist_ok=True)
STATICFILES_DIRS = [ASSETS]
WHITENOISE_USE_FINDERS = True  # the pages work before collectstatic ran
DATA_UPLOAD_MAX_MEMORY_SIZE = 10 * 1024 * 1024  # bytes

# --- messages ---------------------------------------------------------------------------------------
_mail_folder = _env.text("LANTERN_MAIL_FOLDER")
EMAIL_BACKEND = "django.core.mail.backends." + ("filebased" if _mail_folder else "smtp") + ".EmailBackend"
EMAIL_FILE_PATH = _mail_folder or None
EMAIL_HOST = _env.text("LANTERN_SMTP_HOST", "localhost")
EMAIL_PORT = _env.number("LANTERN_SMTP_PORT", 25)
EMAIL_HOST_USER = _env.text("LANTERN_SMTP_USER")
EMAIL_HOST_PASSWORD = _env.text("LANTERN_SMTP_PASSWORD")
EMAIL_USE_TLS = _env.flag("LANTERN_SMTP_TLS")
EMAIL_TIMEOUT = 20  # seconds until an SMTP server that says nothing counts as away
DEFAULT_FROM_EMAIL = SERVER_EMAIL = _env.text("LANTERN_MAIL_FROM", "lantern@localhost")

# --- mailbox that police reports arrive in ------------------------------------------------------------
IMAP = {
    "host": _env.text("LANTERN_IMAP_HOST"),
    "port": _env.number("LANTERN_IMAP_PORT", 993),
    "user": _env.text("LANTERN_IMAP_USER"),
    "password": _env.text("LANTERN_IMAP_PASSWORD"),
    "folder": _env.text("LANTERN_IMAP_FOLDER", "INBOX"),
    "plain": _env.flag("LANTERN_IMAP_PLAIN"),
}

# who may send them: without the gateway's own result, or from anybody else, a report waits for a person
POLICE_SENDERS = [sender.lower() for sender in _env.names("LANTERN_POLICE_SENDERS", "@police.example" if DEMO else "")]
MAIL_GATEWAY = _env.text("LANTERN_MAIL_GATEWAY", "mx.lantern.example" if DEMO else "").lower()

LOGGING = configuration()
