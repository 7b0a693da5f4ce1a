"""What is measured of a pilot, and readings typed, pasted or sent as a file."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, override

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from earnest.core.forms import DayField, readable_signs
from earnest.people.imports.problems import Problem, Unreadable
from earnest.pilots.actions import PilotMeasureDraft, PilotReadingDraft
from earnest.pilots.actions.measures import TURNS
from earnest.pilots.models import PilotMeasure, PilotReading
from earnest.pilots.queries import is_read, not_read_then
from earnest.plans.forms.cells import Unclear, decimal_sign, month_first, read_day, read_value
from earnest.plans.forms.measures import LARGEST_FILE, MOST_LINES, ValueField, rows_of
from earnest.plans.forms.own_words import OwnWords

Group, Counts = PilotReading.Group, PilotMeasure.Counts
MOST_CASES = 10_000_000
LONGEST_COUNT = 12  # in digits
OTHER_FIGURES = gettext_lazy(
    "It was read as it is: figures of the other kind cannot follow them. Measure it beside, anew."
)
_SAY_OF_HOW_MANY = gettext_lazy("Say of how many cases this is a share.")
COLUMNS = ("on", "value", "of", "group", "note")  # their order where a sheet has no head
HEADS = {
    "on": {"on", "at", "day", "date"},
    "value": {"value", "share", "percent", "%"},
    "of": {"of", "cases", "n", "count"},
    "group": {"group", "part", "who"},
    "note": {"note", "source"},
}


class PilotMeasureForm(OwnWords, forms.ModelForm[PilotMeasure]):
    """What, which way is better, where it begins, what it is compared with, when to stop."""

    sent = ("name", "unit", "comparison")

    baseline = ValueField(
        label=gettext_lazy("Where it begins"),
        required=False,
        help_text=gettext_lazy(
            "As it is before anything changes; readings from before say it better."
        ),
    )
    stop_at = ValueField(
        label=gettext_lazy("Stop at"),
        required=False,
        help_text=gettext_lazy("At this figure, or a worse one, you would stop."),
    )
    every_days = forms.IntegerField(
        label=gettext_lazy("Read every … days"), min_value=1, max_value=90, initial=7
    )

    class Meta:
        model = PilotMeasure
        fields = (
            "name",
            "counts",
            "unit",
            "better",
            "baseline",
            "stop_at",
            "comparison",
            "comparison_of_five",
            "every_days",
        )
        labels = {
            "better": gettext_lazy("Which way is better"),
            "comparison_of_five": gettext_lazy("These are five people or more"),
        }
        help_texts = {
            "name": gettext_lazy(
                "Of the part as a whole, never of one person. Write a share as it goes on after "
                "“61 %”: “of requests had one owner within a day”."
            ),
            "unit": gettext_lazy("Such as days, minutes, requests. A share needs none."),
            "comparison": gettext_lazy(
                "Another part in which nothing changes, read the same way: it shows what would have "
                "changed anyway."
            ),
            "comparison_of_five": gettext_lazy(
                "Not needed for a team of the directory, whose size is known. Figures of fewer are "
                "for you who lead, and nobody else."
            ),
        }
        error_messages = {"name": {"required": gettext_lazy("Say what is measured.")}}
        widgets = {"better": forms.RadioSelect, "counts": forms.RadioSelect}

    def __init__(self, *args: Any, instance: PilotMeasure, **kwargs: Any) -> None:
        here = instance.pilot.initiative
        super().__init__(*args, instance=instance, initiative=here, **kwargs)
        for name in ("name", "unit", "comparison"):
            self.fields[name].validators.append(readable_signs)
        for one in self.fields.values():
            one.show_hidden_initial = bool(self.instance.pk)
        for name in TURNS if self.instance.pilot.is_over else ():
            self.fields[name].disabled = True

    @override
    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        share = data.get("counts") == Counts.SHARE
        if "counts" in self.changed_data and self.instance.pk and is_read(self.instance):
            self.add_error("counts", OTHER_FIGURES)
        for name in ("baseline", "stop_at"):
            value = data.get(name)
            if share and value is not None and not 0 <= value <= 100:
                self.add_error(name, _("A share lies between 0 and 100 per cent."))
        if not data.get("comparison"):
            data["comparison_of_five"] = False
        began, stop = data.get("baseline"), data.get("stop_at")
        if began is None or stop is None or self.errors:
            return data
        up = data.get("better") == PilotMeasure.Better.UP
        if (stop >= began) if up else (stop <= began):
            self.add_error(
                "stop_at", _("It begins there already: you would stop on the first day.")
            )
        return data

    @property
    def draft(self) -> PilotMeasureDraft:
        return PilotMeasureDraft(**{name: self.cleaned_data[name] for name in self.Meta.fields})

    @property
    def changes(self) -> dict[str, Any]:
        """Compared with another part: how large that one is is said with it."""
        which = {*self.changed_data}
        which |= {"comparison_of_five"} if "comparison" in which else set()
        return {name: self.cleaned_data[name] for name in sorted(which)}


class PilotReadingForm(OwnWords):
    """One reading by hand."""

    sent = ("note",)

    group = forms.ChoiceField(label=gettext_lazy("Of whom"), choices=Group.choices, required=False)
    on = DayField(label=gettext_lazy("On"))
    value = ValueField(
        label=gettext_lazy("Value"),
        error_messages={"required": gettext_lazy("Write the number that was read.")},
    )
    of = forms.IntegerField(
        label=gettext_lazy("Of how many"), min_value=1, max_value=MOST_CASES, required=False
    )
    note = forms.CharField(
        label=gettext_lazy("Where it is from"),
        max_length=200,
        required=False,
        validators=[readable_signs],
    )

    def __init__(
        self,
        *args: Any,
        measure: PilotMeasure,
        today: date,
        reading: PilotReading | None = None,
        **kw: Any,
    ) -> None:
        self.measure, self.today, self.reading = measure, today, reading
        initial: dict[str, Any] = {"on": today, "group": Group.PILOT}
        if reading:
            initial = {name: getattr(reading, name) for name in COLUMNS}
        kw.setdefault("initial", initial)
        super().__init__(*args, initiative=measure.pilot.initiative, **kw)
        share = measure.counts == Counts.SHARE
        if share:
            self.fields["value"].label = _("Per cent")
            self.fields["of"].required = True
            self.fields["of"].error_messages["required"] = _SAY_OF_HOW_MANY
        else:
            del self.fields["of"]
        if not measure.comparison:
            del self.fields["group"]
        elif isinstance(field := self.fields["group"], forms.ChoiceField):
            field.required = True
            field.choices = [
                (Group.PILOT, measure.pilot.part),
                (Group.COMPARISON, measure.comparison),
            ]
        if reading:  # another day or group is another reading
            self.fields.pop("group", None)
            del self.fields["on"]

    def clean_on(self) -> date:
        on: date = self.cleaned_data["on"]
        if on > self.today:
            raise forms.ValidationError(_("This day is still to come."))
        if problem := not_read_then(self.measure.pilot, on):
            raise forms.ValidationError(problem)
        return on

    def clean_value(self) -> Decimal:
        value: Decimal = self.cleaned_data["value"]
        if problem := _not_fitting(self.measure, value):
            raise forms.ValidationError(problem)
        return value

    @property
    def draft(self) -> PilotReadingDraft:
        d = self.cleaned_data
        there = self.reading
        on = there.on if there else d["on"]
        group = there.group if there else d.get("group") or Group.PILOT
        return PilotReadingDraft(on, d["value"], group, d.get("of"), d["note"])


def _not_fitting(measure: PilotMeasure, value: Decimal) -> str:
    if measure.counts == Counts.SHARE and not 0 <= value <= 100:
        return _("A share lies between 0 and 100 per cent.")
    return ""


@dataclass(frozen=True, slots=True)
class Read:
    """What a sheet says: readings, and what is wrong with which line."""

    good: list[PilotReadingDraft]
    bad: list[Problem]


def read_sheet(data: bytes, measure: PilotMeasure, *, today: date) -> Read:
    """Day, value, and where they are needed of how many and of whom. Raises Unreadable.

    Columns are found by their names (``group,at,value`` is one way), else by their order.
    """
    rows = rows_of(data)
    if len(rows) > MOST_LINES:
        raise Unreadable(_("These are more than %d lines. Send them in parts.") % MOST_LINES)
    places = _places(rows[0][1]) if rows else {}
    rows = rows[1:] if places else rows
    places = places or {name: at for at, name in enumerate(COLUMNS)}
    lines = [(line, _named(cells, places)) for line, cells in rows]
    sign = decimal_sign(cells["value"] for _line, cells in lines)
    months_first = month_first(cells["on"] for _line, cells in lines)
    good: dict[tuple[str, date], PilotReadingDraft] = {}
    bad = []
    for line, cells in lines:
        try:
            one = _draft(cells, measure, sign, months_first)
            _refuse(one, good.get(one.key), measure, today)
            good[one.key] = one
        except Unclear as unclear:
            bad.append(Problem(line, str(unclear), ", ".join(filter(None, cells.values()))))
    return Read(list(good.values()), bad)


def _places(head: list[str]) -> dict[str, int]:
    """Which column holds what, where the first line says so."""
    found: dict[str, int] = {}
    for at, cell in enumerate(head):
        word = cell.strip().casefold()
        for name, known in HEADS.items():
            if word in known:
                found.setdefault(name, at)
    return found if {"on", "value"} <= found.keys() else {}


def _named(cells: list[str], places: dict[str, int]) -> dict[str, str]:
    return {
        name: cells[at].strip() if (at := places.get(name, len(cells))) < len(cells) else ""
        for name in COLUMNS
    }


def _draft(
    cells: dict[str, str], measure: PilotMeasure, sign: str, months_first: bool | None
) -> PilotReadingDraft:
    on = read_day(cells["on"], months_first=months_first)
    value = read_value(cells["value"], sign)
    group, of = _group(cells["group"], measure), _of(cells["of"], measure)
    return PilotReadingDraft(on, value, group, of, _note(cells["note"]))


def _note(said: str) -> str:
    try:
        readable_signs(said)
    except ValidationError as error:
        raise Unclear(" ".join(error.messages)) from error
    return said[:200]


def _group(word: str, measure: PilotMeasure) -> str:
    """By the name of the part, or as we call it; nothing written is the pilot."""
    called = word.casefold()
    if not called or called in {Group.PILOT, "treated", measure.pilot.part.casefold()}:
        return Group.PILOT
    names = {Group.COMPARISON, "control", measure.comparison.casefold()} - {""}
    if called in names:
        if not measure.comparison:
            raise Unclear(_("This measure has nothing to compare with yet."))
        return Group.COMPARISON
    raise Unclear(_("“%s” is neither the pilot nor what it is compared with.") % word)


def _of(word: str, measure: PilotMeasure) -> int | None:
    if measure.counts != Counts.SHARE:
        return None
    number = word.isascii() and word.isdigit() and len(word) <= LONGEST_COUNT
    if not number or not 0 < int(word) <= MOST_CASES:
        raise Unclear(str(_SAY_OF_HOW_MANY))
    return int(word)


def _refuse(
    one: PilotReadingDraft, twin: PilotReadingDraft | None, measure: PilotMeasure, today: date
) -> None:
    if one.on > today:
        raise Unclear(_("This day is still to come."))
    if problem := not_read_then(measure.pilot, one.on) or _not_fitting(measure, one.value):
        raise Unclear(problem)
    if twin and (twin.value, twin.of) != (one.value, one.of):
        raise Unclear(_("This day stands there twice, with different figures."))


class PilotReadingsForm(forms.Form):
    """Many readings at once: a file, or lines pasted from a sheet. All of them, or none."""

    one_of = ("file", "lines")

    file = forms.FileField(label=gettext_lazy("A file: CSV or Excel"), required=False)
    lines = forms.CharField(
        label=gettext_lazy("Or lines, pasted"),
        required=False,
        max_length=LARGEST_FILE,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 8}),
    )

    def __init__(self, *args: Any, measure: PilotMeasure, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.measure, self.today = measure, today
        self.read = Read([], [])
        share = measure.counts == Counts.SHARE
        like = "2026-12-05; 61,5; 126" if share else "2026-12-05; 12,5"
        self.fields["lines"].help_text = (
            _(
                "A line each: day, per cent, of how many; then of whom, and where it is from. Such as %s."
            )
            if share
            else _(
                "A line each: day, value; then (of how many), of whom, and where it is from. Such as %s."
            )
        ) % like

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
            self.read = read_sheet(given, self.measure, today=self.today)
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
        sheet = csv.writer(typed, delimiter=";", lineterminator="\n")
        sheet.writerows(cells for _line, cells in rows_of(given))
        if "file" in self.errors and isinstance(self.data, dict):
            self.data = {**self.data.dict(), "lines": typed.getvalue()}  # type: ignore[attr-defined]
