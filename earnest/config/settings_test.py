"""Settings for the suite: fast hashing, no disk, no real mail. DATABASE_URL chooses the database."""

from __future__ import annotations

import os
import tempfile

os.environ.setdefault("EARNEST_SECRET_KEY", "only-for-tests-only-for-tests-only-for-tests")
os.environ.setdefault("EARNEST_DATA_DIR", tempfile.mkdtemp(prefix="earnest-test-"))

from earnest.config.settings import *

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_URL = "test"
MAILERS = {"default": {"BACKEND": "django.core.mail.backends.locmem.EmailBackend"}}
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
TASKS = {"default": {"BACKEND": "django.tasks.backends.immediate.ImmediateBackend"}}
ACCOUNT_RATE_LIMITS = False
TOGETHER_A_MINUTE = {}
WHITENOISE_AUTOREFRESH = True
