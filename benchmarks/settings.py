"""The product's own settings, with one address more: the bare page everything is compared with."""

from __future__ import annotations

from pathlib import Path

from earnest.config import settings as product
from earnest.config.settings import *  # noqa: F403 - settings are taken whole

ROOT_URLCONF = "benchmarks.bare"
product.TEMPLATES[0]["DIRS"] = [Path(__file__).parent / "templates"]
