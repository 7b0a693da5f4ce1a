"""What is typed of a chain: by a lead, and by the person it is about."""

from __future__ import annotations

from datetime import date
from typing import Any, override

from django import forms
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from earnest.core.forms import DayField, Sent
from earnest.initiatives.models import Participation
from earnest.plans.actions.chain import LINK_LENGTH, VALUE_LENGTH, ChainDraft, NotTheirs
from earnest.plans.models import Chain, Part
from earnest.plans.queries.chain import Sources

TYPED = "typed"


class ChainForm(Sent):
    """Value, link, whose reason: what they value is chosen from their words, or written."""

    source = forms.ChoiceField(
        label=gettext_lazy("What they value"),
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose their words, or write what they value.")},
    )
    value = forms.CharField(
        label=gettext_lazy("In other words"),
        required=False,
        max_length=VALUE_LENGTH,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext_lazy("As you understood it. They can put it right."),
    )
    link = forms.CharField(
        label=gettext_lazy("How this serves it"),
        max_length=LINK_LENGTH,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": gettext_lazy("How does this serve what they value?")},
    )
    part = forms.ModelChoiceField(
        label=gettext_lazy("By which part of the plan"),
        queryset=Part.objects.none(),
        required=False,
        empty_label=gettext_lazy("none in particular"),
    )
    serves = forms.ChoiceField(
        label=gettext_lazy("Which of their goals or measures it serves"), required=False
    )
    whose = forms.ChoiceField(
        label=gettext_lazy("Whose reason is it?"),
        choices=Chain.Whose,
        initial=Chain.Whose.OURS,
        widget=forms.RadioSelect,
        help_text=gettext_lazy("It is theirs only by their own words, or by their tap."),
        error_messages={"required": gettext_lazy("Whose reason is it? Choose one.")},
    )
    sent = ("value", "link")
    one_of = ("source", "value")

    def __init__(
        self,
        data: Any = None,
        *,
        participation: Participation,
        sources: Sources,
        chain: Chain | None = None,
    ) -> None:
        before = _as_it_is(chain, sources) if chain else _new(sources)
        super().__init__(_written(data), initial=before)
        self.speaks = participation.person.speaks
        self.quotes = {f"quote-{one.pk}": one for one in sources.quotes}
        self.said = {f"need-{n}": one for n, one in enumerate(sources.needs)}
        self.said |= {f"work-{n}": one for n, one in enumerate(sources.work)}
        _choices(self, "source", [*self._their_words(), (TYPED, _("In other words, below"))])
        _choices(self, "serves", [("", _("none of them")), *((one, one) for one in sources.work)])
        part = self.fields["part"]
        if isinstance(part, forms.ModelChoiceField):
            part.queryset = participation.initiative.parts.filter(dropped_at=None)
        name = participation.person.first_name
        self.fields["source"].label = _("What %(name)s values") % {"name": name}
        if not sources.work:
            del self.fields["serves"]
        if not sources.parts:
            del self.fields["part"]

    def _their_words(self) -> list[tuple[str, str]]:
        quotes = [
            (key, f"“{one.words}” ({date_format(one.said_on, 'j M')})")
            for key, one in self.quotes.items()
        ]
        begins = {"need": _("A need: %s"), "work": _("They work for: %s")}
        others = [(key, begins[key.split("-")[0]] % one) for key, one in self.said.items()]
        return [*quotes, *others]

    @override
    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        source, typed = data.get("source"), (data.get("value") or "").strip()
        if source == TYPED and not typed and "value" not in self.errors:
            self.add_error("value", _("What do they value, in a line they would agree with?"))
        if source and source != TYPED and typed:
            self.add_error("value", _("You chose words of theirs and wrote others. Keep one."))
        if data.get("whose") == Chain.Whose.THEIRS and source not in self.quotes:
            self.add_error("whose", NotTheirs().sentence)
        return data

    @property
    def draft(self) -> ChainDraft:
        """As written, once valid."""
        data = self.cleaned_data
        quote = self.quotes.get(data["source"])
        value = quote.words if quote else self.said.get(data["source"], data["value"].strip())
        return ChainDraft(
            value=value,
            link=data["link"].replace("\r\n", "\n").strip(),
            whose=data["whose"],
            quote=quote,
            part=data.get("part"),
            serves=data.get("serves") or "",
        )


def _choices(form: forms.Form, name: str, choices: list[tuple[str, Any]]) -> None:
    field = form.fields[name]
    if isinstance(field, forms.ChoiceField):
        field.choices = choices


def _written(data: Any) -> Any:
    """Who writes what they value has chosen to write it, without a tap on the line above."""
    if not data or data.get("source") or not (data.get("value") or "").strip():
        return data
    return {**data.dict(), "source": TYPED}


def _new(sources: Sources) -> dict[str, Any]:
    """Where there is nothing of theirs to choose from, what they value is written."""
    nothing = not (sources.quotes or sources.needs or sources.work)
    return {"source": TYPED} if nothing else {}


def _as_it_is(chain: Chain, sources: Sources) -> dict[str, Any]:
    chosen = {one.pk: f"quote-{one.pk}" for one in sources.quotes}.get(chain.quote_id or 0, TYPED)
    return {
        "source": chosen,
        "value": chain.value if chosen == TYPED else "",
        "link": chain.link,
        "part": chain.part_id,
        "serves": chain.serves,
        "whose": chain.whose,
    }


class SaidForm(forms.Form):
    """On which day it was said in a talk."""

    on = DayField(
        label=gettext_lazy("Said in a talk on"),
        error_messages={"required": gettext_lazy("On which day did you tell them?")},
    )

    def __init__(self, data: Any = None, *, today: date) -> None:
        super().__init__(data, initial={"on": today})
        self.today = today

    def clean_on(self) -> date:
        on: date = self.cleaned_data["on"]
        if on > self.today:
            raise forms.ValidationError(_("That day is still to come."))
        return on


class NotQuiteForm(forms.Form):
    """Their own words in place of ours."""

    value = forms.CharField(
        label=gettext_lazy("What I value"),
        max_length=VALUE_LENGTH,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": gettext_lazy("What do you value? A few words are enough.")},
    )
    link = forms.CharField(
        label=gettext_lazy("How this serves it, or does not"),
        max_length=LINK_LENGTH,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": gettext_lazy("How does this serve it? “It does not” is one.")},
    )

    def __init__(self, data: Any = None, *, chain: Chain) -> None:
        super().__init__(data, initial={"value": chain.value, "link": chain.link})

    @property
    def words(self) -> tuple[str, str]:
        data = self.cleaned_data
        return data["value"].strip(), data["link"].replace("\r\n", "\n").strip()


class ChainAnswerForm(forms.Form):
    """An answer in words."""

    answer = forms.CharField(
        label=gettext_lazy("What you say to it"),
        max_length=LINK_LENGTH,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": gettext_lazy("Write a word or two first.")},
    )

    def clean_answer(self) -> str:
        answer: str = self.cleaned_data["answer"]
        return answer.replace("\r\n", "\n").strip()
