"""A part of the plan as a lead types it, and why one is dropped."""

from __future__ import annotations

from typing import Any, override

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from earnest.accounts.models import User
from earnest.core.forms import Sent
from earnest.initiatives import queries as initiatives
from earnest.initiatives.models import Initiative, Measure, Participation
from earnest.plans import queries
from earnest.plans.actions import PartDraft
from earnest.plans.models import Part

USER, PERSON = "user", "person"


class PartForm(Sent, forms.ModelForm[Part]):
    """What, why, whose, and by what one sees that it works (2.20)."""

    sent = ("title", "why", "what")

    owner = forms.ChoiceField(
        label=gettext_lazy("Who sees to it"),
        required=False,
        help_text=gettext_lazy("They read on their own page that it is theirs."),
    )
    owner_named = forms.CharField(
        label=gettext_lazy("Or somebody who is not in the list"),
        required=False,
        max_length=254,
        help_text=gettext_lazy("Their e-mail address or whole name."),
    )
    measures = forms.ModelMultipleChoiceField(
        Measure.objects.none(),
        label=gettext_lazy("How you see that it works"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    class Meta:
        model = Part
        fields = ("title", "why", "what")
        labels = {"title": gettext_lazy("What will be done"), "why": gettext_lazy("Why")}
        help_texts = {
            "title": gettext_lazy("In one line, in the words people used where you can."),
            "why": gettext_lazy("Which of what you heard it answers."),
        }
        error_messages = {
            "title": {"required": gettext_lazy("Say in one line what will be done.")},
            "why": {"required": gettext_lazy("Say why. A part without a reason convinces nobody.")},
        }
        widgets = {
            "why": forms.Textarea(attrs={"rows": 3}),
            "what": forms.Textarea(attrs={"rows": 4}),
        }

    def __init__(self, *args: Any, initiative: Initiative, **kwargs: Any) -> None:
        self.initiative = initiative
        super().__init__(*args, **kwargs)
        self.people = {f"{PERSON} {one.pk}": one for one in queries.may_own(initiative)}
        self.users = {f"{USER} {one.user_id}": one.user for one in initiatives.roles_on(initiative)}
        self._keep_owner()
        self.fields["owner"].choices = self._owners()  # type: ignore[attr-defined]
        if initiative.people_count <= queries.MANY:
            del self.fields["owner_named"]
        self._offer_measures()
        for one in self.fields.values():
            one.show_hidden_initial = bool(self.instance.pk)

    def _keep_owner(self) -> None:
        """Who sees to it now stays to be chosen, whatever happened meanwhile."""
        part = self.instance
        if part.owner_user:
            self.users.setdefault(f"{USER} {part.owner_user_id}", part.owner_user)
            self.initial["owner"] = f"{USER} {part.owner_user_id}"
        elif part.owner_person and not part.owner_person.person.erased_at:
            self.people.setdefault(f"{PERSON} {part.owner_person_id}", part.owner_person)
            self.initial["owner"] = f"{PERSON} {part.owner_person_id}"

    def _owners(self) -> list[Any]:
        return [
            ("", _("nobody yet")),
            (_("With a role"), [(key, str(one)) for key, one in self.users.items()]),
            (_("Who are asked"), [(key, one.person.name) for key, one in self.people.items()]),
        ]

    def _offer_measures(self) -> None:
        there = self.initiative.measures.filter(closed_at=None)
        self.fields["measures"].queryset = there  # type: ignore[attr-defined]
        if self.instance.pk:
            self.initial["measures"] = list(self.instance.measures.values_list("pk", flat=True))
        if not there.exists():
            del self.fields["measures"]

    def clean_owner_named(self) -> Participation | None:
        who = self.cleaned_data["owner_named"].strip()
        found = initiatives.find_person(self.initiative, who) if who else None
        if who and found is None:
            raise forms.ValidationError(
                _("Nobody on this initiative is “%(who)s”, or several are. Give the address.")
                % {"who": who}
            )
        return found

    @override
    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        key = data.get("owner", "")
        named: Participation | None = data.get("owner_named")
        chosen: User | Participation | None = named or self.users.get(key) or self.people.get(key)
        data["owner"] = chosen
        return data

    @property
    def draft(self) -> PartDraft:
        """All of it, for a new part."""
        d = self.cleaned_data
        measures = tuple(d.get("measures", ()))
        return PartDraft(d["title"], d["why"], d["what"], d["owner"], measures)

    @property
    def changes(self) -> dict[str, Any]:
        """What this tab touched; what it did not stays as somebody else may have written it."""
        touched = {"owner" if name == "owner_named" else name for name in self.changed_data}
        return {name: self.cleaned_data[name] for name in touched}


class DropForm(Sent):
    """Why it is dropped: whoever gave the words for it reads the reason."""

    sent = ("why",)

    why = forms.CharField(
        label=gettext_lazy("Why it is dropped"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext_lazy("Whoever it came from can read it."),
        error_messages={
            "required": gettext_lazy("Say why, in a sentence. Somebody may have counted on it.")
        },
    )
