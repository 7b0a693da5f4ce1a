"""Every write of the rhythm: what is chosen about a step, the plan, progress mail, the digest."""

from __future__ import annotations

from earnest.rhythm.actions.choosing import dismiss, put_off

__all__ = ["dismiss", "put_off"]
