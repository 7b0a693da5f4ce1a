"""How well the rules find promises, beside a TF-IDF + logistic regression peer.

    python benchmarks/language/promises.py            # the held-out part
    python benchmarks/language/promises.py --train    # the part rules may be developed on
    python benchmarks/language/promises.py --train --misses 40

Data by the variable EARNEST_DATA, else ../shared/data beside the repository; see the
README there for licences. Meeting speech (MRDA) is labelled for what the speaker commits to,
so only promises of one's own are counted. Parakweet
labels e-mail sentences that hold a request, commitment or meeting together: of these the
rules look for commitments alone, so only their precision means something there.
"""

import csv
import gzip
import json
import os
import sys
import tomllib
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

from earnest.engine.language import Kind, WordList, read_notes

try:
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.linear_model import LogisticRegression
    from sklearn.metrics import precision_recall_curve
    from sklearn.model_selection import cross_val_predict
    from sklearn.pipeline import make_pipeline
except ImportError:
    make_pipeline = None

ROOT = Path(__file__).resolve().parents[2]
WORDS = ROOT / "earnest/listening/words/en.toml"
WRITTEN_ON = date(2026, 3, 2)
Labelled = tuple[list[str], list[bool]]


def main(arguments: Sequence[str]) -> None:
    folder = data_folder()
    if folder is None:
        print("skipped: no commitments/ found; set EARNEST_DATA to the folder that holds it")
        return
    words = WordList.from_mapping(tomllib.loads(WORDS.read_text()))
    train = mrda(folder / "mrda_train.jsonl.gz")
    part = "train" if "--train" in arguments else "val"
    texts, truth = train if part == "train" else mrda(folder / "mrda_val.jsonl.gz")
    guesses = [promises(text, words) for text in texts]
    print(f"MRDA {part}: {len(texts)} utterances, {sum(truth)} commitments")
    report("rules", truth, guesses)
    if part == "val":
        peer(train, (texts, truth))
    if "--misses" in arguments:
        show_misses(texts, truth, guesses, int(arguments[-1]))
    mails, wanted = parakweet(folder / "parakweet_train.tsv")
    print(f"Parakweet: {len(mails)} sentences, {sum(wanted)} request, commitment or meeting")
    report("rules", wanted, [promises(mail, words) for mail in mails])


def data_folder() -> Path | None:
    candidates = [os.environ.get("EARNEST_DATA"), str(ROOT.parent / "shared/data")]
    folders = [Path(candidate) / "commitments" for candidate in candidates if candidate]
    return next((folder for folder in folders if folder.is_dir()), None)


def mrda(path: Path) -> Labelled:
    with gzip.open(path, "rt") as lines:
        rows = [json.loads(line) for line in lines]
    return [row["text"] for row in rows], [bool(row["is_commit"]) for row in rows]


def parakweet(path: Path) -> Labelled:
    with path.open(newline="") as lines:
        rows = list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))
    return [row["text"] for row in rows], [row["label"] == "Yes" for row in rows]


def promises(text: str, words: WordList) -> bool:
    found = read_notes(" " + text.lstrip('<>"“!?+@~ '), written_on=WRITTEN_ON, words=words)
    return any(one.kind is Kind.PROMISE and one.direction == "ours" for one in found)


def report(name: str, truth: Sequence[bool], guesses: Sequence[bool]) -> float:
    hit = sum(is_so and said for is_so, said in zip(truth, guesses, strict=True))
    precision, recall = hit / max(1, sum(guesses)), hit / max(1, sum(truth))
    f1 = 2 * precision * recall / (precision + recall) if hit else 0.0
    print(f"  {name:34} precision {precision:.3f}  recall {recall:.3f}  F1 {f1:.3f}")
    return f1


def peer(train: Labelled, held_out: Labelled) -> None:
    """The peer learns on train; its threshold too is chosen there, by cross-validation."""
    if make_pipeline is None:
        print("  peer skipped: scikit-learn is not installed here")
        return
    chances, threshold = learned(train)(held_out[0])
    report("TF-IDF + logistic regression", held_out[1], [chance >= 0.5 for chance in chances])
    name = f"  same, threshold {threshold:.2f} from train"
    report(name.strip(), held_out[1], [chance >= threshold for chance in chances])


def learned(train: Labelled) -> Callable[[Sequence[str]], tuple[Sequence[float], float]]:
    model = make_pipeline(
        TfidfVectorizer(ngram_range=(1, 3), sublinear_tf=True, analyzer="word"),
        LogisticRegression(class_weight="balanced", max_iter=1000, C=10),
    )
    inside = cross_val_predict(model, train[0], train[1], cv=5, method="predict_proba")[:, 1]
    precision, recall, thresholds = precision_recall_curve(train[1], inside)
    f1 = 2 * precision * recall / (precision + recall + 1e-12)
    best = float(thresholds[f1[:-1].argmax()])
    model.fit(*train)
    return lambda texts: (model.predict_proba(texts)[:, 1], best)


def show_misses(
    texts: Sequence[str], truth: Sequence[bool], guesses: Sequence[bool], most: int
) -> None:
    rows = list(zip(texts, truth, guesses, strict=True))
    print("false:", *[text for text, is_so, said in rows if said and not is_so][:most], sep="\n  ")
    print("missed:", *[text for text, is_so, said in rows if is_so and not said][:most], sep="\n  ")


if __name__ == "__main__":
    main(sys.argv[1:])
