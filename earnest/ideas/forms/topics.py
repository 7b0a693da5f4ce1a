"""What is typed about an open question: by who leads it, by who answers, by peers."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from earnest.core.forms import Sent
from earnest.core.paging import read_number
from earnest.ideas.actions.answers import Said
from earnest.ideas.actions.tips import TipDraft
from earnest.ideas.actions.topics import TopicDraft
from earnest.ideas.models import AnswerGroup, Passing, Topic
from earnest.ideas.models.topics import TIP, WORDS

REQUIRED = {"required": _("Write a word or two first.")}

# Questions that find what people want and need (1.3); one can start from each and change it.
PROMPTS = (
    _("What would make your work easier, if you could change one thing?"),
    _("What have you been wanting for a long time, and nobody asked?"),
    _("What takes more of your time than it is worth?"),
    _("What must stay as it is, because it works?"),
    _("How would you make it work?"),
    _("What would have to be true for you to call this a success?"),
    _("What do people from outside always get wrong about our work?"),
    _("What have we known for years and never done?"),
)
TIP_PROMPTS = (
    _("What is your one favourite tip for getting people to really be in?"),
    _("What is your one favourite tip for a first talk about a change?"),
    _("What is your one favourite tip for a team that is tired of changes?"),
)


class TopicForm(Sent):
    """An open question, its sort, and whether names stand beside the answers."""

    sent = ("question",)

    question = forms.CharField(
        label=_("Your question"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Open: one that cannot be answered with yes or no."),
        error_messages={"required": _("Write the question first.")},
    )
    kind = forms.ChoiceField(
        label=_("What you ask for"),
        choices=Topic.Kind.choices,
        initial=Topic.Kind.ANSWERS,
        widget=forms.RadioSelect,
    )
    names = forms.TypedChoiceField(
        label=_("With names or without"),
        choices=(
            ("yes", _("With names: each chooses who may read their words")),
            ("no", _("Without names: nobody knows who wrote what, you neither")),
        ),
        coerce=lambda value: value == "yes",
        initial="yes",
        widget=forms.RadioSelect,
        help_text=_(
            "It stays as you choose now. Without names, words are seen once five people wrote. "
            "Tips always have names."
        ),
    )

    @property
    def draft(self) -> TopicDraft:
        data = self.cleaned_data
        return TopicDraft(" ".join(data["question"].split()), data["kind"], data["names"])


class PeerTopicForm(Sent):
    """A question to the members of a workspace: one favourite tip each."""

    sent = ("question",)

    question = forms.CharField(
        label=_("Your question"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": _("Write the question first.")},
    )

    def clean_question(self) -> str:
        return " ".join(str(self.cleaned_data["question"]).split())


class AskForm(Sent):
    """A line of one's own above the question, as it is mailed."""

    sent = ("words",)

    words = forms.CharField(
        label=_("A line of yours above it"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Say what you will do with the answers."),
    )


class AnswerForm(forms.Form):
    """Their answer, and who may read it. Nobody is asked to choose: leads alone, if nothing is."""

    words = forms.CharField(
        label=_("Your answer"),
        max_length=WORDS,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={**REQUIRED, "max_length": _("That is more than 2,000 characters.")},
    )

    def __init__(self, *args: Any, names: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["passing"] = forms.ChoiceField(
            label=_("Who may read it"),
            choices=passing_choices(names=names),
            initial=Passing.UNNAMED,
            widget=forms.RadioSelect,
        )

    @property
    def said(self) -> Said:
        return Said(_plain(self.cleaned_data["words"]), self.cleaned_data["passing"])


def passing_choices(*, names: bool) -> list[tuple[str, Any]]:
    """Without names there is no name to pass on, and five of a mind stand together."""
    if names:
        return list(Passing.choices)
    return [
        (Passing.UNNAMED, _("everyone who answers, once five say much the same")),
        (Passing.LEADS, _("those who lead this alone")),
    ]


class WordsForm(forms.Form):
    """Other words in the place of one's own; or a reply. ``about`` is the row they stand under."""

    words = forms.CharField(
        label=_("Your words"),
        max_length=WORDS,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={**REQUIRED, "max_length": _("That is more than 2,000 characters.")},
    )

    def __init__(self, data: Any = None, *, about: int | None = None) -> None:
        super().__init__(data, auto_id=f"words-{about}-%s" if about else "id_%s")
        self.about = about

    def clean_words(self) -> str:
        return _plain(self.cleaned_data["words"])


class TipForm(forms.Form):
    """One favourite tip; it can be changed, and there is only one."""

    words = forms.CharField(
        label=_("Your one favourite tip"),
        max_length=TIP,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={**REQUIRED, "max_length": _("That is more than 600 characters.")},
    )
    named = forms.BooleanField(label=_("with my name"), required=False)
    in_playbook = forms.BooleanField(
        label=_("it may stand in the playbook of our organisation"), required=False
    )

    @property
    def draft(self) -> TipDraft:
        data = self.cleaned_data
        return TipDraft(_plain(data["words"]), data["named"], data["in_playbook"])


class GroupNameForm(Sent):
    """What they say, in a few words of people's."""

    sent = ("name",)

    name = forms.CharField(
        label=_("What they say, in a few words"),
        max_length=120,
        error_messages={"required": _("Give it a name of a few words.")},
    )

    def clean_name(self) -> str:
        return " ".join(str(self.cleaned_data["name"]).split())


class PartForm(GroupNameForm):
    """Answers marked on the page of their group, and what these say."""

    def __init__(self, data: Any = None, *, topic: Topic, group: AnswerGroup | None) -> None:
        super().__init__(data, auto_id="part-%s")
        given = data.getlist("answers") if data else []
        marked = [n for one in given if (n := read_number(one)) is not None]
        rows = topic.answers.filter(group=group, pk__in=marked) if marked else topic.answers.none()
        self.marked = list(rows.values_list("pk", flat=True))

    def clean_name(self) -> str:
        if not self.marked:
            raise forms.ValidationError(_("Mark the answers first, above."))
        return super().clean_name()


class PlaceForm(forms.Form):
    """Which group an answer belongs to, or that it stands on its own."""

    def __init__(self, *args: Any, topic: Topic, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["group"] = forms.ModelChoiceField(
            label=_("Belongs to"),
            queryset=topic.groups.all(),
            required=False,
            empty_label=_("on its own"),
        )


def _plain(words: str) -> str:
    """As typed, without what only a browser adds."""
    return words.replace("\r\n", "\n").strip()
