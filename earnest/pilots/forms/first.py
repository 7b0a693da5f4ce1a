"""Who would like to go first? The question as a lead puts it, and a yes as somebody says it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from earnest.core.forms import DayField, Sent, readable_signs
from earnest.initiatives.models import Initiative, Participation
from earnest.people.queries import TeamTree
from earnest.pilots.actions import CallDraft, Offer
from earnest.pilots.forms.own_words import OwnWords
from earnest.pilots.models import Volunteer


class CallForm(OwnWords):
    """What is tried, what going first takes, and until when it is asked."""

    sent = ("what", "takes")

    what = forms.CharField(
        label=gettext_lazy("What will be tried"),
        max_length=300,
        validators=[readable_signs],
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext_lazy("Small enough that one team can try it and go back."),
        error_messages={"required": gettext_lazy("Say what will be tried.")},
    )
    takes = forms.CharField(
        label=gettext_lazy("What going first takes, and what they get"),
        max_length=1000,
        validators=[readable_signs],
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=gettext_lazy("Hours a week, for how long, which help. Say it as it is."),
        error_messages={"required": gettext_lazy("Say what it takes: nobody can say yes to less.")},
    )
    until = DayField(
        label=gettext_lazy("Asked until"),
        required=False,
        help_text=gettext_lazy("Empty: until you close it."),
    )

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today

    def clean_until(self) -> date | None:
        until: date | None = self.cleaned_data["until"]
        if until and until < self.today:
            raise forms.ValidationError(_("This day is over."))
        return until

    @property
    def draft(self) -> CallDraft:
        d = self.cleaned_data
        return CallDraft(" ".join(d["what"].split()), d["takes"], d["until"])


class MailForm(Sent):
    """Whom to ask by mail as well, and a word of one's own above it."""

    sent = ("words",)

    words = forms.CharField(
        label=gettext_lazy("A word of your own"),
        required=False,
        max_length=600,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext_lazy("It stands above the question."),
    )
    people = forms.ModelMultipleChoiceField(
        Participation.objects.none(),
        label=gettext_lazy("Whom you ask by mail"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": gettext_lazy("Choose at least one person.")},
    )

    def __init__(self, *args: Any, waiting: Iterable[Participation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = list(waiting)
        field = self.fields["people"]
        assert isinstance(field, forms.ModelMultipleChoiceField)  # noqa: S101
        field.queryset = Participation.objects.filter(pk__in=[one.pk for one in people])
        field.choices = [(one.pk, str(one.person)) for one in people]


class VolunteerForm(forms.Form):
    """Yes, our part would like to go first: which part, why, and who may read that."""

    part = forms.CharField(
        label=gettext_lazy("Which part"),
        max_length=120,
        validators=[readable_signs],
        help_text=gettext_lazy("Your team, or a part of it: as people there call it."),
        error_messages={"required": gettext_lazy("Say which part it is.")},
    )
    words = forms.CharField(
        label=gettext_lazy("Why, in your words"),
        required=False,
        max_length=1000,
        validators=[readable_signs],
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    passed_on = forms.ChoiceField(
        label=gettext_lazy("Who may read these words"),
        choices=Volunteer.PassedOn.choices,
        initial=Volunteer.PassedOn.LEADS_ONLY,
        widget=forms.RadioSelect,
        required=False,
    )

    def __init__(self, *args: Any, whose: Participation | None = None, **kwargs: Any) -> None:
        if whose and whose.person.team:
            kwargs.setdefault("initial", {"part": whose.person.team.name})
        super().__init__(*args, **kwargs)
        self.whose = whose

    def offer_of(self, whose: Participation) -> Offer:
        """A part that is called as a team is, is that team: the nearest to theirs."""
        d = self.cleaned_data
        part = " ".join(d["part"].split())
        tree = TeamTree(whose.initiative.workspace)
        above = [tree.teams[pk] for pk in tree.upwards(whose.person.team_id)]
        named = [one for one in above if one.name.casefold() == part.casefold()]
        found = named or tree.matching(part)
        team = found[0] if len(found) == 1 or named else None
        kept = d.get("passed_on") or Volunteer.PassedOn.LEADS_ONLY
        return Offer(part, team, d.get("words", ""), kept)


class NotedForm(VolunteerForm):
    """Said to a lead, who notes it: their person reads it, and can take it back."""

    who = forms.ModelChoiceField(
        Participation.objects.none(),
        label=gettext_lazy("Who said so"),
        error_messages={"required": gettext_lazy("Say who it was.")},
    )

    def __init__(self, *args: Any, initiative: Initiative, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["passed_on"]  # that is theirs to say
        rows = Participation.objects.may_be_asked().filter(initiative=initiative)
        field = self.fields["who"]
        assert isinstance(field, forms.ModelChoiceField)  # noqa: S101
        field.queryset = rows.select_related("person__team", "initiative__workspace").order_by(
            "person__name", "pk"
        )
        field.label_from_instance = lambda one: str(one.person)  # type: ignore[method-assign,assignment]
        self.fields["words"].label = _("What they said, in their words")
        self.fields["part"].help_text = _("Their team, or a part of it: as people there call it.")
        self.order_fields(("who", "part", "words"))


class AnswerForm(Sent):
    """Not this time, and why: they read it."""

    sent = ("words",)

    words = forms.CharField(
        label=gettext_lazy("Not this time, because"),
        max_length=1000,
        validators=[readable_signs],
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("They read it on their page."),
        error_messages={"required": gettext_lazy("Say why: they offered something.")},
    )
