"""What is posted to the rhythm, parsed and checked."""

from __future__ import annotations

from earnest.rhythm.forms.choosing import ChooseForm, is_step

__all__ = ["ChooseForm", "is_step"]
