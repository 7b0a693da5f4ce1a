"""Which column holds what, guessed from the header."""

from __future__ import annotations

import pytest

from earnest.people.imports.columns import guess_columns, read_head
from earnest.people.imports.problems import Unreadable
from earnest.people.tests.files import lines


@pytest.mark.parametrize(
    ("header", "fields"),
    [
        ("Name,E-mail,Team", "name email team"),
        ("First Name,Last Name,Work email,Department", "first_name last_name email team"),
        (
            "Vorname,Name,E-Mail-Adresse,Abteilung,Führungskraft",
            "first_name last_name email team manager",
        ),
        ("Nom,Courriel,Service", "name email team"),
        ("Prénom,Nom,Adresse e-mail,Fonction", "first_name last_name email job"),
        ("Nombre,Apellidos,Correo electrónico,Puesto", "first_name last_name email job"),
        ("Naam,E-mailadres,Afdeling,Leidinggevende,Taal", "name email team manager language"),
        ("Imię i nazwisko,Adres e-mail,Dział", "name email team"),
        ("氏名,メールアドレス,部署", "name email team"),
        ("ФИО,Почта,Отдел", "name email team"),
        ("Display name,UserPrincipalName,Job Title", "name email job"),
        (
            "NAME,Reports to,Time zone,Own goals,KPIs",
            "name manager time_zone own_goals own_measures",
        ),
    ],
)
def test_headers_are_understood_in_many_languages(header: str, fields: str) -> None:
    assert guess_columns(header.split(",")) == fields.split()


def test_a_column_we_do_not_know_is_left_out() -> None:
    assert guess_columns(["Name", "Shoe size"]) == ["name", ""]


def test_two_columns_never_hold_the_same() -> None:
    assert guess_columns(["E-mail", "Mail"]) == ["email", ""]


def test_a_file_without_a_header_is_taken_from_its_first_line() -> None:
    head = read_head(lines("Ann Lee;ann@x.org", "Bo Li;bo@x.org"))
    assert (head.has_header, head.guess) == (False, ["name", "email"])


def test_one_column_of_names_is_enough() -> None:
    assert read_head(lines("Name", "Ann", "Bo")).guess == ["name"]
    assert read_head(lines("Ann Lee", "Bo Li")).guess == ["name"]


@pytest.mark.parametrize("data", [b"Name;E-mail\n", b"," * 300 + b"\n"])
def test_a_file_with_nobody_in_it_is_refused(data: bytes) -> None:
    with pytest.raises(Unreadable):
        read_head(data)
