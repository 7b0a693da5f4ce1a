"""What one types about a promise."""

from __future__ import annotations

from datetime import date
from typing import Any, override

from django import forms
from django.utils.translation import gettext_lazy as _

from earnest.core.forms import DayField, Sent
from earnest.promises.actions import Draft, Said
from earnest.promises.models import AskedAgain, Promise


class DayInput(forms.DateInput):
    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class PromiseForm(forms.Form):
    """A promise either way: by a date, when something happens, or from now on."""

    direction = forms.ChoiceField(
        label=_("Who promised?"), choices=Promise.Direction, widget=forms.RadioSelect
    )
    words = forms.CharField(
        label=_("What was promised, in the words used"),
        max_length=280,
        error_messages={"required": _("Write what was promised.")},
    )
    when = forms.ChoiceField(label=_("When?"), choices=Promise.When, widget=forms.RadioSelect)
    due = DayField(label=_("The date"), required=False, widget=DayInput)
    condition = forms.CharField(
        label=_("Or: when what happens?"),
        max_length=200,
        required=False,
        help_text=_("For example: when it is decided"),
    )

    def __init__(self, *args: Any, name: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if name:
            self.fields["direction"].choices = [  # type: ignore[attr-defined]
                ("ours", _("I promised %(name)s") % {"name": name}),
                ("theirs", _("%(name)s promised me") % {"name": name}),
            ]

    @override
    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        dated = data.get("when") == Promise.When.DATED
        if dated and not data.get("due") and "due" not in self.errors:
            self.add_error("due", _("By which day? Give a date, or choose another when."))
        if data.get("when") == Promise.When.CONDITIONAL and not data.get("condition"):
            self.add_error("condition", _("When what happens? A few words are enough."))
        return data

    def draft(self) -> Draft:
        """The promise as typed, once valid."""
        data = self.cleaned_data
        return Draft(
            words=data["words"],
            direction=data["direction"],
            due=data["due"] if data["when"] == Promise.When.DATED else None,
            condition=data["condition"] if data["when"] == Promise.When.CONDITIONAL else "",
        )


class MoveForm(Sent):
    """Another date, and why."""

    sent: tuple[str, ...] = ("why",)

    due = DayField(
        label=_("The new date"),
        widget=DayInput,
        error_messages={
            "required": _("By which day now?"),
            "invalid": _("That is not a date. Write it as 2026-12-05."),
        },
    )
    why = forms.CharField(label=_("Why, in a line they can read"), max_length=300, required=False)

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today

    def clean_due(self) -> date:
        due: date = self.cleaned_data["due"]
        if due < self.today:
            raise forms.ValidationError(_("That day is over. Choose today or later."))
        return due


class WhyForm(Sent):
    """A line with the reason, if there is one."""

    sent: tuple[str, ...] = ("why",)

    why = forms.CharField(label=_("Why, in a line they can read"), max_length=300, required=False)


class AgainForm(forms.Form):
    """How it is now (4.2): one tap, a line if they like. In their words, so nothing is hinted."""

    answer = forms.ChoiceField(
        label=_("How is it now?"),
        choices=AskedAgain.Answer,
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Which is it? One tap is enough."),
            "invalid_choice": _("Which is it? One tap is enough."),
        },
    )
    words = forms.CharField(
        label=_("In a line"),
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"max_length": _("One line is enough: 300 characters at most.")},
    )
    is_no = forms.BooleanField(label=_("It is a no for me now, to the whole"), required=False)

    @override
    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        no_more = data.get("answer") == AskedAgain.Answer.NOT_ANY_MORE
        data["is_no"] = bool(data.get("is_no")) and no_more
        if data["is_no"] and not data.get("words") and "words" not in self.errors:
            self.add_error("words", _("Why, in a line? It stays visible, and it is welcome."))
        return data

    def said(self) -> Said:
        """The answer as given, once valid."""
        data = self.cleaned_data
        return Said(data["answer"], data["words"], is_no=data["is_no"])


class NotedForm(AgainForm):
    """The same as a lead writes it down after a talk: in their words, and they read it."""

    def __init__(self, *args: Any, name: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        says = {"name": name}
        self.fields["answer"].label = _("What %(name)s said") % says
        self.fields["words"].label = _("In the words of %(name)s, if there are any") % says
        self.fields["is_no"].label = _("%(name)s says no to the whole, for now") % says
