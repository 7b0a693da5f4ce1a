"""Ideas answer the target, not the leader's plan (4.4), and build on each other (4.5)."""

from __future__ import annotations

import secrets
from typing import override

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from earnest.ideas.models.spaces import Space, Voice
from earnest.initiatives.models import Initiative, Participation

ERASED = "erased"


def draw_lot() -> int:
    """Among ideas of one day that few have answered, this says which comes first."""
    return secrets.randbelow(2**31)


class Idea(models.Model):
    """How somebody would make it work (1.13).

    In a space it is given by a voice there, by a lead (``by``), or brought there by a lead from
    what somebody said elsewhere: then ``voice`` is None. Without names there is no person, no time
    but the day, and the key is drawn by lot. What remains there: ideas of one browser are known to
    be of one browser, and whoever reads the page every hour sees which one is new.
    """

    class PassedOn(models.TextChoices):
        """What its author allows where the plan and what is told of it use the idea: as for quotes
        (privacy.md 4). Of an idea that a lead brought, it is what the space shows too."""

        LEADS_ONLY = "leads", _("for the leads alone")
        UNNAMED = "unnamed", _("without a name")
        NAMED = "named", _("with the name")

    class Origin(models.TextChoices):
        TALK = "talk", _("said in a conversation")
        SPACE = "space", _("written here")
        SESSION = "session", _("given in a working session")
        CHECK_IN = "check_in", _("a line of a check-in")
        PAGE = "page", _("written on a page of one's own")

    class Gone(models.TextChoices):
        """Its words are gone; its place among those that build on it stays."""

        TAKEN_BACK = "back", _("taken back")
        ERASED = "erased", _("erased")

    initiative = models.ForeignKey(Initiative, on_delete=models.CASCADE, related_name="ideas")
    participation = models.ForeignKey(
        Participation, null=True, on_delete=models.CASCADE, related_name="ideas"
    )
    words = models.TextField(_("idea"))
    on = models.DateField()
    origin = models.CharField(max_length=8, choices=Origin, default=Origin.TALK)
    # Given in a space, by a voice there; both None where it was taken from notes.
    space = models.ForeignKey(Space, null=True, on_delete=models.CASCADE, related_name="ideas")
    voice = models.ForeignKey(Voice, null=True, on_delete=models.SET_NULL, related_name="ideas")
    # A lead's own: one idea among others, and marked so.
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    of_lead = models.BooleanField(default=False)  # stays true when the user is gone
    passed_on = models.CharField(max_length=7, choices=PassedOn, default=PassedOn.LEADS_ONLY)
    gone = models.CharField(max_length=6, choices=Gone, blank=True)
    revision = models.PositiveIntegerField(default=1)  # of its words: who supports it is told
    changed_on = models.DateField(null=True)
    tell_after = models.DateTimeField(null=True)  # its supporters wait to be told; with names only
    # The first idea of the tree it grew from; None: it is the first itself.
    root = models.ForeignKey("self", null=True, on_delete=models.SET_NULL, related_name="tree")
    # The idea it stands with as one: whoever gave either is named with it.
    merged_into = models.ForeignKey(
        "self", null=True, on_delete=models.SET_NULL, related_name="merged"
    )
    # Stored counts, and the order they give: what few have answered comes first, then what is new.
    supporters = models.PositiveIntegerField(default=0)
    builders = models.PositiveIntegerField(default=0)
    responses = models.PositiveIntegerField(default=0)  # both
    lot = models.PositiveIntegerField(default=draw_lot)
    # Where it stands in the notes: plain columns, listening lies beside this context.
    conversation_id = models.BigIntegerField(null=True)
    start = models.PositiveIntegerField(null=True)
    end = models.PositiveIntegerField(null=True)

    class Meta:
        ordering = ("-on", "-pk")
        indexes = (
            models.Index(
                F("space"),
                F("responses"),
                F("on").desc(),
                F("lot"),
                condition=Q(gone="", merged_into=None),
                name="ideas_few_answered_first",
            ),
            models.Index(
                F("space"),
                F("on").desc(),
                F("lot"),
                condition=Q(root=None, merged_into=None),
                name="ideas_first_of_tree",
            ),
            models.Index(
                fields=("tell_after",),
                condition=Q(tell_after__isnull=False),
                name="ideas_to_tell",
            ),
        )

    @override
    def __str__(self) -> str:
        return self.words

    @property
    def is_gone(self) -> bool:
        return bool(self.gone)

    @property
    def is_kept_back(self) -> bool:
        """A lead brought it, and its person does not pass it on (any more)."""
        brought = not self.voice_id and not self.of_lead
        return brought and self.passed_on == self.PassedOn.LEADS_ONLY


class BuildsOn(models.Model):
    """This idea grew from that one (4.5): credit goes to both."""

    idea = models.ForeignKey(Idea, on_delete=models.CASCADE, related_name="grew_from")
    of = models.ForeignKey(Idea, on_delete=models.CASCADE, related_name="built_on")

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("idea", "of"), name="builds_on_once"),
            models.CheckConstraint(condition=~Q(idea=F("of")), name="builds_on_another"),
        )

    @override
    def __str__(self) -> str:
        return f"{self.idea_id} on {self.of_id}"


class Merge(models.Model):
    """A lead said that two ideas are the same. Append-only: both stay, with author, day, origin."""

    kept = models.ForeignKey(Idea, on_delete=models.CASCADE, related_name="merges_kept")
    joined = models.ForeignKey(Idea, on_delete=models.CASCADE, related_name="merges_joined")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    at = models.DateTimeField()

    class Meta:
        ordering = ("pk",)
        constraints = (
            models.CheckConstraint(condition=~Q(kept=F("joined")), name="merged_with_another"),
        )

    @override
    def __str__(self) -> str:
        return f"{self.joined_id} with {self.kept_id}"

    @property
    def initiative_id(self) -> int:
        """Where the log places what happens to it."""
        return self.kept.initiative_id


class Parting(models.Model):
    """ "That is not the same": one of the two authors, or a lead, parted them again."""

    merge = models.OneToOneField(Merge, on_delete=models.CASCADE, related_name="parting")
    on = models.DateField()  # without names nothing finer may stand here
    by_author = models.BooleanField(default=False)

    @override
    def __str__(self) -> str:
        return str(self.on)


class Support(models.Model):
    """Somebody is for an idea as it was worded then; theirs to take back, any time.

    Not evidence: being for something costs nothing. No count of it ranks ideas.
    """

    idea = models.ForeignKey(Idea, on_delete=models.CASCADE, related_name="support")
    voice = models.ForeignKey(Voice, on_delete=models.CASCADE, related_name="supports")
    on = models.DateField()
    revision = models.PositiveIntegerField(default=1)  # of the words they are for
    told = models.PositiveIntegerField(default=1)  # the last wording they were told of

    class Meta:
        constraints = (models.UniqueConstraint(fields=("idea", "voice"), name="supported_once"),)

    @override
    def __str__(self) -> str:
        return f"{self.voice_id} for {self.idea_id}"
