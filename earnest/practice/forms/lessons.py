"""What one types about lessons, and what the person says of them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, override

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from earnest.core.forms import DayField
from earnest.plans.forms.own_words import OwnWords
from earnest.practice.actions import LessonDraft, Said, Went
from earnest.practice.models import CameUp, FollowUp, Lesson
from earnest.practice.models.lessons import FILE_BYTES, POINTS

MOST_LINKS = 12
LONGEST_DAY = 400
A_LINE = gettext_lazy("One line is enough: 300 characters at most.")


class LessonForm(OwnWords):
    """A lesson: what, when, by whom, where, and its few points, each in a place of its own."""

    one_of = tuple(f"point_{n}" for n in range(1, POINTS + 1))
    sent: tuple[str, ...] = ("title", "taught_by", "place", *one_of, "links")

    title = forms.CharField(
        label=gettext_lazy("What was taught"),
        max_length=160,
        error_messages={"required": gettext_lazy("What was it about? A few words are enough.")},
    )
    taught_on = DayField(
        label=gettext_lazy("On which day"),
        help_text=gettext_lazy(
            "A day ahead is a lesson planned: people can say whether they come."
        ),
        error_messages={"required": gettext_lazy("On which day was it, or will it be?")},
    )
    taught_by = forms.CharField(label=gettext_lazy("Who taught it"), max_length=160, required=False)
    place = forms.CharField(label=gettext_lazy("Where"), max_length=160, required=False)
    links = forms.CharField(
        label=gettext_lazy("Links"),
        required=False,
        max_length=6000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy(
            "A line each: a few words, and the address. Such as “the form https://intranet.example/form”."
        ),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for number in range(1, POINTS + 1):
            self.fields[f"point_{number}"] = forms.CharField(
                label=_("Point %(n)d, as whoever taught it would say it") % {"n": number}
                if number == 1
                else _("Point %(n)d") % {"n": number},
                max_length=280,
                required=False,
            )
        points = [f"point_{number}" for number in range(1, POINTS + 1)]
        self.order_fields(["title", "taught_on", "taught_by", "place", *points, "links"])

    def clean_links(self) -> list[tuple[str, str]]:
        lines = [line.strip() for line in self.cleaned_data["links"].splitlines() if line.strip()]
        if len(lines) > MOST_LINKS:
            raise ValidationError(_("Twelve links are enough for one lesson."))
        return [_read_link(line) for line in lines]

    @override
    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if not any(self._points()) and "point_1" not in self.errors:
            self.add_error("point_1", _("Which one thing should they keep of it?"))
        return given

    def _points(self) -> tuple[str, ...]:
        return tuple(
            self.cleaned_data.get(f"point_{number}", "") for number in range(1, POINTS + 1)
        )

    @property
    def draft(self) -> LessonDraft:
        """The lesson as typed, once valid."""
        d = self.cleaned_data
        return LessonDraft(
            title=d["title"],
            taught_on=d["taught_on"],
            taught_by=d["taught_by"],
            place=d["place"],
            points=self._points(),
            links=tuple(d["links"]),
        )


def _read_link(line: str) -> tuple[str, str]:
    """What it is, and its address, the last word of the line."""
    label, _sep, address = line.rpartition(" ")
    try:
        URLValidator(schemes=["http", "https"])(address)
    except ValidationError as error:
        said = _("“%s” does not end with an address such as https://intranet.example/form.")
        raise ValidationError(said % line[:80]) from error
    if len(address) > 400 or len(label) > 120:
        raise ValidationError(_("“%s…” is too long for a link.") % line[:80])
    return label.strip(" :–-"), address


def written(lesson: Lesson) -> dict[str, Any]:
    """A lesson as its form shows it."""
    points = {
        f"point_{one.position + 1}": one.words for one in lesson.points.filter(struck_at=None)
    }
    links = [f"{one.label} {one.address}".strip() for one in lesson.links.all()]
    return {
        "title": lesson.title,
        "taught_on": lesson.taught_on,
        "taught_by": lesson.taught_by,
        "place": lesson.place,
        "links": "\n".join(links),
        **points,
    }


class FileForm(forms.Form):
    """One file. It is only ever handed out to be saved, so any sort is taken."""

    file = forms.FileField(
        label=gettext_lazy("A file"),
        help_text=gettext_lazy("4 MB at most. People save it; it is never opened here."),
        error_messages={
            "required": gettext_lazy("Choose a file."),
            "empty": gettext_lazy("There is nothing in this file."),
        },
    )

    def clean_file(self) -> Any:
        sent = self.cleaned_data["file"]
        if sent.size > FILE_BYTES:
            raise ValidationError(_("This file is larger than 4 MB. Give a link to it instead."))
        return sent

    @property
    def name(self) -> str:
        """Without folders, controls or the signs a header would read."""
        name = self.cleaned_data["file"].name.replace("\\", "/").rpartition("/")[2]
        kept = "".join(sign for sign in name if sign.isprintable() and sign not in '"<>:|?*')
        return kept[-160:] or "file"


class DaysForm(forms.Form):
    """After how many days a point is brought back: numbers, apart by commas; none is none."""

    days = forms.CharField(
        label=gettext_lazy("Days after the lesson"),
        required=False,
        max_length=100,
        help_text=gettext_lazy("Such as 3, 10, 30, 90. Empty: nothing is brought back."),
    )

    def clean_days(self) -> list[int]:
        typed = self.cleaned_data["days"].replace(",", " ").replace(";", " ").split()
        if not all(one.isascii() and one.isdigit() and len(one) < 5 for one in typed):
            raise ValidationError(_("Write whole numbers, such as 3, 10, 30, 90."))
        days = sorted({int(one) for one in typed})
        if days and not (days[0] >= 1 and days[-1] <= LONGEST_DAY):
            raise ValidationError(_("Between 1 and 400 days."))
        if len(days) > 8:
            raise ValidationError(_("Eight are more than enough."))
        return days


class HowForm(forms.Form):
    """How it went: one tap, and a line of their own."""

    how = forms.ChoiceField(
        choices=CameUp.How,
        error_messages={
            "required": gettext_lazy("Which is it? One tap is enough."),
            "invalid_choice": gettext_lazy("Which is it? One tap is enough."),
        },
    )
    words = forms.CharField(
        label=gettext_lazy("In a line of your own"),
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext_lazy("Those who lead this read it; nobody else."),
        error_messages={"max_length": A_LINE},
    )

    def went(self) -> Went:
        return Went(self.cleaned_data["how"], self.cleaned_data["words"])


class FollowUpForm(forms.Form):
    """What they answer to a point brought back: one tap, or one line."""

    answer = forms.ChoiceField(
        choices=[("", ""), *FollowUp.Answer.choices],
        required=False,
        error_messages={"invalid_choice": gettext_lazy("Which is it? One tap is enough.")},
    )
    words = forms.CharField(
        label=gettext_lazy("Or in a line"),
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext_lazy("Those who lead this read it; nobody else."),
        error_messages={"max_length": A_LINE},
    )

    @override
    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if not self.errors and not given.get("answer") and not given.get("words"):
            self.add_error("words", _("One tap or one line is enough."))
        return given

    def said(self) -> Said:
        return Said(self.cleaned_data["answer"], self.cleaned_data["words"])


class ColleagueForm(forms.Form):
    """Who may say for them that something came up: a name typed, so that no list is shown."""

    name = forms.CharField(
        label=gettext_lazy("Their whole name, or their address"),
        max_length=200,
        error_messages={"required": gettext_lazy("Whom do you mean?")},
    )


def ticks(posted: Any, keys: Iterable[int], allowed: Iterable[str]) -> dict[int, str]:
    """Of each person shown what was chosen for them; whatever makes no sense is left as it is."""
    known = set(allowed)
    chosen = {key: posted.get(f"state-{key}") for key in keys}
    return {key: state for key, state in chosen.items() if state in known}
