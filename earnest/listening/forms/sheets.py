"""What a device sends of a talk that is being written down."""

from __future__ import annotations

from datetime import UTC, datetime

from django import forms
from django.utils.translation import gettext_lazy as _

from earnest.listening import documents
from earnest.listening.actions import Written
from earnest.listening.forms.talks import UNREADABLE
from earnest.listening.joining import Place

LARGEST = 2**53  # what a browser counts to
LAST_MOMENT_MS = 4_102_444_800_000  # the year 2100


class SheetForm(forms.Form):
    """One window's words, whole, with the number of the revision; the text stays as written."""

    talk = forms.UUIDField()
    tab = forms.UUIDField()
    revision = forms.IntegerField(min_value=0, max_value=LARGEST)
    text = forms.CharField(
        label=_("Notes"),
        required=False,
        strip=False,
        max_length=documents.MOST_CHARACTERS,
        error_messages={"max_length": UNREADABLE["long"]},
    )
    begun = forms.IntegerField(required=False, min_value=0, max_value=LAST_MOMENT_MS)
    carries_tab = forms.UUIDField(required=False)
    carries_revision = forms.IntegerField(required=False, min_value=0, max_value=LARGEST)

    def written(self, *, at: datetime) -> Written:
        data = self.cleaned_data
        begun, tab, revision = data["begun"], data["carries_tab"], data["carries_revision"]
        return Written(
            talk=data["talk"],
            tab=data["tab"],
            revision=data["revision"],
            text=data["text"].replace("\r\n", "\n"),
            begun_at=at if begun is None else datetime.fromtimestamp(begun / 1000, UTC),
            carries=Place(tab, revision) if tab and revision is not None else None,
        )

    def sentence(self) -> str:
        """The first thing that is wrong, in words."""
        return next(str(error) for errors in self.errors.values() for error in errors)
