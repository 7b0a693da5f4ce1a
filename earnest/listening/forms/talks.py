"""What one gives when noting a conversation."""

from __future__ import annotations

from datetime import date
from typing import Any, override

from django import forms
from django.utils.translation import gettext_lazy as _

from earnest.accounts.models import User, Workspace
from earnest.core.forms import DayField, Sent
from earnest.listening import documents
from earnest.listening.models import Conversation
from earnest.people.forms import NamesField

UNREADABLE = {
    "kind": _(
        "This kind of file cannot be read. Text, Markdown, Word (.docx) and mail (.eml) can."
    ),
    "large": _("The file is larger than 5 MB. Paste the part you need."),
    "empty": _("There is no text in this file."),
    "long": _("That is more than 200,000 characters. Paste the part you need."),
    "binary": _("This does not look like text. Paste your notes instead."),
    "broken": _("The file is damaged or protected. Paste your notes instead."),
}


class NotesForm(forms.Form):
    """Notes, pasted or from a file; the text stays as written."""

    one_of = ("notes", "file", "held_on")  # needed, or filled in: none is called "if you like"

    notes = forms.CharField(
        label=_("Your notes"),
        required=False,
        strip=False,
        max_length=documents.MOST_CHARACTERS,
        widget=forms.Textarea(attrs={"rows": 9}),
        error_messages={"max_length": UNREADABLE["long"]},
    )
    file = forms.FileField(
        label=_("Or a file"),
        required=False,
        help_text=_("Text, Markdown, Word (.docx) or mail (.eml)."),
        widget=forms.FileInput(attrs={"accept": ",".join(documents.KINDS)}),
    )

    @override
    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if upload := data.get("file"):
            data["notes"], data["source"] = self._text_of(upload), upload.name[:200]
            upload.seek(0)
            data["sent_at"] = documents.sent_at(upload.name, upload.read())
            upload.seek(0)
            data["author"] = documents.written_by(upload.name, upload.read())
        elif not (data.get("notes") or "").strip() and "notes" not in self.errors:
            self.add_error("notes", _("Paste your notes, or choose a file."))
        data["notes"] = (data.get("notes") or "").replace("\r\n", "\n").replace("\x00", "")
        data.setdefault("source", "pasted")
        return data

    def author(self, user: User) -> str:
        """Who wrote what was uploaded, when it was not this user."""
        name, address = self.cleaned_data.get("author") or ("", "")
        return "" if address == user.email.lower() else name or address.partition("@")[0]

    def _text_of(self, upload: Any) -> str:
        if upload.size > documents.MOST_BYTES:
            self.add_error("file", UNREADABLE["large"])
            return ""
        try:
            return documents.text_of(upload.name, upload.read())
        except documents.Unreadable as error:
            self.add_error("file", UNREADABLE[str(error)])
            return ""


class DatedNotesForm(NotesForm):
    """Notes, and the day of the talk: "by Tuesday" is counted from it."""

    held_on = DayField(label=_("When was it?"), error_messages={"required": _("Which day was it?")})

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        self.fields["held_on"].initial = today

    def clean_held_on(self) -> date:
        held_on: date = self.cleaned_data["held_on"] or self.today
        if held_on > self.today:
            raise forms.ValidationError(_("That day is still to come."))
        return held_on

    def day(self, workspace: Workspace) -> date:
        """The day given; for a mail, the day it was sent, where the day was left as proposed."""
        held_on: date = self.cleaned_data["held_on"]
        sent_at = self.cleaned_data.get("sent_at")
        if sent_at is None or held_on != self.today:
            return held_on
        return min(workspace.day(sent_at), held_on)


class ConversationForm(DatedNotesForm):
    """A conversation on an initiative: when, with whom, and the notes."""

    who = NamesField(
        label=_("Who was there?"),
        required=False,
        help_text=_("One name a line, with an e-mail address if you have it."),
    )
    balance = forms.ChoiceField(
        label=_("You mostly"),
        required=False,
        choices=[("", _("leave open")), *Conversation.Balance.choices],
    )
    field_order = ("notes", "file", "held_on", "who", "balance")


class AnswerForm(Sent):
    """The answer that was owed."""

    sent = ("answer",)

    answer = forms.CharField(
        label=_("Your answer, in words they can read"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": _("Write the answer, even if it is “I do not know yet”.")},
    )
