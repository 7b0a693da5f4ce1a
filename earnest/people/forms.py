"""What people type about people: parsed, checked, and said back where something is wrong.

The forms know nothing of who calls: the directory, or a lead's page of a person.
"""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.conf.locale import LANG_INFO
from django.utils.html import escape
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from earnest.accounts.models import Workspace
from earnest.core.forms import DayField
from earnest.people import names, places, queries
from earnest.people.actions import Details, Named
from earnest.people.imports import columns, sheets
from earnest.people.models import OwnWork, PeopleImport, Person, Team

LEAVE_OUT = "-"


class PersonForm(forms.Form):
    """What the directory holds of a person. Team and manager are typed, and found here."""

    name = forms.CharField(label=gettext_lazy("Name"), max_length=names.LONGEST_NAME)
    email = forms.EmailField(
        label=gettext_lazy("E-mail address"), required=False, max_length=names.LONGEST_ADDRESS
    )
    job = forms.CharField(label=gettext_lazy("What they do"), max_length=120, required=False)
    team = forms.CharField(
        label=gettext_lazy("Team"),
        max_length=1000,
        required=False,
        help_text=gettext_lazy("Its name, or its place: Region / North / Desk."),
    )
    manager = forms.CharField(
        label=gettext_lazy("Manager"),
        max_length=names.LONGEST_ADDRESS,
        required=False,
        help_text=gettext_lazy("Their e-mail address or name."),
    )
    time_zone = forms.CharField(
        label=gettext_lazy("Time zone"),
        max_length=60,
        required=False,
        help_text=gettext_lazy("A city such as Amsterdam. Left empty, the workspace's."),
    )
    language = forms.ChoiceField(label=gettext_lazy("Language"), required=False)

    def __init__(
        self, *args: Any, workspace: Workspace, person: Person | None = None, **kwargs: Any
    ) -> None:
        self.workspace, self.person = workspace, person
        self.tree: queries.TeamTree | None = None
        kwargs.setdefault("initial", self._as_it_is() if person else None)
        super().__init__(*args, **kwargs)
        self.fields["language"].choices = _languages(person.language if person else "")  # type: ignore[attr-defined]

    def clean_name(self) -> str:
        name = names.clean_name(self.cleaned_data["name"])
        if problem := names.problem_with_name(name):
            raise forms.ValidationError(problem)
        return name

    def clean_email(self) -> str:
        email = names.clean_address(self.cleaned_data["email"])
        here = Person.objects.present().filter(workspace=self.workspace)
        if self.person:
            here = here.exclude(pk=self.person.pk)
        if email and queries.with_address(here, email).exists():
            raise forms.ValidationError(_("Somebody in the directory has this address already."))
        return email

    def clean_team(self) -> Team | None:
        text = self.cleaned_data["team"]
        if self.person and text == self.initial.get("team"):
            return self.person.team
        return find_team(self._tree(), text)

    def clean_manager(self) -> Person | None:
        text = self.cleaned_data["manager"]
        if self.person and text == self.initial.get("manager"):
            return self.person.manager
        return find_person(self.workspace, text)

    def clean_time_zone(self) -> str:
        text = self.cleaned_data["time_zone"]
        zone = places.find_time_zone(text)
        if text and not zone:
            raise forms.ValidationError(
                _("“%(zone)s” is no time zone; try Europe/Amsterdam.") % {"zone": text}
            )
        return zone

    def details(self) -> Details:
        """What was typed, for ``add_person`` or ``change_person``."""
        return Details(**self.cleaned_data)

    def _as_it_is(self) -> dict[str, str]:
        person = self.person or Person()
        manager = person.manager
        return {
            **{name: getattr(person, name) for name in ("name", "email", "job", "time_zone")},
            "language": person.language,
            "team": self._tree().path(person.team_id) if person.team_id else "",
            "manager": (manager.email or manager.name) if manager else "",
        }

    def _tree(self) -> queries.TeamTree:
        self.tree = self.tree or queries.TeamTree(self.workspace)
        return self.tree


def find_team(tree: queries.TeamTree, text: str) -> Team | None:
    """The one team meant; a ValidationError where there is none or several."""
    found = tree.matching(text)
    if text.strip() and not found:
        raise forms.ValidationError(
            _("There is no team called “%(name)s”. Add it under Teams first.") % {"name": text}
        )
    if len(found) > 1:
        paths = "; ".join(tree.path(team.pk) for team in found[:5])
        raise forms.ValidationError(_("Which one: %(paths)s?") % {"paths": paths})
    return found[0] if found else None


def find_person(workspace: Workspace, text: str) -> Person | None:
    """The one person meant; a ValidationError where there is none or several."""
    found = queries.people_meant(workspace, text) if text.strip() else []
    if text.strip() and not found:
        raise forms.ValidationError(
            _("Nobody in the directory is “%(text)s”. Add them first.") % {"text": text}
        )
    if len(found) > 1:
        raise forms.ValidationError(
            _("Several people are called “%(text)s”: give the e-mail address.") % {"text": text}
        )
    return found[0] if found else None


def _languages(now: str) -> list[tuple[str, str]]:
    known = list(settings.LANGUAGES)
    if now and now not in dict(known):
        known.append((now, LANG_INFO.get(now, {}).get("name_local", now)))
    return [("", _("the same as the workspace")), *known]


