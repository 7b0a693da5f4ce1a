"""More time: why, and which days move to when (3.17)."""

from __future__ import annotations

from datetime import date
from typing import Any, override

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from earnest.core.forms import DayField, Sent
from earnest.initiatives.models import Initiative, RunUpStep
from earnest.initiatives.queries import MOVABLE
from earnest.plans.actions import MoreTime


class MoreTimeForm(Sent):
    """The cause, and a new day for each that stands; none may become earlier."""

    sent = ("cause",)

    cause = forms.CharField(
        label=gettext_lazy("Why you take more time"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext_lazy("Everyone concerned reads it, as it stands here."),
        error_messages={"required": gettext_lazy("Say why. It is what everyone will ask.")},
    )

    def __init__(
        self, *args: Any, initiative: Initiative, steps: list[RunUpStep], today: date, **kw: Any
    ) -> None:
        super().__init__(*args, **kw)
        self.initiative, self.steps, self.today = initiative, steps, today
        for name in MOVABLE:
            field = Initiative._meta.get_field(name)
            label = str(field.verbose_name).capitalize()  # type: ignore[union-attr]
            self._offer(name, label, getattr(initiative, name))
        for step in steps:
            self._offer(f"step-{step.pk}", _("Run-up: %s") % step, step.on)

    def _offer(self, name: str, label: str, was: date | None) -> None:
        self.fields[name] = DayField(label=label, required=was is not None, initial=was)
        self.fields[name].error_messages["required"] = _("Give a day, or leave it as it was.")

    def _was(self) -> dict[str, date | None]:
        days = {name: getattr(self.initiative, name) for name in MOVABLE}
        return days | {f"step-{step.pk}": step.on for step in self.steps}

    @override
    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        moved = {
            name: data[name]
            for name, was in self._was().items()
            if data.get(name) and data[name] != was
        }
        for name in moved:
            self._check(name, data[name])
        if not moved and not self.errors:
            raise forms.ValidationError(_("No day is later than it was. Which one moves?"))
        self._check_order(data)
        return data

    def _check(self, name: str, day: date) -> None:
        was = self._was()[name]
        if was and day < was:
            self.add_error(name, _("This is earlier than it was. More time makes it later."))
        elif day < self.today:
            self.add_error(name, _("This day is over."))

    def _check_order(self, data: dict[str, Any]) -> None:
        first, launch = data.get("starts_on"), data.get("launches_on")
        if first and launch and launch < first:
            self.add_error(
                "launches_on", _("The launch cannot be before the first day. Move it too.")
            )

    @property
    def more(self) -> MoreTime:
        d = self.cleaned_data
        return MoreTime(
            d["cause"],
            {name: d[name] for name in MOVABLE if d.get(name)},
            {step.pk: d[f"step-{step.pk}"] for step in self.steps},
        )
