"""How every form looks and what every form refuses: days that cannot be meant."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.forms.renderers import TemplatesSetting
from django.forms.utils import from_current_timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

FIRST_YEAR, LAST_YEAR = 2000, 2099
# Signs no keyboard writes: some of them part one text from the next where several are read as one.
readable_signs = RegexValidator(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]",
    _("There is a sign in it that cannot be shown. Please type it anew."),
    inverse_match=True,
)


class Fields(TemplatesSetting):
    """Renders forms and fields with the templates of this context."""

    form_template_name = "core/form.html"
    field_template_name = "core/field.html"


class Sent(forms.Form):
    """A form with words that somebody else will read: hints stand under them (4.1).

    ``sent`` names these fields; ``speaks`` is the language of who reads them, and where it is
    not set, that of who writes. A form that knows the person sets it: ``form.speaks = …``.
    """

    sent: tuple[str, ...] = ()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.speaks: str = get_language() or ""


class DayField(forms.DateField):
    """A day of our time: year 25 or 9999 is a slip of the hand."""

    default_error_messages = {"invalid": _("That is not a date. Write it as 2026-12-05.")}

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
        super().__init__(**kwargs)

    def clean(self, value: Any) -> date | None:
        day: date | None = super().clean(value)
        if day and not FIRST_YEAR <= day.year <= LAST_YEAR:
            raise ValidationError(_("Is the year right? Write the day as 2026-12-05."))
        return day


def moment_of(day: date, hour: time) -> datetime:
    """Day and hour in the zone of whoever types, as one moment.

    Raises ValidationError in the night the clocks change, for an hour there is not, or twice.
    """
    try:
        meant: datetime = from_current_timezone(datetime.combine(day, hour))
    except ValidationError as error:
        raise ValidationError(_("The clocks change in that night; choose another time.")) from error
    return meant