class OwnWorkForm(forms.Form):
    """A person's own goals, and how they measure a good job: in their words (1.6)."""

    goals = forms.CharField(
        label=gettext_lazy("Their own goals"),
        required=False,
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    measures = forms.CharField(
        label=gettext_lazy("How they measure a good job"),
        required=False,
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    seen = forms.CharField(required=False, max_length=16, widget=forms.HiddenInput)

    def __init__(self, *args: Any, work: OwnWork, **kwargs: Any) -> None:
        kwargs.setdefault(
            "initial", {"goals": work.goals, "measures": work.measures, "seen": work.mark}
        )
        super().__init__(*args, **kwargs)


class AwayForm(forms.Form):
    """The days a person is not there, both included."""

    first_day = DayField(
        label=gettext_lazy("First day away"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    last_day = DayField(
        label=gettext_lazy("Last day away"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )

    def clean(self) -> dict[str, Any]:
        first, last = self.cleaned_data.get("first_day"), self.cleaned_data.get("last_day")
        if first and last and last < first:
            self.add_error("last_day", _("The last day lies before the first."))
        return self.cleaned_data


class NamesField(forms.CharField):
    """Names as pasted, one a line; every line that cannot be read is named with its reason."""

    widget = forms.Textarea(attrs={"rows": 3, "autocomplete": "off"})

    def __init__(self, *, most: int = 1000, **kwargs: Any) -> None:
        super().__init__(max_length=200_000, **kwargs)
        self.most = most

    def clean(self, value: Any) -> list[Named]:
        lines = names.parse_pasted(super().clean(value))
        problems = [
            _("Line %(line)s: %(reason)s") % {"line": line.line, "reason": line.problem}
            for line in lines
            if line.problem
        ]
        if problems:
            raise forms.ValidationError(problems[:20])
        if self.required and not lines:
            raise forms.ValidationError(_("There is no name in it yet."))
        if len(lines) > self.most:
            raise forms.ValidationError(
                _("These are %(count)s names; up to %(most)s go in here. For more, import a file.")
                % {"count": len(lines), "most": self.most}
            )
        return [Named(line.name, line.email) for line in lines]


class TeamForm(forms.Form):
    """A team's name, and what it is part of."""

    name = forms.CharField(label=gettext_lazy("Name"), max_length=120)
    parent = forms.CharField(
        label=gettext_lazy("Part of"),
        max_length=1000,
        required=False,
        help_text=gettext_lazy("The name of another team, or its place: Region / North."),
    )

    def __init__(self, *args: Any, tree: queries.TeamTree, **kwargs: Any) -> None:
        self.tree = tree
        super().__init__(*args, **kwargs)

    def clean_name(self) -> str:
        name = names.clean_name(self.cleaned_data["name"])
        if places.TEAM_SEPARATOR in name:
            raise forms.ValidationError(_("A team's name has no “/”: it parts one from another."))
        return name

    def clean_parent(self) -> Team | None:
        return find_team(self.tree, self.cleaned_data["parent"])


class RenameForm(TeamForm):
    """A team's name alone."""

    parent = None  # type: ignore[assignment]


class MoveForm(TeamForm):
    """What a team is part of; empty puts it on top."""

    name = None  # type: ignore[assignment]


class FileForm(forms.Form):
    """A file of people."""

    file = forms.FileField(
        label=gettext_lazy("File"),
        help_text=gettext_lazy("CSV, Excel (.xlsx) or vCard (.vcf), up to 20 MB."),
        widget=forms.FileInput(attrs={"accept": ".csv,.tsv,.txt,.xlsx,.vcf"}),
        allow_empty_file=True,
    )

    def clean_file(self) -> tuple[str, bytes]:
        file = self.cleaned_data["file"]
        if (file.size or 0) > sheets.LARGEST_FILE:
            raise forms.ValidationError(
                _("This file is larger than 20 MB. Split it, or leave out columns.")
            )
        return str(file.name), bytes(file.read())


class ColumnsForm(forms.Form):
    """What each column of the file holds, with its first cells to judge by."""

    has_header = forms.BooleanField(
        label=gettext_lazy("The first line names the columns"), required=False
    )

    def __init__(self, *args: Any, import_: PeopleImport, **kwargs: Any) -> None:
        top = import_.head.get("top") or [[""] * len(import_.columns)]
        initial = {f"column_{i}": field or LEAVE_OUT for i, field in enumerate(import_.columns)}
        kwargs.setdefault("initial", {**initial, "has_header": import_.has_header})
        super().__init__(*args, **kwargs)
        choices = [(LEAVE_OUT, _("leave this column out")), *columns.FIELDS.items()]
        for i, first in enumerate(top[0]):
            below = [cells[i] for cells in top[1:] if i < len(cells) and cells[i]]
            self.fields[f"column_{i}"] = forms.ChoiceField(
                label=first or _("Column %(number)s") % {"number": i + 1},
                choices=choices,
                help_text=escape(" · ".join(below)),
            )

    def clean(self) -> dict[str, Any]:
        chosen = [field for field in self.matched() if field]
        for name, field in self.cleaned_data.items():
            if name.startswith("column_") and chosen.count(field) > 1:
                self.add_error(name, _("Two columns cannot both hold this: leave one of them out."))
                break
        if not columns.NAMING & set(chosen):
            raise forms.ValidationError(_("Say which column holds the name or the e-mail address."))
        return self.cleaned_data

    def matched(self) -> list[str]:
        """The field of each column, "" for those left out."""
        said = [self.cleaned_data.get(name, "") for name in self.fields if name != "has_header"]
        return ["" if field == LEAVE_OUT else field for field in said]


class ConfirmForm(forms.Form):
    """Everyone, or the good lines alone."""

    which = forms.ChoiceField(choices=(("all", "all"), ("good", "good")))
