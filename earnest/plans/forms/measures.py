"""Measures and their readings as they are typed, pasted or sent as a file."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, override

from django import forms
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from earnest.core.forms import DayField
from earnest.initiatives.models import Measure, Reading
from earnest.people.imports import sheets
from earnest.people.imports.problems import Problem, Unreadable
from earnest.plans.actions import MeasureDraft, ReadingDraft
from earnest.plans.forms.cells import Unclear, decimal_sign, month_first, read_day, read_value

MOST_LINES = 5000
LARGEST_FILE = 2_000_000
LONGEST_SOURCE = 200


class ValueField(forms.CharField):
    """A number as people write it: 12.5, 12,5, 1 200, 95 %."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.TextInput(attrs={"inputmode": "decimal"}))
        super().__init__(max_length=40, **kwargs)

    @override
    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        if not text:
            return None
        try:
            return read_value(text, by_hand=True)
        except Unclear as unclear:
            raise forms.ValidationError(str(unclear)) from unclear

    @override
    def prepare_value(self, value: Any) -> Any:
        return shown(value) if isinstance(value, Decimal) else value

    @override
    def has_changed(self, initial: Any, data: Any) -> bool:
        return (self.prepare_value(initial) or "") != (data or "")


def shown(value: Decimal) -> str:
    """Without the noughts behind it, to be typed over."""
    plain = f"{value:f}"
    return plain.rstrip("0").rstrip(".") if "." in plain else plain


class MeasureForm(forms.ModelForm[Measure]):
    """Name, unit, which way is better, where it began and where it should be (2.20)."""

    baseline = ValueField(
        label=gettext_lazy("Where it began"),
        required=False,
        help_text=gettext_lazy("As it was before anything was changed."),
    )
    target = ValueField(label=gettext_lazy("Where it should be"), required=False)

    class Meta:
        model = Measure
        fields = ("name", "unit", "direction", "baseline", "target")
        labels = {"direction": gettext_lazy("Which way is better")}
        help_texts = {
            "name": gettext_lazy("What is counted, as people here would say it."),
            "unit": gettext_lazy("Such as %, minutes, requests a day."),
        }
        error_messages = {"name": {"required": gettext_lazy("Say what is counted.")}}
        widgets = {"direction": forms.RadioSelect}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for one in self.fields.values():
            one.show_hidden_initial = bool(self.instance.pk)

    @override
    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        began, target = data.get("baseline"), data.get("target")
        if began is None or target is None or {"baseline", "target"} & self.errors.keys():
            return data
        up = data.get("direction") == Measure.Direction.UP
        if began != target and (target > began) != up:
            self.add_error(
                "target",
                _("More is better, and this is less than where it began. Is one of them wrong?")
                if up
                else _("Less is better, and this is more than where it began. Is one wrong?"),
            )
        return data

    @property
    def draft(self) -> MeasureDraft:
        return MeasureDraft(**{name: self.cleaned_data[name] for name in self.Meta.fields})

    @property
    def changes(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in self.changed_data}


class ReadingForm(forms.Form):
    """One reading by hand."""

    on = DayField(label=gettext_lazy("On"))
    value = ValueField(
        label=gettext_lazy("Value"),
        error_messages={"required": gettext_lazy("Write the number that was read.")},
    )
    source = forms.CharField(
        label=gettext_lazy("Where it is from"), max_length=LONGEST_SOURCE, required=False
    )

    def __init__(self, *args: Any, today: date, reading: Reading | None = None, **kw: Any) -> None:
        self.today = today
        if reading:
            kw["initial"] = {"on": reading.on, "value": reading.value, "source": reading.source}
        else:
            kw.setdefault("initial", {"on": today})
        super().__init__(*args, **kw)

    def clean_on(self) -> date:
        on: date = self.cleaned_data["on"]
        if on > self.today:
            raise forms.ValidationError(_("This day is still to come."))
        return on

    @property
    def draft(self) -> ReadingDraft:
        d = self.cleaned_data
        return ReadingDraft(d["on"], d["value"], d["source"])


@dataclass(frozen=True, slots=True)
class ReadLines:
    """What a sheet says: readings, and what is wrong with which line."""

    good: list[ReadingDraft]
    bad: list[Problem]


