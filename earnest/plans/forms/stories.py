"""A story as a lead types it, who may read it, and whose words are chosen for it."""

from __future__ import annotations

from typing import Any, override

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from earnest.core.forms import Sent
from earnest.initiatives.models import Initiative, Stage
from earnest.plans.actions.stories import StoryDraft
from earnest.plans.forms.needs import chosen_of
from earnest.plans.models import Story
from earnest.plans.queries.stories import copied_words, voices_to_choose

AT_END = "end"


class StoryForm(Sent, forms.ModelForm[Story]):
    """What worked, what did not, and what one would do differently. No word of anybody's in it."""

    sent = ("title", "worked", "did_not", "differently")

    class Meta:
        model = Story
        fields = ("title", "worked", "did_not", "differently")
        help_texts = {
            "worked": gettext_lazy("Drafted from the record: shorten it, and say it as you would."),
            "did_not": gettext_lazy("What did not is what others learn most from."),
        }
        error_messages = {"title": {"required": gettext_lazy("Give the story a title.")}}
        widgets = {
            name: forms.Textarea(attrs={"rows": 7}) for name in ("worked", "did_not", "differently")
        }

    def __init__(self, *args: Any, initiative: Initiative, stages: list[Stage], **kw: Any) -> None:
        super().__init__(*args, **kw)
        self.initiative, self.stages = initiative, stages
        self.fields["when"] = forms.ChoiceField(
            label=_("Told when"),
            required=False,
            choices=[
                *((str(one.pk), _("at the stage “%s”") % one.name) for one in stages),
                (AT_END, _("at the end")),
                ("", _("in between")),
            ],
        )
        self.order_fields(("title", "when", "worked", "did_not", "differently"))

    @override
    def clean(self) -> dict[str, Any]:
        """Where somebody's own words were copied, they are asked instead, and stand beside it."""
        data = super().clean() or {}
        for name in self.sent:
            for words in copied_words(self.initiative, [data.get(name) or ""])[:1]:
                said = _(
                    "“%s” is somebody's own word. Say it in yours; below you can choose theirs, "
                    "and ask them for it."
                )
                self.add_error(name, said % words)
        return data

    @property
    def draft(self) -> StoryDraft:
        data = self.cleaned_data
        when = data["when"]
        stage = next((one for one in self.stages if str(one.pk) == when), None)
        return StoryDraft(
            data["title"],
            data["worked"],
            data["did_not"],
            data["differently"],
            stage=stage,
            at_end=when == AT_END,
        )


class ReadersForm(forms.Form):
    """Who may read it: the narrower is proposed."""

    readers = forms.ChoiceField(
        label=gettext_lazy("Who may read it"),
        choices=Story.Readers.choices,
        initial=Story.Readers.LEADING,
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Say who may read it.")},
    )


class VoicesForm(forms.Form):
    """Words for this story, of those that may be passed on."""

    def __init__(self, *args: Any, story: Story, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.there = voices_to_choose(story)
        self.fields["quotes"] = chosen_of(
            story.initiative.quotes.filter(pk__in=[one.pk for one in self.there])
        )
