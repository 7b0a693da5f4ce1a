"""The first ten minutes, and what one takes from notes."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, override

from django import forms
from django.utils.translation import gettext_lazy as _

from earnest.accounts.models import Workspace
from earnest.core.forms import DayField, Sent
from earnest.engine.language import sensitive_topics
from earnest.initiatives.models import AskedToStop, Initiative
from earnest.listening import queries as listening
from earnest.listening.documents import MOST_CHARACTERS
from earnest.listening.forms import DatedNotesForm
from earnest.listening.models import Conversation, Finding
from earnest.pages.actions import Decision, OwnPromise
from earnest.people.actions import Named
from earnest.people.forms import NamesField

DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class FirstForm(DatedNotesForm):
    """Notes of a conversation one already had, and one sentence: the target."""

    target = forms.CharField(
        label=_("In one sentence: what should be happening?"),
        max_length=300,
        error_messages={"required": _("One sentence is enough: what should be happening?")},
    )
    field_order = ("notes", "file", "held_on", "target")

    def __init__(self, *args: Any, workspaces: Iterable[Workspace], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["held_on"].required = False  # today, when left out
        choices = {workspace.pk: workspace for workspace in workspaces}
        self.workspaces = choices
        if len(choices) > 1:
            self.fields["workspace"] = forms.TypedChoiceField(
                label=_("In which workspace?"),
                coerce=int,
                choices=[(pk, one.name) for pk, one in choices.items()],
            )

    @property
    def workspace(self) -> Workspace:
        """The one chosen, or the only one."""
        chosen = self.cleaned_data.get("workspace")
        return self.workspaces[chosen] if chosen else next(iter(self.workspaces.values()))


class CaptureForm(forms.Form):
    """A few lines, from anywhere, with one hand: what was heard, from whom, on what."""

    notes = forms.CharField(
        label=_("What did you hear?"),
        strip=False,
        max_length=MOST_CHARACTERS,
        widget=forms.Textarea(attrs={"rows": 7, "autofocus": True}),
        error_messages={"required": _("A line is enough.")},
    )
    who = NamesField(
        label=_("From whom?"),
        required=False,
        help_text=_("One name a line. It can follow later."),
        widget=forms.Textarea(attrs={"rows": 1, "autocomplete": "off"}),
    )
    held_on = DayField(label=_("When?"), error_messages={"required": _("Which day was it?")})
    on = forms.ChoiceField(label=_("On which initiative?"))

    def __init__(self, *args: Any, led: Iterable[Initiative], today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.led, self.today = {str(one.pk): one for one in led}, today
        self.fields["held_on"].initial = today
        self.fields["on"].choices = [(pk, one.title) for pk, one in self.led.items()]  # type: ignore[attr-defined]
        if len(self.led) == 1:
            self.fields["on"].widget = forms.HiddenInput()
            self.initial["on"] = next(iter(self.led))

    @property
    def initiative(self) -> Initiative:
        return self.led[self.cleaned_data["on"]]

    def clean_notes(self) -> str:
        return str(self.cleaned_data["notes"]).replace("\r\n", "\n").replace("\x00", "")

    def clean_held_on(self) -> date:
        held_on: date = self.cleaned_data["held_on"]
        if held_on > self.today:
            raise forms.ValidationError(_("That day is still to come."))
        return held_on


class WhoForm(forms.Form):
    """Who was there, and who else was named."""

    who = NamesField(
        label=_("Who was there?"),
        required=False,
        help_text=_("One name a line; an e-mail address can follow, or come later."),
    )

    def named(self) -> list[Named]:
        found: list[Named] = self.cleaned_data["who"]
        return found


class FindingForm(forms.Form):
    """One thing found: take it, change it, or leave it."""

    take = forms.ChoiceField(
        label=_("What to do with it"),
        choices=[("take", _("take")), ("leave", _("leave"))],
        initial="take",
        widget=forms.RadioSelect,
    )
    words = forms.CharField(
        label=_("Words"), required=False, max_length=4000, widget=forms.Textarea(attrs={"rows": 1})
    )
    who = forms.CharField(label=_("Whose"), required=False, max_length=120)

    def __init__(self, data: Any = None, *, finding: Finding, today: date, only: str = "") -> None:
        super().__init__(data, prefix=f"f{finding.pk}")
        self.finding, self.today, self.day_proposed = finding, today, False
        self.fields["words"].initial = finding.words
        self.fields["who"].initial = finding.speaker
        self.fields["who"].label = LABELS[Finding.Kind(finding.kind)]
        if finding.kind == Finding.Kind.PROMISE:
            self._promise_fields(finding)
        if finding.kind == Finding.Kind.REFERRAL:
            self.fields["name"] = forms.CharField(
                label=_("Who else"), max_length=120, required=False, initial=finding.whom
            )
        self.fields["who"].initial = self.fields["who"].initial or only
        if only and finding.direction == "ours":
            self.fields["words"].initial = to_them(finding.words)

    def _promise_fields(self, finding: Finding) -> None:
        ours = finding.direction == "ours"
        self.fields["who"].initial = finding.whom if ours else finding.speaker
        self.fields["words"].max_length = 280  # type: ignore[attr-defined]
        self.fields["direction"] = forms.ChoiceField(
            label=_("Who promised?"),
            choices=[("ours", _("I promised")), ("theirs", _("they promised"))],
            initial=finding.direction,
        )
        self.fields["due"] = DayField(
            label=_("By when"), required=False, widget=DAY, initial=self._day(finding)
        )
        self.fields["condition"] = forms.CharField(
            label=_("Or when what happens"),
            required=False,
            max_length=200,
            initial=finding.condition,
        )

    def _day(self, finding: Finding) -> date | None:
        """The day said; a week, where none was said: a promise without a day is soon forgotten."""
        if finding.due or finding.condition or finding.standing:
            return finding.due
        self.day_proposed = True
        return self.today + timedelta(days=7)

    @property
    def shown(self) -> list[forms.BoundField]:
        """Every field but the choice and the words, which have places of their own."""
        return [self[name] for name in self.fields if name not in {"take", "words"}]

    @property
    def place(self) -> str:
        """Where it stands: the words of the notes themselves."""
        notes = self.finding.conversation.notes
        return notes[self.finding.start : self.finding.end]

    @property
    def sensitive(self) -> tuple[str, ...]:
        """Matters of health, belief, union or family that it touches (privacy.md 3)."""
        return sensitive_topics(self.finding.words, listening.word_list())

    @property
    def taken(self) -> bool:
        return bool(self.cleaned_data.get("take") == "take")

    @override
    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("take") == "take":
            if not (data.get("words") or "").strip():
                self.add_error("words", _("The words are missing. Leave it, if it is nothing."))
            if self.finding.kind == Finding.Kind.REFERRAL and not data.get("name"):
                self.add_error("name", _("Who else? A name is enough."))
            if data.get("due") and data.get("condition"):
                self.add_error("condition", _("Either a date or a condition."))
        return data

    def decision(self) -> Decision:
        """What was decided about this finding, once valid."""
        data = self.cleaned_data
        return Decision(
            finding=self.finding,
            take=self.taken,
            words=(data.get("words") or "").strip(),
            who=(data.get("who") or "").strip(),
            direction=data.get("direction", ""),
            due=data.get("due"),
            condition=data.get("condition", ""),
            name=data.get("name", ""),
        )


# "Her" before these is who gets it; before anything else it may be whose it is.
_THEM = re.compile(
    r"\b(?:him|her(?=[.,;]|$|\s+(?:the|a|an|my|our|this|that|these|by|on|in|until|what|when|how)\b))",
    re.IGNORECASE,
)


def to_them(words: str) -> str:
    """A promise as one says it to the one it was made to: “send him” is “send you”.

    Proposed in a talk of two, beside the words of the notes; whoever reads it may change it.
    """
    return _THEM.sub("you", words)


SOMEBODYS = {Finding.Kind.QUOTE, Finding.Kind.QUESTION, Finding.Kind.SEEN}
LABELS = {
    Finding.Kind.PROMISE: _("With whom"),
    Finding.Kind.QUOTE: _("Who said it"),
    Finding.Kind.NEED: _("Whose need"),
    Finding.Kind.QUESTION: _("Who asked"),
    Finding.Kind.IDEA: _("Whose idea"),
    Finding.Kind.REFERRAL: _("Named by"),
    Finding.Kind.SEEN: _("About whom"),
}


class OwnPromiseForm(forms.Form):
    """A promise the rules did not find."""

    words = forms.CharField(label=_("What you promised"), required=False, max_length=280)
    one_of = ("words", "who", "due")
    who = forms.CharField(label=_("To whom"), required=False, max_length=120)
    due = DayField(label=_("By when"), required=False, widget=DAY)

    @override
    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("words") and not data.get("who"):
            self.add_error("who", _("To whom did you promise it?"))
        return data


@dataclass
class Review:
    """The whole page: who was there, each finding, and one more promise by hand."""

    conversation: Conversation
    who: WhoForm
    findings: list[FindingForm]
    own: OwnPromiseForm

    @classmethod
    def of(
        cls,
        conversation: Conversation,
        findings: list[Finding],
        *,
        today: date,
        data: Any = None,
    ) -> Review:
        names = listening.names_in(conversation, findings)
        only = listening.name_of_the_only_one(conversation)
        return cls(
            conversation,
            WhoForm(data, prefix="who", initial={"who": "\n".join(names)}),
            [FindingForm(data, finding=finding, today=today, only=only) for finding in findings],
            OwnPromiseForm(data, prefix="own", initial={"who": only}),
        )

    def is_valid(self) -> bool:
        """True when every part is, and every name given means exactly one person."""
        forms_ = [self.who, *self.findings, self.own]
        wrong = [form for form in forms_ if not form.is_valid()]  # each shows its own errors
        return not wrong and self._names_fine()

    def decisions(self) -> list[Decision]:
        """What was decided, once valid."""
        return [form.decision() for form in self.findings]

    def own_promise(self) -> OwnPromise | None:
        """The promise written beside what was found, if there is one."""
        data = self.own.cleaned_data
        if not data.get("words"):
            return None
        return OwnPromise(data["words"], data["who"], data["due"])

    def _names_fine(self) -> bool:
        given = {one.name.casefold(): one for one in self.who.named()}
        asked = [form for form in self.findings if form.taken] + [self.own]
        names = {str(form.cleaned_data.get("who") or "").strip() for form in asked} - {""}
        known = listening.people_named(self.conversation.initiative_id, names)
        there = self.conversation.people.count() + len(given)
        fine = True
        for form in asked:
            problem = self._problem(form, given.keys(), known, there)
            if problem:
                form.add_error("who", problem)
                fine = False
        return fine

    def _nobody(self, form: forms.Form) -> str:
        """Why a line that is nobody's cannot be taken: it would stand on nobody's page."""
        if "direction" in form.cleaned_data:
            return str(_("With whom? Write a name."))
        if isinstance(form, FindingForm) and form.finding.kind in SOMEBODYS:
            return str(_("Whose is it? In a group a line without a name counts for nobody."))
        return ""

    def _problem(
        self, form: forms.Form, given: Iterable[str], known: dict[str, Any], there: int
    ) -> str:
        name = str(form.cleaned_data.get("who") or "").strip().casefold()
        if not name:
            return self._nobody(form) if there != 1 else ""
        matches = {one for one in given if one == name or one.split(" ")[0] == name}
        if known.get(name) and known[name].asked_to_stop:
            return AskedToStop(known[name]).sentence
        if len(matches) == 1 or known.get(name):
            return ""
        if len(matches) > 1 or name in known:
            return str(_("More than one person is called that. Write the whole name."))
        return str(_("Nobody of this name is on it yet. Add them under “Who was there?”."))


class ReasonForm(forms.Form):
    """Why they said no, in their words."""

    reason = forms.CharField(
        label=_("Their reason, in their words"),
        max_length=300,
        error_messages={"required": _("A no without its reason says little. What did they say?")},
    )


class WordsForm(forms.Form):
    """Other words for what was taken from a talk."""

    words = forms.CharField(
        label=_("Words"),
        max_length=280,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": _("In which words? A line is enough.")},
    )


class LineForm(Sent):
    """A line of the lead's own, with what was heard; nothing else can be added to it."""

    sent = ("words",)

    words = forms.CharField(
        label=_("A line of your own"),
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"max_length": _("One line is enough: 500 characters at most.")},
    )
    seen = forms.BooleanField(required=False, widget=forms.HiddenInput)  # the warning was read

    def __init__(self, data: Any = None, *, of: int) -> None:
        super().__init__(data, auto_id=f"line-{of}-%s")
        self.sensitive: tuple[str, ...] = ()

    @override
    def clean(self) -> dict[str, Any]:
        """What touches health, belief, union or family is said once more before it leaves."""
        data = super().clean() or {}
        topics = sensitive_topics(data.get("words") or "", listening.word_list())
        if topics and not data.get("seen"):
            self.sensitive = topics
            self.data = {**dict(self.data.items()), "seen": "on"}
            words = _("This touches %(topics)s. Send it only if they want it written.")
            self.add_error("words", words % {"topics": ", ".join(topics)})
        return data
