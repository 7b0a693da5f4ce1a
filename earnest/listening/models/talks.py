"""Talks as they were noted, and what was found in them."""

from __future__ import annotations

from typing import override

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from earnest.initiatives.models import Initiative, Participation
from earnest.initiatives.queries import SHOWN_FROM


class Conversation(models.Model):
    """A conversation held, with its notes as written: everything found points into them."""

    class Form(models.TextChoices):
        ONE_TO_ONE = "one", _("one to one")
        SMALL_GROUP = "group", _("small group")
        WRITTEN = "written", _("in writing")  # by the person's own hand

    class Problem(models.TextChoices):
        YES = "yes", _("yes, this is it")
        PARTLY = "partly", _("partly")
        NO = "no", _("no, it is another")

    class Balance(models.TextChoices):
        ASKED = "asked", _("mostly asked")
        HALF = "half", _("half and half")
        EXPLAINED = "explained", _("mostly explained")

    initiative = models.ForeignKey(
        Initiative, on_delete=models.CASCADE, related_name="conversations"
    )
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    people = models.ManyToManyField(Participation, related_name="conversations", blank=True)
    held_on = models.DateField(_("when it was"))
    form = models.CharField(max_length=7, choices=Form, default=Form.ONE_TO_ONE)
    balance = models.CharField(max_length=10, choices=Balance, blank=True)
    notes = models.TextField(_("notes"), blank=True)
    source = models.CharField(max_length=200, default="pasted")  # pasted, or the file's name
    noted_at = models.DateTimeField()
    # "Is this the problem?" as it was answered (2.5); empty: not asked.
    problem = models.CharField(max_length=6, choices=Problem, blank=True)
    problem_words = models.CharField(_("what it is, in their words"), max_length=300, blank=True)
    looked_back_at = models.DateTimeField(null=True)  # what was found is decided, and told back
    read_at = models.DateTimeField(null=True)  # what they wrote themselves, read by a lead
    notes_erased_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("-held_on", "-pk")
        indexes = (
            models.Index(fields=("notes_erased_at", "noted_at"), name="notes_to_erase"),
            models.Index(fields=("initiative", "held_on"), name="talks_by_day"),
            models.Index(
                fields=("initiative", "noted_at"),
                condition=models.Q(form="written", read_at=None),
                name="written_unread",
            ),
            models.Index(
                fields=("initiative", "noted_at"),
                condition=models.Q(looked_back_at=None),
                name="talks_to_look_back",
            ),
            models.Index(
                fields=("initiative", "held_on"),
                condition=models.Q(balance="explained"),
                name="talks_explained",
            ),
        )

    @override
    def __str__(self) -> str:
        return str(self.held_on)


class FromNotes(models.Model):
    """Something taken from notes: the place it stands at, and the words as they were."""

    conversation = models.ForeignKey(
        Conversation, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    start = models.PositiveIntegerField(null=True)
    end = models.PositiveIntegerField(null=True)

    class Meta:
        abstract = True


class Finding(models.Model):
    """What the rules found in the notes: offered once, to take, change or leave."""

    class Kind(models.TextChoices):
        QUOTE = "quote", _("their words")
        NEED = "need", _("need")
        PROMISE = "promise", _("promise")
        QUESTION = "question", _("question")
        IDEA = "idea", _("idea")
        REFERRAL = "referral", _("who else")
        SEEN = "seen", _("seen")

    class State(models.TextChoices):
        OFFERED = "offered", _("offered")
        TAKEN = "taken", _("taken")
        LEFT = "left", _("left")

    conversation = models.ForeignKey(
        Conversation, on_delete=models.CASCADE, related_name="findings"
    )
    kind = models.CharField(max_length=8, choices=Kind)
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    words = models.TextField()
    speaker = models.CharField(max_length=120, blank=True)
    direction = models.CharField(max_length=6, blank=True)  # promises: ours, theirs
    whom = models.CharField(max_length=120, blank=True)
    due = models.DateField(null=True)
    condition = models.CharField(max_length=200, blank=True)
    standing = models.BooleanField(default=False)
    marked = models.BooleanField(default=False)
    state = models.CharField(max_length=8, choices=State, default=State.OFFERED)
    decided_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("start", "pk")
        indexes = (models.Index(fields=("state", "conversation"), name="finding_waiting"),)

    @override
    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.words}"