def read_lines(data: bytes, *, today: date) -> ReadLines:
    """Day, value and, where there is a third column, the source. Raises Unreadable."""
    rows = [(line, [*cells, "", "", ""][:3]) for line, cells in rows_of(data)]
    if len(rows) > MOST_LINES:
        raise Unreadable(
            _("These are more than %(most)s lines. Send them in parts.")
            % {"most": number_format(MOST_LINES, force_grouping=True)}
        )
    rows = rows[1:] if rows and _is_head(rows[0][1]) else rows
    sign = decimal_sign(cells[1] for _line, cells in rows)
    months_first = month_first(cells[0] for _line, cells in rows)
    good, bad = [], []
    for line, cells in rows:
        try:
            good.append(_reading(cells, sign, months_first, today))
        except Unclear as unclear:
            bad.append(Problem(line, str(unclear), ", ".join(one for one in cells if one)))
    return ReadLines(good, bad)


def rows_of(data: bytes) -> list[tuple[int, list[str]]]:
    """Lines cut into cells. A comma before decimals is no sign between cells where there is another."""
    if data.startswith(b"PK"):
        return list(sheets.open_sheet(data).rows)
    text = data.decode(sheets.guess_encoding(data)) if data.strip() else ""
    lines = [line for line in text.splitlines() if line.strip()]
    sign = next((one for one in ";\t" if lines and all(one in line for line in lines)), "")
    if not sign:
        return list(sheets.open_sheet(data).rows)
    told = f"sep={sign}\n{text}".encode()
    return [(line - 1, cells) for line, cells in sheets.open_sheet(told).rows]


def _is_head(cells: list[str]) -> bool:
    """Names of columns: no sign of a number in them."""
    return not any(sign.isdigit() for sign in cells[0] + cells[1])


def _reading(cells: list[str], sign: str, months_first: bool | None, today: date) -> ReadingDraft:
    on = read_day(cells[0], months_first=months_first)
    if on > today:
        raise Unclear(_("This day is still to come."))
    source = cells[2].strip()
    if len(source) > LONGEST_SOURCE:
        raise Unclear(_("The source is longer than 200 characters."))
    return ReadingDraft(on, read_value(cells[1], sign), source)


class ReadingsForm(forms.Form):
    """Many readings at once: a file, or lines pasted from a sheet. All of them, or none."""

    one_of = ("file", "lines")

    file = forms.FileField(label=gettext_lazy("A file: CSV or Excel"), required=False)
    lines = forms.CharField(
        label=gettext_lazy("Or lines, pasted"),
        required=False,
        max_length=LARGEST_FILE,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=gettext_lazy(
            "A line each: day, value, and where it is from if you like. "
            "Such as 2026-12-05; 12,5; weekly report."
        ),
    )

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        self.read = ReadLines([], [])

    @override
    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        sent = data.get("file")
        if sent and sent.size > LARGEST_FILE:
            self.add_error("file", _("This file is larger than 2 MB. Send it in parts."))
            return data
        given = sent.read() if sent else data.get("lines", "").encode()
        if not given.strip() and not self.errors:
            raise forms.ValidationError(_("Choose a file, or paste a few lines."))
        if not self.errors:
            self._read(given, "file" if sent else "lines")
        return data

    def _read(self, given: bytes, field: str) -> None:
        try:
            self.read = read_lines(given, today=self.today)
        except Unreadable as unreadable:
            self.add_error(field, str(unreadable))
            return
        if self.read.bad:
            self.add_error(field, _("Nothing was taken yet: some lines cannot be read."))
            self._keep(given)
        elif not self.read.good:
            self.add_error(field, _("There is no line with a day and a value in it."))

    def _keep(self, given: bytes) -> None:
        """A file cannot be put back into its field: its lines can, to be mended here."""
        typed = io.StringIO(newline="")
        csv.writer(typed, delimiter=";", lineterminator="\n").writerows(
            cells for _line, cells in rows_of(given)
        )
        if "file" in self.errors and isinstance(self.data, dict):
            self.data = {**self.data.dict(), "lines": typed.getvalue()}  # type: ignore[attr-defined]
