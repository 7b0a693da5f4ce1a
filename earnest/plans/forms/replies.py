"""What became of it, an input noted by hand, where it belongs, and a word in a thread."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any, override

from django import forms
from django.utils.translation import gettext_lazy as _

from earnest.core.forms import DayField, Sent
from earnest.initiatives.models import Participation
from earnest.listening.models import Need
from earnest.plans.actions import Answer, Noted
from earnest.plans.models import Input, Part
from earnest.plans.models.inputs import Outcome

CHOICES = [
    (Outcome.USED, _("Used")),
    (Outcome.IN_PART, _("Used in part")),
    (Outcome.TOGETHER, _("Shape it together")),
    (Outcome.THEIR_OWN, _("Their own initiative")),
    (Outcome.NOT_USED, _("Not used, because …")),
]
REASON = _("Say why it could not be used. They read your very words.")


class Words(forms.CharField):
    """Words as they were typed, without what only a browser adds."""

    @override
    def clean(self, value: Any) -> str:
        words: str = super().clean(value)
        return words.replace("\r\n", "\n").strip()


class ReplyForm(Sent):
    """One outcome, always; what becomes of it in words; where it went in the plan."""

    sent = ("words",)

    outcome = forms.ChoiceField(
        label=_("What became of it"),
        choices=CHOICES,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what became of it: nothing closes without.")},
    )
    words = Words(
        label=_("What becomes of it, in their words where you can"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"max_length": _("That is more than 2,000 characters.")},
    )
    part = forms.TypedChoiceField(
        label=_("Part of the plan"), required=False, coerce=int, empty_value=None
    )
    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(
        self, data: Any = None, *, of: str, parts: Sequence[Part], seen: int = 0, **kwargs: Any
    ) -> None:
        super().__init__(data, auto_id=f"{of}-%s", **kwargs)
        self.parts = {part.pk: part for part in parts}
        if parts:
            choices = [("", _("none in particular")), *((one.pk, one.title) for one in parts)]
            field = self.fields["part"]
            if isinstance(field, forms.TypedChoiceField):
                field.choices = choices
        else:
            del self.fields["part"]
        self.fields["seen"].initial = seen

    @override
    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("outcome") == Outcome.NOT_USED and not data.get("words"):
            self.add_error("words", REASON)
        return data

    @property
    def answer(self) -> Answer:
        data = self.cleaned_data
        part = self.parts.get(data.get("part") or 0)
        return Answer(data["outcome"], data["words"], part, data.get("seen") or 0)


class NotedForm(forms.Form):
    """An input heard in passing: whose it is, and when it was said."""

    whose = forms.TypedChoiceField(label=_("Whose"), required=False, coerce=int, empty_value=None)
    words = Words(
        label=_("In their words"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Write what they ask for or propose.")},
    )
    on = DayField(label=_("When they said it"))

    def __init__(
        self, data: Any = None, *, people: Iterable[Participation], today: date, **kwargs: Any
    ) -> None:
        super().__init__(data, **kwargs)
        self.people = {one.pk: one for one in people}
        self.today = today
        field = self.fields["whose"]
        if isinstance(field, forms.TypedChoiceField):
            names = ((pk, str(one.person)) for pk, one in self.people.items())
            field.choices = [("", _("nobody in particular")), *names]
        self.fields["on"].initial = today

    def clean_on(self) -> date:
        on: date = self.cleaned_data["on"]
        if on > self.today:
            raise forms.ValidationError(_("That day is still to come."))
        return on

    @property
    def noted(self) -> Noted:
        data = self.cleaned_data
        return Noted(data["words"], data["on"], self.people.get(data["whose"] or 0))


class PlaceForm(forms.Form):
    """Under which need it belongs, or with which input that proposes the same."""

    place = forms.ChoiceField(label=_("Answer it together with"), required=False)

    def __init__(
        self, data: Any = None, *, needs: Iterable[Need], inputs: Iterable[Input], now: str = ""
    ) -> None:
        super().__init__(data)
        self.rows: dict[str, Need | Input] = {f"need-{one.pk}": one for one in needs}
        self.rows |= {f"input-{one.pk}": one for one in inputs}
        needed = [(key, str(one)[:90]) for key, one in self.rows.items() if isinstance(one, Need)]
        alike = [(key, str(one)[:90]) for key, one in self.rows.items() if isinstance(one, Input)]
        field = self.fields["place"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [
                ("", _("nothing: it is answered by itself")),
                (_("A need"), needed),
                (_("The same proposal"), alike),
            ]
        self.fields["place"].initial = now

    @property
    def chosen(self) -> Need | Input | None:
        return self.rows.get(self.cleaned_data["place"])


class PostForm(forms.Form):
    """A word in a thread, from the person themselves."""

    words = Words(
        label=_("Your word on it"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={
            "required": _("Write a word or two first."),
            "max_length": _("That is more than 2,000 characters. Send it in two parts."),
        },
    )


class LeadsPostForm(PostForm, Sent):
    """A lead's word in a thread: somebody else will read it."""

    sent = ("words",)


class RoundReplyForm(Sent):
    """What was heard in a check-in, and what changes by it."""

    sent = ("words", "changes")

    words = Words(
        label=_("What you heard"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": _("Say what you heard, in a sentence or two.")},
    )
    changes = Words(
        label=_("What changes by it"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("If nothing changes, say so, and why. The next check-in can begin with it."),
        error_messages={"required": _("Say what changes, or that nothing does, and why.")},
    )


class LinesForm(Sent):
    """One answer to every line that waits for one."""

    sent = ("line_words",)
    one_of = ("outcome", "line_words")  # asked for once all lines are answered in one

    all_lines = forms.BooleanField(
        label=_("This answers all lines that wait"),
        required=False,
    )
    outcome = forms.ChoiceField(
        label=_("What became of them"),
        choices=[("", _("choose")), *CHOICES],
        required=False,
    )
    line_words = Words(
        label=_("In a sentence, for all of them"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    @override
    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not data.get("all_lines"):
            return data
        if not data.get("outcome"):
            self.add_error("outcome", _("Choose what became of them: nothing closes without."))
        elif data["outcome"] == Outcome.NOT_USED and not data.get("line_words"):
            self.add_error("line_words", REASON)
        return data

    @property
    def answer(self) -> Answer | None:
        data = self.cleaned_data
        return Answer(data["outcome"], data["line_words"]) if data.get("all_lines") else None
