"""Django settings, from EARNEST_* variables. docs/operators.md lists every one."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import urlsplit

from django.conf import global_settings
from django.utils.csp import CSP
from environs import Env

from earnest.config import database, environment

env = Env()
PACKAGE = Path(__file__).resolve().parent.parent
DATA_DIR = environment.data_dir(env)
BASE_URL = environment.base_url(env)
IS_LOCAL = environment.is_local(BASE_URL)
HTTPS = BASE_URL.startswith("https://")

SECRET_KEY = environment.secret_key(env, DATA_DIR)
DEBUG = environment.flag(env, "EARNEST_DEBUG", default=False)
ALLOWED_HOSTS = [urlsplit(BASE_URL).hostname or "", *env.list("EARNEST_ALLOWED_HOSTS", [])]
if IS_LOCAL:
    ALLOWED_HOSTS += ["localhost", "127.0.0.1", "[::1]"]
CSRF_TRUSTED_ORIGINS = [BASE_URL]
if environment.flag(env, "EARNEST_BEHIND_PROXY", default=False):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    ALLAUTH_TRUSTED_PROXY_COUNT = 1  # rate limits count the visitor's address, not the proxy's

INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django.forms",
    "django_htmx",
    "django_tasks_db",
    "earnest.core",
    "earnest.accounts",
    "earnest.people",
    "earnest.initiatives",
    "earnest.messaging",
    "earnest.standing",
    "earnest.listening",
    "earnest.ideas",
    "earnest.promises",
    "earnest.checkins",
    "earnest.plans",
    "earnest.pilots",
    "earnest.practice",
    "earnest.rhythm",
    "earnest.intake",
    "earnest.pages",
    # After our own contexts, so that the templates in earnest/accounts/templates come first.
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.csp.ContentSecurityPolicyMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "earnest.core.middleware.PrivatePages",
    "earnest.core.middleware.TheirTimeZone",
    "earnest.accounts.middleware.TheirLanguage",
]

ROOT_URLCONF = "earnest.config.urls"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    }
]

FORM_RENDERER = "earnest.core.forms.Fields"

DATABASES = {"default": database.database(env, DATA_DIR)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 10},
    },
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "pages:today"
LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_ADAPTER = "earnest.accounts.adapter.AccountAdapter"
ACCOUNT_FORMS = {"login": "earnest.accounts.forms.SignInForm"}
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"  # nobody signs up unasked: an invitation is the proof
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "https" if HTTPS else "http"
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_LOGIN_ON_PASSWORD_RESET = True
ACCOUNT_PASSWORD_RESET_TOKEN_GENERATOR = "django.contrib.auth.tokens.PasswordResetTokenGenerator"
ACCOUNT_REAUTHENTICATION_REQUIRED = True
PASSWORD_RESET_TIMEOUT = 3600
MFA_ADAPTER = "earnest.accounts.adapter.SecondStepAdapter"
MFA_FORMS = {
    "add_webauthn": "earnest.accounts.forms.AddPasskeyForm",
    "edit_webauthn": "earnest.accounts.forms.RenamePasskeyForm",
    "activate_totp": "earnest.accounts.forms.TurnOnCodesForm",
}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "Earnest"
MFA_TOTP_TOLERANCE = 1  # a phone's clock may be half a minute off
MFA_ALLOW_UNVERIFIED_EMAIL = True  # allauth's own list of addresses is not used: see User.email
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = IS_LOCAL

OIDC = environment.oidc(env)
SOCIALACCOUNT_ADAPTER = "earnest.accounts.adapter.SocialAccountAdapter"
SOCIALACCOUNT_STORE_TOKENS = False
SOCIALACCOUNT_REQUESTS_TIMEOUT = 10
SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": OIDC.apps(), "OAUTH_PKCE_ENABLED": True}}

# Rate limits are counted here: on disk, so that every web process of this machine counts together.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.filebased.FileBasedCache",
        "LOCATION": DATA_DIR / "cache",
        "OPTIONS": {"MAX_ENTRIES": 20_000},
    }
}
# What one space without names takes in a minute: its address asks for no account.
TOGETHER_A_MINUTE = {"words": 600, "newcomers": 1_200}

SECURE_CSP: dict[str, list[str]] = {
    "default-src": [CSP.SELF],
    "script-src": [CSP.SELF],
    "style-src": [CSP.SELF],
    "img-src": [CSP.SELF, "data:"],  # allauth draws the TOTP code as a data: picture
    "worker-src": [CSP.SELF],  # listening offline
    "object-src": [CSP.NONE],
    "base-uri": [CSP.NONE],
    "form-action": [CSP.SELF, *OIDC.origins()],  # the sign-in button leads to the provider
    "frame-ancestors": [CSP.NONE],
}
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_HTTPONLY = True
SILENCED_SYSTEM_CHECKS = [
    "security.W005",  # other hosts below this domain are not ours to speak for
    "security.W008",  # the proxy in front, which holds the certificate, redirects
    "security.W021",  # the preload list is the owner's to join
]
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
DATA_UPLOAD_MAX_MEMORY_SIZE = 5_000_000
DATA_UPLOAD_MAX_NUMBER_FIELDS = 4000

LANGUAGE_CODE = "en"
LANGUAGES = environment.languages(env, list(global_settings.LANGUAGES))
LOCALE_PATHS = [PACKAGE / "locale"]
TIME_ZONE = environment.time_zone(env)
USE_TZ = True
FORMAT_MODULE_PATH = ["earnest.config.formats"]

STATIC_URL = "/static/"
WHITENOISE_USE_FINDERS = True
WHITENOISE_MAX_AGE = 600

EMAIL_URL = env.str("EARNEST_EMAIL_URL", "")
DEFAULT_FROM_EMAIL = env.str("EARNEST_FROM_EMAIL", f"earnest@{urlsplit(BASE_URL).hostname}")
SERVER_EMAIL = DEFAULT_FROM_EMAIL
INBOX = environment.inbox(env.str("EARNEST_INBOX_URL", ""))
MAILERS = {"default": environment.mailer(EMAIL_URL)}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "filters": {"secrets": {"()": "earnest.core.logs.WithoutSecrets"}},
    "handlers": {
        "console": {
            "class": "logging.StreamHandler",
            "formatter": "line",
            "filters": ["secrets"],
        }
    },
    "root": {"handlers": ["console"], "level": environment.log_level(env)},
}