class Need(models.Model):
    """What people need, named in their words. Who named it, and in which words, stands below it."""

    initiative = models.ForeignKey(Initiative, on_delete=models.CASCADE, related_name="needs")
    words = models.CharField(_("need"), max_length=200)
    made_at = models.DateTimeField()
    people_count = models.PositiveIntegerField(default=0)  # stored: who named it, or is quoted
    quotes_count = models.PositiveIntegerField(default=0)
    first_named_at = models.DateTimeField(null=True)  # the oldest word under it
    carried_from = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.SET_NULL, related_name="carried_to"
    )  # the need of an earlier initiative, with the yes of whoever named it there
    # When a lead gave it this name, in words that others may read: until then it is called as
    # somebody put it, and that is for the leads alone (privacy.md 4).
    called_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("-made_at", "-pk")
        indexes = (
            models.Index(fields=("initiative", "-people_count", "words"), name="needs_by_people"),
        )

    @override
    def __str__(self) -> str:
        return self.words

    @property
    def is_for_others(self) -> bool:
        """Whether anyone but the leads may read its name: of five people, and in a lead's words."""
        return self.people_count >= SHOWN_FROM and self.called_at is not None


class NeedNamed(FromNotes):
    """Who named a need, and where it stands in the notes."""

    need = models.ForeignKey(Need, on_delete=models.CASCADE, related_name="named")
    participation = models.ForeignKey(
        Participation, null=True, on_delete=models.CASCADE, related_name="needs_named"
    )
    words = models.CharField(max_length=200, blank=True)  # as they put it, whatever it is called
    at = models.DateTimeField()
    may_carry_at = models.DateTimeField(null=True)  # their yes: later initiatives may know it
    brought_at = models.DateTimeField(null=True)  # taken along from an earlier one, with that yes
    carried_from = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.SET_NULL, related_name="carried_to"
    )

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("carried_from", "participation"), name="taken_along_once"
            ),
        )

    @override
    def __str__(self) -> str:
        return self.in_their_words

    @property
    def in_their_words(self) -> str:
        """As they put it: what it is called may be somebody else's word."""
        return self.words or self.need.words


class Quote(FromNotes):
    """Their words, verbatim. For the leads alone until the person chooses (privacy.md 4)."""

    class PassedOn(models.TextChoices):
        LEADS_ONLY = "leads", _("leads only")
        UNNAMED = "unnamed", _("without my name")
        NAMED = "named", _("with my name")

    initiative = models.ForeignKey(Initiative, on_delete=models.CASCADE, related_name="quotes")
    participation = models.ForeignKey(
        Participation, null=True, on_delete=models.CASCADE, related_name="quotes"
    )
    words = models.TextField(_("their words"))
    said_on = models.DateField()
    passed_on = models.CharField(max_length=8, choices=PassedOn, default=PassedOn.LEADS_ONLY)
    needs = models.ManyToManyField(Need, related_name="quotes", blank=True)
    own_hand = models.BooleanField(default=False)  # written by them, not noted by somebody
    corrected_at = models.DateTimeField(null=True)  # "that is not what I meant"
    erased_at = models.DateTimeField(null=True)

    needs_named: list[Need]  # read together with the quote, where a page shows many
    parts_used: list[str]  # parts of the plan built on it, the same

    class Meta:
        ordering = ("-said_on", "-pk")

    @override
    def __str__(self) -> str:
        return self.words


class Question(FromNotes):
    """A question of theirs: an answer is owed."""

    initiative = models.ForeignKey(Initiative, on_delete=models.CASCADE, related_name="questions")
    participation = models.ForeignKey(
        Participation, null=True, on_delete=models.CASCADE, related_name="questions"
    )
    words = models.TextField(_("their question"))
    asked_on = models.DateField()
    answer = models.TextField(_("answer"), blank=True)
    answered_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("asked_on", "pk")
        indexes = (
            models.Index(fields=("initiative", "answered_at", "asked_on"), name="question_owed"),
        )

    @override
    def __str__(self) -> str:
        return self.words


class Referral(FromNotes):
    """Who else to speak with, named by whom; followed until spoken to (2.21)."""

    initiative = models.ForeignKey(Initiative, on_delete=models.CASCADE, related_name="referrals")
    named_by = models.ForeignKey(
        Participation, null=True, on_delete=models.SET_NULL, related_name="referrals_made"
    )
    name = models.CharField(_("who"), max_length=120)
    why = models.CharField(_("why"), max_length=300, blank=True)
    participation = models.ForeignKey(
        Participation, null=True, on_delete=models.SET_NULL, related_name="referred"
    )
    at = models.DateTimeField()
    spoken_at = models.DateTimeField(null=True)
    left_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("at", "pk")
        indexes = (
            models.Index(fields=("initiative", "spoken_at", "left_at", "at"), name="referral_open"),
        )

    @override
    def __str__(self) -> str:
        return self.name


class Seen(FromNotes):
    """A plain fact seen: never a meaning, never evidence; it only proposes a question (3.4)."""

    participation = models.ForeignKey(Participation, on_delete=models.CASCADE, related_name="seen")
    words = models.CharField(_("what was seen"), max_length=300)
    on = models.DateField()

    class Meta:
        ordering = ("-on", "-pk")
        verbose_name_plural = "facts seen"

    @override
    def __str__(self) -> str:
        return self.words
