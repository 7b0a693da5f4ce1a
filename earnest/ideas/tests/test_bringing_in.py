"""A conversation of Polis becomes a space: all of it, or nothing and each wrong line by its number."""

from __future__ import annotations

import csv
import io
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from earnest.ideas import sweeps
from earnest.ideas.models import OpinionMap, Space, Statement, Voice, Vote, Voter
from earnest.ideas.tests.voting import counts
from tests.worlds import NOW, World

pytestmark = pytest.mark.django_db
COMMENTS = "comment-id,comment-body,moderated\n0,We rest,1\n1,We run,1\n2,Rude,-1\n"
VOTES = "voter-id,comment-id,vote,timestamp\n" + "".join(
    f"{voter},{comment},{1 if (voter + comment) % 3 else -1},1700000000\n"
    for voter in range(20)
    for comment in range(2)
)


@pytest.fixture
def lead(world: World) -> Client:
    client = Client()
    client.force_login(world.lead)
    return client


def bring(lead: Client, world: World, comments: str | bytes, votes: str | bytes = VOTES):  # type: ignore[no-untyped-def]
    def file(name: str, held: str | bytes) -> SimpleUploadedFile:
        return SimpleUploadedFile(name, held.encode() if isinstance(held, str) else held)

    return lead.post(
        f"/initiatives/{world.initiative.pk}/spaces/brought-in/",
        {
            "question": "What is fair?",
            "comments": file("comments.csv", comments),
            "votes": file("votes.csv", votes),
        },
    )


def test_its_statements_votes_and_reasons_are_here_and_no_time(lead: Client, world: World) -> None:
    answer = bring(lead, world, COMMENTS)
    space = Space.objects.get()
    assert answer["Location"] == f"/spaces/{space.pk}/map/"
    assert not space.names
    by_words = {one.words: one for one in space.statements.all()}
    assert by_words["Rude"].state == "hidden"
    assert by_words["Rude"].reason
    assert sum(counts(by_words["We rest"])) == 20
    assert Vote.objects.count() == 40
    assert set(Vote.objects.values_list("at", flat=True)) == {None}
    assert Voter.objects.count() == Voice.objects.count() == 20
    assert sweeps.renew_maps(at=NOW) == 1
    assert OpinionMap.objects.get().people == 20


def test_of_several_votes_on_one_the_last_counts(lead: Client, world: World) -> None:
    bring(lead, world, COMMENTS, "voter-id,comment-id,vote,timestamp\n7,0,1,10\n7,0,-1,20\n")
    assert counts(Statement.objects.get(words="We rest")) == (0, 1, 0)
    assert Vote.objects.count() == 1


@pytest.mark.parametrize(
    ("votes", "said"),
    [
        ("voter-id,comment-id,vote\n1,0,1\n1,9,1\n", "votes.csv, line 3"),
        ("voter-id,comment-id,vote\n1,0,yes\n", "votes.csv, line 2"),
        ("voter-id,comment-id,vote\n1,0\n", "votes.csv, line 2"),
    ],
    ids=["unknown statement", "no vote", "too short"],
)
def test_a_line_that_makes_no_sense_is_named_and_nothing_is_brought_in(
    lead: Client, world: World, votes: str, said: str
) -> None:
    page = bring(lead, world, COMMENTS, votes)
    assert page.status_code == 400
    assert said in page.text
    assert "What is fair?" in page.text
    assert not Space.objects.exists()
    assert not Vote.objects.exists()


@pytest.mark.parametrize(
    ("comments", "said"),
    [
        ("", "comments.csv"),
        ("comment-id,comment-body\n", "no statement in comments.csv"),
        ("name,age\nJoan,40\n", "comment"),
        (b"comment-id,comment-body\n0,caf\xe9\n", "UTF-8"),
        ("comment-id,comment-body\n0,We rest\n0,We run\n", "comments.csv, line 3"),
    ],
    ids=["empty", "only a head", "another table", "another encoding", "the same id twice"],
)
def test_a_file_that_is_no_such_file_is_refused_in_a_sentence(
    lead: Client, world: World, comments: str | bytes, said: str
) -> None:
    page = bring(lead, world, comments)
    assert page.status_code == 400
    assert said in page.text
    assert not Space.objects.exists()


def test_any_script_and_long_words_are_taken(lead: Client, world: World) -> None:
    long = "ه" * 400
    body = f'comment-id,comment-body\n0,"我们,\n休息"\n1,{long}\n'
    bring(lead, world, body, "voter-id,comment-id,vote\n1,0,1\n")
    words = set(Space.objects.get().statements.values_list("words", flat=True))
    assert words == {"我们, 休息", long[:280]}


def test_what_is_taken_out_holds_no_time_and_comes_in_again(lead: Client, world: World) -> None:
    bring(lead, world, COMMENTS)
    space = Space.objects.get()
    assert lead.get(f"/spaces/{space.pk}/map/files/").status_code == 404  # nothing is published
    sweeps.renew_maps(at=NOW)
    answer = lead.get(f"/spaces/{space.pk}/map/files/")
    with zipfile.ZipFile(io.BytesIO(answer.content)) as files:
        out = {name: files.read(name).decode() for name in files.namelist()}
    assert set(out) == {"comments.csv", "summary.csv", "votes.csv"}
    assert "17000" not in out["votes.csv"]
    rows = list(csv.DictReader(io.StringIO(out["comments.csv"])))
    assert {row["comment-body"] for row in rows} == {"We rest", "We run", "Rude"}
    assert bring(lead, world, out["comments.csv"], out["votes.csv"]).status_code == 302
    again = Space.objects.exclude(pk=space.pk).get()
    assert sum(counts(again.statements.get(words="We rest"))) == 20
