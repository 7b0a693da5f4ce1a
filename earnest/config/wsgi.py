"""What the web server serves. All addresses are loaded at the start, not at the first request."""

from __future__ import annotations

import os

from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

from earnest.config import parent

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "earnest.config.settings")
application = get_wsgi_application()
get_resolver()._populate()
parent.follow()
