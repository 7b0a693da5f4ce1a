"""What was heard in one talk, for each who was there with only what is theirs (2.15, 2.21, 3.4)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import QuerySet

from earnest.engine.language import sensitive_topics
from earnest.ideas.models import Idea
from earnest.initiatives.models import Participation
from earnest.listening import queries as listening
from earnest.listening.models import (
    Conversation,
    NeedNamed,
    Question,
    Quote,
    Recap,
    Referral,
    Seen,
)
from earnest.promises.models import Promise


@dataclass(slots=True)
class Heard:
    """What one person said, asked and agreed in a talk, and how it was told back."""

    participation: Participation
    quotes: list[Quote] = field(default_factory=list)
    needs: list[NeedNamed] = field(default_factory=list)
    promises: list[Promise] = field(default_factory=list)
    questions: list[Question] = field(default_factory=list)
    ideas: list[Idea] = field(default_factory=list)
    referrals: list[Referral] = field(default_factory=list)
    seen: list[Seen] = field(default_factory=list)
    recap: Recap | None = None
    unsent: Recap | None = None  # told, but its mail never left

    @property
    def mail(self) -> int | None:
        """The mail it was, or would have been, told by."""
        last = self.recap or self.unsent
        return last.message_id if last else None

    @property
    def ours(self) -> list[Promise]:
        return [one for one in self.promises if one.direction == Promise.Direction.OURS]

    @property
    def theirs(self) -> list[Promise]:
        return [one for one in self.promises if one.direction == Promise.Direction.THEIRS]

    @property
    def nothing(self) -> bool:
        """Nothing was taken from the notes that is theirs: one may still say thank you."""
        return not any(
            (
                self.quotes,
                self.needs,
                self.promises,
                self.questions,
                self.ideas,
                self.referrals,
                self.seen,
            )
        )

    @property
    def sensitive(self) -> list[str]:
        """Matters of health, belief, union or family in what would be written to them."""
        said: list[Any] = [*self.quotes, *self.promises, *self.questions, *self.ideas, *self.seen]
        words = [*(one.words for one in said), *(one.in_their_words for one in self.needs)]
        words += [one.why for one in self.referrals]
        found = (sensitive_topics(one, listening.word_list()) for one in words)
        return list(dict.fromkeys(topic for topics in found for topic in topics))


def heard_in(conversation: Conversation, people: Iterable[Participation]) -> list[Heard]:
    """For each of them what is theirs of this talk; eight queries, however many they are."""
    heard = {one.pk: Heard(one) for one in people}
    here = {"conversation": conversation, "participation__in": list(heard)}
    quotes = Quote.objects.filter(**here, erased_at=None).order_by("start", "pk")
    _hand_out(heard, "quotes", quotes)
    needs = NeedNamed.objects.filter(**here).select_related("need").order_by("start", "pk")
    _hand_out(heard, "needs", needs)
    promises = Promise.objects.filter(**here).select_related("by")
    _hand_out(heard, "promises", promises)
    _hand_out(heard, "questions", Question.objects.filter(**here))
    _hand_out(heard, "seen", Seen.objects.filter(**here))
    ideas = Idea.objects.filter(conversation_id=conversation.pk, participation__in=list(heard))
    _hand_out(heard, "ideas", ideas)
    referrals = Referral.objects.filter(conversation=conversation, named_by__in=list(heard))
    _hand_out(heard, "referrals", referrals, whose="named_by_id")
    recaps = conversation.recaps.filter(participation__in=list(heard))
    for recap in listening.with_their_mail(recaps):
        one = heard[recap.participation_id]
        one.recap, one.unsent = (None, recap) if recap.never_left else (recap, None)
    return list(heard.values())


def heard_by(conversation: Conversation, participation: Participation) -> Heard:
    """The same for one of them."""
    return heard_in(conversation, [participation])[0]


def _hand_out(
    heard: dict[int, Heard],
    sort: str,
    rows: QuerySet[Any, Any],
    *,
    whose: str = "participation_id",
) -> None:
    found: dict[int, list[Any]] = defaultdict(list)
    for row in rows:
        found[getattr(row, whose)].append(row)
    for pk, theirs in found.items():
        setattr(heard[pk], sort, theirs)


def still_to_tell(heard: Sequence[Heard]) -> list[Heard]:
    """Those who were there, may be written to, and were not told yet."""
    return [one for one in heard if not one.recap and not one.participation.asked_to_stop]
