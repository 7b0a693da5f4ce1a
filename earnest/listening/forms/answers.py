"""What one gives as an answer to an invitation: on one's own page, or noted by a lead."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time
from typing import Any, override

from django import forms
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _

from earnest.core.forms import DayField, moment_of
from earnest.engine.language import own_words
from earnest.listening import documents, queries
from earnest.listening.actions import Wanted
from earnest.listening.forms.talks import UNREADABLE
from earnest.messaging import calendars
from earnest.messaging.calendars import Reply
from earnest.messaging.models import Contact

MOST_WRITTEN = 20_000
TIME = forms.TimeInput(attrs={"type": "time"}, format="%H:%M")


class HourForm(forms.Form):
    """A day and an hour, in the zone of whoever types, still to come."""

    day = DayField(label=_("Which day?"), error_messages={"required": _("Which day?")})
    hour = forms.TimeField(
        label=_("At what time?"),
        widget=TIME,
        error_messages={
            "required": _("At what time?"),
            "invalid": _("That is not a time. Write it as 14:30."),
        },
    )

    def __init__(self, *args: Any, at: datetime, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.at = at

    @override
    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("day") and data.get("hour"):
            self._look_at(data["day"], data["hour"])
        return data

    def _look_at(self, day: date, hour: time) -> None:
        """There is such an hour, once, and it is still to come."""
        try:
            over = moment_of(day, hour) <= self.at
        except forms.ValidationError as error:
            self.add_error("hour", error)
            return
        if over:
            self.add_error("day", _("That time is over. Choose one still to come."))

    def starts_at(self) -> datetime:
        """The moment meant, once day and hour are there."""
        return moment_of(self.cleaned_data["day"], self.cleaned_data["hour"])


class AnotherTimeForm(HourForm):
    """Another time: a day, a day and an hour, or words."""

    one_of: tuple[str, ...] = ("day", "hour", "words")

    words = forms.CharField(
        label=_("Or in your words"),
        max_length=200,
        required=False,
        help_text=_("For example: any morning next week, after the holidays"),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["day"].required = self.fields["hour"].required = False

    @override
    def clean(self) -> dict[str, Any]:
        data = super().clean()
        day, hour, words = data.get("day"), data.get("hour"), data.get("words")
        if hour and not day and "day" not in self.errors:
            self.add_error("day", _("Which day?"))
        if day and not hour and day < localtime(self.at).date():
            self.add_error("day", _("That day is over. Choose one still to come."))
        if not (day or hour or words or self.errors):
            self.add_error("words", _("A day, or a few words such as “any morning next week”."))
        return data

    def wanted(self) -> Wanted:
        """What they would like; a day without an hour is words."""
        data = self.cleaned_data
        if data["day"] and data["hour"]:
            return Wanted(self.starts_at(), data["words"])
        day = date_format(data["day"], "l j F") if data["day"] else ""
        return Wanted(None, " · ".join(one for one in (day, data["words"]) if one))


class WrittenForm(forms.Form):
    """One line is a full answer."""

    text = forms.CharField(
        label=_("Your answer; one line is enough"),
        max_length=MOST_WRITTEN,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": _("Write a line, or choose one of the other answers.")},
    )

    def clean_text(self) -> str:
        text: str = self.cleaned_data["text"]
        return text.replace("\r\n", "\n").replace("\x00", "")


class SomebodyElseForm(forms.Form):
    """Who else to ask, and why them (2.21)."""

    name = forms.CharField(
        label=_("Who?"),
        max_length=120,
        error_messages={"required": _("Write a name. It need not be complete.")},
    )
    why = forms.CharField(label=_("Why them? They can read this."), max_length=300, required=False)


class NoForm(forms.Form):
    """No, with a reason or without."""

    reason = forms.CharField(label=_("Why not, if you like to say"), max_length=300, required=False)

    @property
    def one_of(self) -> tuple[str, ...]:
        return ("reason",)


CAME_BY = [
    (Contact.Channel.TALK, _("in person")),
    (Contact.Channel.PHONE, _("by phone")),
    (Contact.Channel.MAIL, _("by mail")),
    (Contact.Channel.CHAT, _("by chat")),
]


def came_by(data: Mapping[str, Any]) -> str:
    """Which way an answer came; in person, where nothing is said."""
    said = data.get("channel", "")
    return said if said in dict(CAME_BY) else Contact.Channel.TALK


class TheirWordsForm(forms.Form):
    """What they wrote: pasted, or the mail itself; the answer of a calendar is read as one."""

    one_of: tuple[str, ...] = ("text", "file")
    KINDS = (".eml", ".ics", ".txt", ".md", ".docx")

    text = forms.CharField(
        label=_("Their words; one line is enough"),
        required=False,
        max_length=MOST_WRITTEN,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    file = forms.FileField(
        label=_("Or the mail itself"),
        required=False,
        help_text=_("Mail (.eml), the answer of a calendar (.ics), text or Word."),
        widget=forms.FileInput(attrs={"accept": ",".join(KINDS)}),
    )

    @override
    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        data["reply"], data["source"] = None, "pasted"
        text = (data.get("text") or "").replace("\r\n", "\n").replace("\x00", "").strip()
        if upload := data.get("file"):
            data["source"] = upload.name[:200]
            data["reply"], text = self._read(upload.name, upload)
        data["text"] = text
        if not text and not data["reply"] and not self.errors:
            self.add_error("text", _("Paste what they wrote, or choose the mail."))
        return data

    def _read(self, name: str, upload: Any) -> tuple[Reply | None, str]:
        """The answer of a calendar, or what they wrote above what they answered."""
        if upload.size > documents.MOST_BYTES:
            self.add_error("file", UNREADABLE["large"])
            return None, ""
        content = upload.read()
        if reply := calendars.read_reply(documents.calendar_in(name, content)):
            return reply, ""
        if name.lower().endswith(".ics"):
            self.add_error("file", _("This is no answer of a calendar. Paste what they wrote."))
            return None, ""
        return None, self._text_of(name, content)

    def _text_of(self, name: str, content: bytes) -> str:
        try:
            text = documents.text_of(name, content)
        except documents.Unreadable as error:
            self.add_error("file", UNREADABLE[str(error)])
            return ""
        written = own_words(text, queries.word_list()) if name.lower().endswith(".eml") else text
        if len(written) > MOST_WRITTEN:
            self.add_error("file", UNREADABLE["long"])
            return ""
        return written


class OfferForm(forms.Form):
    """Up to three other times; the first is enough."""

    def __init__(self, *args: Any, at: datetime, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.rows = [self._row(number, at) for number in (1, 2, 3)]

    def _row(self, number: int, at: datetime) -> HourForm:
        data = self.data if self.is_bound else None
        row = HourForm(data, at=at, prefix=str(number), auto_id="offer-%s")
        row.empty_permitted, row.use_required_attribute = number > 1, False
        return row

    @override
    def is_valid(self) -> bool:
        right = [row.is_valid() for row in self.rows]  # each is read, for its own sentence
        return super().is_valid() and all(right)

    def times(self) -> list[datetime]:
        """Those given."""
        return [row.starts_at() for row in self.rows if row.has_changed()]
