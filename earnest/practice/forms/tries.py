"""What a lead types about something to try, and what the person says of it (0.3)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any, override

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from earnest.core.forms import DayField, moment_of
from earnest.plans.forms.own_words import OwnWords
from earnest.practice.actions.tries import ANSWERS, Tried, TryDraft
from earnest.practice.forms.lessons import A_LINE
from earnest.practice.models import Lesson, TryOut
from earnest.practice.queries.tries import Fits

NO_CONTROLS = RegexValidator(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]",
    gettext_lazy("There is a sign in it that nobody can see. Type it anew, please."),
    inverse_match=True,
)


class PractisingForm(forms.Form):
    """What practises one of the lessons of an initiative, or none in particular."""

    lesson = forms.ModelChoiceField(
        Lesson.objects.none(),
        label=gettext_lazy("It practises a lesson"),
        required=False,
        empty_label=gettext_lazy("none in particular"),
    )

    def __init__(self, *args: Any, lessons: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["lesson"]
        if isinstance(field, forms.ModelChoiceField):
            field.queryset = lessons


class TryForm(PractisingForm, OwnWords):
    """Something small to try: what, when, where, who helps, and why it may fit their work (0.3)."""

    sent = ("what", "place", "help", "why")
    field_order = ("what", "day", "hour", "minutes", "place", "help", "fit", "why", "lesson")

    what = forms.CharField(
        label=gettext_lazy("What would they try, with their own hands?"),
        max_length=160,
        validators=[NO_CONTROLS],
        help_text=gettext_lazy("Small enough to do in one go, and safe to do badly."),
        error_messages={"required": gettext_lazy("What is there to try? One thing is enough.")},
    )
    day = DayField(
        label=gettext_lazy("Day"),
        error_messages={"required": gettext_lazy("On which day? They can say no to it.")},
    )
    hour = forms.TimeField(
        label=gettext_lazy("Time"),
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        error_messages={
            "required": gettext_lazy("At what time?"),
            "invalid": gettext_lazy("Write the time as 14:30."),
        },
    )
    minutes = forms.IntegerField(
        label=gettext_lazy("How many minutes"), min_value=5, max_value=480, initial=30
    )
    place = forms.CharField(
        label=gettext_lazy("Where"),
        max_length=160,
        validators=[NO_CONTROLS],
        error_messages={"required": gettext_lazy("Where? Their own desk may be the best place.")},
    )
    help = forms.CharField(
        label=gettext_lazy("Who is there to help"),
        max_length=160,
        validators=[NO_CONTROLS],
        error_messages={"required": gettext_lazy("Nobody tries alone: who is beside them?")},
    )
    fit = forms.ChoiceField(
        label=gettext_lazy("Why it may fit their work"), required=False, widget=forms.RadioSelect
    )
    why = forms.CharField(
        label=gettext_lazy("Or in your words, to them"),
        max_length=300,
        validators=[NO_CONTROLS],
        required=False,
        help_text=gettext_lazy("They read it as it stands here."),
    )
    by_mail = forms.BooleanField(
        label=gettext_lazy("Mail it, too: that counts as asking them"), required=False
    )

    def __init__(self, *args: Any, fits: Sequence[Fits], at: datetime, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.at, self.fits = at, {f"{one.kind}-{n}": one for n, one in enumerate(fits)}
        if fits:
            choices = [(key, one.sentence) for key, one in self.fits.items()]
            own = ("", _("another reason, in your words"))
            self.fields["fit"] = forms.ChoiceField(
                label=_("Why it may fit their work, as it is on record"),
                required=False,
                choices=[*choices, own],
                widget=forms.RadioSelect,
            )
        else:
            del self.fields["fit"]
            self.fields["why"].label = _("Why it may fit their work, in your words to them")

    @override
    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if "fit" not in self.errors and not given.get("fit") and not given.get("why"):
            self.add_error("why", _("Why them? A try-out is offered because it fits their work."))
        if given.get("day") and given.get("hour"):
            self._place_in_time(given)
        return given

    def _place_in_time(self, given: dict[str, Any]) -> None:
        try:
            given["starts_at"] = moment_of(given["day"], given["hour"])
        except ValidationError as error:
            self.add_error("hour", error)
            return
        if given["starts_at"] <= self.at:
            self.add_error("day", _("That is past. Offer a time that is still to come."))

    @property
    def draft(self) -> TryDraft:
        """The offer as typed, once valid."""
        d = self.cleaned_data
        chosen = self.fits.get(d.get("fit", ""))
        return TryDraft(
            what=d["what"],
            starts_at=d["starts_at"],
            minutes=d["minutes"],
            place=d["place"],
            help=d["help"],
            fit=chosen.kind if chosen else TryOut.Fit.OTHER,
            why=d["why"] or (chosen.sentence if chosen else ""),
            lesson=d["lesson"],
        )


class FitForm(PractisingForm):
    """What there is to try, asked before it is known to whom (0.3)."""

    field_order = ("what", "lesson")

    what = forms.CharField(
        label=gettext_lazy("What is there to try?"),
        max_length=160,
        validators=[NO_CONTROLS],
        required=False,
        help_text=gettext_lazy("A few words of the work itself, such as: make the weekend rota"),
    )


class TriedForm(forms.Form):
    """What they say of an offer: one tap, and a line of their own."""

    answer = forms.ChoiceField(
        choices=[(one.value, one.label) for one in ANSWERS if one != TryOut.State.DONE]
        + [(how.value, how.label) for how in TryOut.How],
        error_messages={
            "required": gettext_lazy("Which is it? One tap is enough."),
            "invalid_choice": gettext_lazy("Which is it? One tap is enough."),
        },
    )
    words = forms.CharField(
        label=gettext_lazy("In a line of your own"),
        max_length=300,
        validators=[NO_CONTROLS],
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext_lazy("Those who lead this read it; nobody else."),
        error_messages={"max_length": A_LINE},
    )

    def tried(self) -> Tried:
        said, words = self.cleaned_data["answer"], self.cleaned_data["words"]
        if said in TryOut.How.values:
            return Tried(TryOut.State.DONE, said, words)
        return Tried(said, "", words)
