"""A card as a lead types it, who may read it, whose words are chosen for it; and asking for it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, override

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from earnest.accounts.models import User
from earnest.core.forms import DayField, Sent, readable_signs
from earnest.listening.models import Quote
from earnest.people.models import Team
from earnest.pilots.actions.cards import CardDraft
from earnest.pilots.actions.spreading import Answer, Wish
from earnest.pilots.models import EvidenceCard, PilotWord, SpreadRequest
from earnest.pilots.queries.cards import quotes_to_choose, words_to_choose
from earnest.plans.forms.own_words import OwnWords, refuse_copied

MOST_VERSIONS = 1_000_000


class CardForm(Sent, forms.ModelForm[EvidenceCard]):
    """What was tried, how it went, what it cost, what to look out for. No word of anybody's in it."""

    sent = ("title", "tried", "told", "cost", "look_out")

    class Meta:
        model = EvidenceCard
        fields = ("title", "tried", "told", "cost", "look_out")
        help_texts = {
            "tried": gettext_lazy(
                "Drafted from the record: say it so that another part can do it."
            ),
            "told": gettext_lazy(
                "The measures stand beside it by themselves. What did not work, too."
            ),
            "cost": gettext_lazy("Hours, money, what had to wait meanwhile."),
            "look_out": gettext_lazy("What you would tell whoever begins next."),
        }
        error_messages = {"title": {"required": gettext_lazy("Give the card a title.")}}
        widgets = {
            name: forms.Textarea(attrs={"rows": 4})
            for name in ("tried", "told", "cost", "look_out")
        }

    def __init__(self, *args: Any, leads: list[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.leads = leads
        self.fields["title"].validators.append(readable_signs)
        whom = self.instance.whom_id if self.instance.pk else None
        self.fields["whom"] = forms.ChoiceField(
            label=_("Whom to ask"),
            required=False,
            choices=[("", _("those who lead it")), *((str(one.pk), one.name) for one in leads)],
            initial=str(whom or ""),
        )

    @override
    def clean(self) -> dict[str, Any]:
        """Where somebody's own words were copied, they are asked instead, and stand beside it."""
        given = super().clean() or {}
        said = _(
            "“%s” is somebody's own word. Say it in yours; on the card you can choose "
            "theirs, and ask them for it."
        )
        refuse_copied(self, self.instance.initiative, self.sent, said)
        return given

    @property
    def draft(self) -> CardDraft:
        given = self.cleaned_data
        whom = next((one for one in self.leads if str(one.pk) == given["whom"]), None)
        return CardDraft(**{name: given[name] for name in self.sent}, whom=whom)


class ReadersForm(forms.Form):
    """Who may read it: the narrower is proposed."""

    readers = forms.ChoiceField(
        label=gettext_lazy("Who may read it"),
        choices=EvidenceCard.Readers.choices,
        initial=EvidenceCard.Readers.INITIATIVE,
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Say who may read it.")},
    )


class VoicesForm(forms.Form):
    """Words for this card, of those that may be passed on: from talks, and about the pilot."""

    def __init__(self, *args: Any, card: EvidenceCard, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        quotes = [one.pk for one in quotes_to_choose(card)]
        words = [one.pk for one in words_to_choose(card)]
        self.fields["quotes"] = forms.ModelMultipleChoiceField(
            Quote.objects.filter(pk__in=quotes), required=False
        )
        self.fields["words"] = forms.ModelMultipleChoiceField(
            PilotWord.objects.filter(pk__in=words).select_related("input"), required=False
        )

    @property
    def is_empty(self) -> bool:
        return not self.cleaned_data["quotes"] and not self.cleaned_data["words"]


class AskForm(Sent, forms.ModelForm[SpreadRequest]):
    """For which part, why, from when: asked for by whoever wants it."""

    sent = ("why",)

    # The number of the version they have before them; another may be published meanwhile.
    seen = forms.IntegerField(
        required=False, min_value=1, max_value=MOST_VERSIONS, widget=forms.HiddenInput
    )

    class Meta:
        model = SpreadRequest
        fields = ("part", "why", "wanted_from")
        field_classes = {"wanted_from": DayField}
        help_texts = {"wanted_from": gettext_lazy("Empty: whenever it suits.")}
        error_messages = {
            "part": {"required": gettext_lazy("Say for which part it is.")},
            "why": {"required": gettext_lazy("Say in a line why.")},
        }

    def __init__(self, *args: Any, teams: Iterable[Team], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.teams = {one.name: one for one in teams}
        if self.teams:
            self.fields["part"].widget = forms.TextInput(attrs={"list": "parts"})
        self.fields["part"].help_text = _("Your team, your floor, your site: as you call it.")
        for name in ("part", "why"):
            self.fields[name].validators.append(readable_signs)
        self.fields["why"].help_text = _("Read by those who lead it.")

    @property
    def wish(self) -> Wish:
        given = self.cleaned_data
        named = given["part"].strip()
        team = next((t for n, t in self.teams.items() if n.casefold() == named.casefold()), None)
        return Wish(named, given["why"], team, given["wanted_from"])


class AnswerForm(OwnWords):
    """What becomes of it: let us talk, or not now and why. Beginning there is a page of its own."""

    sent = ("words",)

    state = forms.ChoiceField(
        label=gettext_lazy("What becomes of it"),
        choices=[
            (SpreadRequest.State.TALK, gettext_lazy("Let us talk about it")),
            (SpreadRequest.State.NOT_NOW, gettext_lazy("Not now, and here is why")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Say what becomes of it.")},
    )
    words = forms.CharField(
        label=gettext_lazy("What you tell them"),
        max_length=600,
        validators=[readable_signs],
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    @override
    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("state") == SpreadRequest.State.NOT_NOW and not given.get("words"):
            self.add_error("words", _("Say why not now: whoever asked is owed a reason."))
        return given

    @property
    def answer(self) -> Answer:
        return Answer(self.cleaned_data["state"], self.cleaned_data["words"])
