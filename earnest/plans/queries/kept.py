"""Words for the leads alone, left out where somebody copied them into the plan (privacy.md 4).

Read afresh each time, so what somebody chooses is obeyed at once, also in what is published.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from string import punctuation, whitespace

from earnest.engine.language.repeats import bounded, is_enough
from earnest.initiatives.models import Initiative, Participation
from earnest.listening.gathered import same_words
from earnest.listening.models import Quote

LEFT_OUT = "[…]"
SIGNS = f"{whitespace}{punctuation}…–—·“”„‟‘’‚«»‹›¡¿。，、！？；：「」『』（）؟،؛।"

type Cut = Callable[[str], str]


def kept_words(initiative: Initiative) -> dict[int, str]:
    """Of every quote nobody chose for yet, or whose person chose so."""
    rows = Quote.objects.filter(initiative=initiative, erased_at=None)
    return dict(rows.filter(passed_on=Quote.PassedOn.LEADS_ONLY).values_list("pk", "words"))


def without_kept_words(text: str, kept: Iterable[str]) -> str:
    """The text without these words, wherever they stand in it."""
    for words in kept:
        if is_enough(words.strip(SIGNS)):
            text = re.sub(_anyhow(words), LEFT_OUT, text, flags=re.IGNORECASE)
    return text


def cut_kept(
    initiative: Initiative, texts: Iterable[str], *, you: Participation | None = None
) -> Cut:
    """Takes out of each of these texts what is for the leads alone; ``you`` read your own words.

    One query; looked for in all texts at once, for quotes may be many.
    """
    whole = same_words(" ".join(texts))
    rows = Quote.objects.filter(
        initiative=initiative, erased_at=None, passed_on=Quote.PassedOn.LEADS_ONLY
    )
    if you:
        rows = rows.exclude(participation=you)
    found = [words for words in rows.values_list("words", flat=True) if _bare(words) in whole]

    def cut(text: str) -> str:
        return without_kept_words(text, found)

    return cut


def copied_in(
    texts: Mapping[int, Iterable[str]], *, kept_alone: bool = True
) -> dict[int, list[str]]:
    """By initiative: people's words that stand in these texts of it. One query, however many.

    ``kept_alone``: those for the leads alone; else whoever may read them.
    """
    joined = {pk: " ".join(several) for pk, several in texts.items()}
    wholes = {pk: same_words(text) for pk, text in joined.items()}
    rows = Quote.objects.filter(initiative__in=wholes, erased_at=None)
    if kept_alone:
        rows = rows.filter(passed_on=Quote.PassedOn.LEADS_ONLY)
    found: dict[int, list[str]] = defaultdict(list)
    for pk, words in rows.values_list("initiative_id", "words").iterator(chunk_size=1000):
        if _stands_in(words, joined[pk], wholes[pk]):
            found[pk].append(words)
    return found


def copied_quotes(initiative: Initiative, texts: Iterable[str]) -> list[Quote]:
    """Each quote whose words stand in these texts: its words, whose, and who may read it. One query."""
    joined = " ".join(texts)
    whole = same_words(joined)
    rows = Quote.objects.filter(initiative=initiative, erased_at=None)
    narrow = rows.only("words", "passed_on", "participation_id").order_by()
    return [one for one in narrow.iterator(chunk_size=1000) if _stands_in(one.words, joined, whole)]


def _stands_in(words: str, text: str, whole: str) -> bool:
    """Cheap first: ``whole`` is the text as ``same_words`` has it."""
    if not is_enough(words.strip(SIGNS)) or _bare(words) not in whole:
        return False
    return bool(re.search(_anyhow(words), text, re.IGNORECASE))


def _bare(words: str) -> str:
    """Without the signs around them: who copies a sentence ends it as their own needs it."""
    return same_words(words.strip(SIGNS))


def _parted(words: str) -> tuple[str, str, str]:
    """The signs before, the words, the signs after."""
    bare = words.strip(SIGNS)
    before, _bare_words, after = words.partition(bare) if bare else (words, "", "")
    return before, bare, after


def _anyhow(words: str) -> str:
    """These words, however they are spaced, with the signs around them or without."""
    before, bare, after = _parted(words)
    said = r"\s+".join(re.escape(word) for word in bare.split())
    return bounded(f"(?:{re.escape(before)})?{said}(?:{re.escape(after)})?", bare)
