"""Which column holds what: guessed from the header in many languages, changed by the user."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from itertools import islice

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from earnest.people.imports.problems import Unreadable
from earnest.people.imports.sheets import MOST_COLUMNS, open_sheet

FIELDS: dict[str, Promise] = {
    "name": gettext_lazy("name"),
    "first_name": gettext_lazy("first name"),
    "last_name": gettext_lazy("last name"),
    "email": gettext_lazy("e-mail address"),
    "team": gettext_lazy("team"),
    "manager": gettext_lazy("manager's e-mail address"),
    "job": gettext_lazy("what they do"),
    "time_zone": gettext_lazy("time zone"),
    "language": gettext_lazy("language"),
    "own_goals": gettext_lazy("their own goals"),
    "own_measures": gettext_lazy("how they measure a good job"),
}
NAMING = {"name", "first_name", "last_name", "email"}
SHOWN = 5
LONGEST_SHOWN = 80

# What headers say in English, German, French, Spanish, Italian, Dutch, Portuguese, Polish,
# Swedish, Danish, Norwegian, Finnish, Czech, Turkish, Russian and Japanese.
_SAID = {
    "name": "name, full name, fullname, display name, employee, employee name, person, people, "
    "colleague, participant, contact, mitarbeiter, mitarbeiterin, vollständiger name, "
    "nom complet, nom et prénom, prénom et nom, nombre completo, nombre y apellidos, "
    "nome completo, nome e cognome, nome e sobrenome, naam, volledige naam, medewerker, "
    "imię i nazwisko, namn, fullständigt namn, navn, fulde navn, fullt navn, nimi, "
    "jméno a příjmení, ad soyad, имя, фио, 氏名, 名前",
    "first_name": "first name, firstname, given name, givenname, forename, vorname, rufname, "
    "prénom, nombre, nombre de pila, nome, primeiro nome, voornaam, imię, förnamn, fornavn, "
    "etunimi, jméno, křestní jméno, ad, adı, 名",
    "last_name": "last name, lastname, surname, family name, familyname, nachname, familienname, "
    "zuname, nom, nom de famille, apellido, apellidos, cognome, achternaam, sobrenome, apelido, "
    "nazwisko, efternamn, efternavn, etternavn, sukunimi, příjmení, soyad, soyadı, фамилия, 姓",
    "email": "email, e-mail, mail, email address, e-mail address, mail address, work email, "
    "business email, user principal name, userprincipalname, upn, e-mail-adresse, emailadresse, "
    "mailadresse, courriel, adresse e-mail, adresse mail, adresse électronique, correo, "
    "correo electrónico, posta elettronica, indirizzo email, indirizzo e-mail, e-mailadres, "
    "emailadres, adres e-mail, adres email, endereço de e-mail, e-post, epost, e-postadress, "
    "e-postadresse, mejladress, sähköposti, e-posta, eposta, почта, эл. почта, "
    "электронная почта, メール, メールアドレス",
    "team": "team, department, dept, unit, org unit, organisational unit, organizational unit, "
    "group, division, abteilung, bereich, einheit, équipe, département, service, departamento, "
    "equipo, área, reparto, unità, afdeling, departement, equipa, setor, dział, zespół, "
    "avdelning, grupp, avdeling, osasto, tiimi, oddělení, tým, departman, ekip, takım, отдел, "
    "команда, 部署, チーム",
    "manager": "manager, manager email, manager e-mail, manager's email, manager's e-mail, "
    "line manager, line manager email, supervisor, supervisor email, reports to, boss, lead, "
    "team lead, vorgesetzter, vorgesetzte, führungskraft, vorgesetzter e-mail, leiter, "
    "responsable, supérieur, supérieur hiérarchique, e-mail du responsable, jefe, jefa, gerente, "
    "responsabile, capo, leidinggevende, chef, przełożony, kierownik, leder, närmaste chef, "
    "nærmeste leder, esihenkilö, esimies, nadřízený, yönetici, руководитель, gestor, gestora, 上司",
    "job": "job, job title, title, position, role, function, occupation, what they do, beruf, "
    "funktion, stelle, rolle, tätigkeit, poste, fonction, métier, emploi, puesto, cargo, función, "
    "posizione, ruolo, mansione, qualifica, functie, functietitel, rol, beroep, stanowisko, "
    "funkcja, befattning, titel, yrke, roll, stilling, stillingsbetegnelse, tehtävä, nimike, "
    "pozice, funkce, unvan, görev, pozisyon, должность, 役職, 職種",
    "time_zone": "time zone, timezone, tz, zeitzone, fuseau horaire, zona horaria, huso horario, "
    "fuso orario, tijdzone, fuso horário, strefa czasowa, tidszon, tidszone, tidssone, "
    "aikavyöhyke, časové pásmo, saat dilimi, часовой пояс, タイムゾーン",
    "language": "language, lang, locale, preferred language, sprache, langue, idioma, lengua, "
    "lingua, língua, taal, język, språk, sprog, kieli, jazyk, dil, язык, 言語",
    "own_goals": "own goals, their own goals, goals, goal, objectives, okr, okrs, ziele, ziel, "
    "eigene ziele, objectifs, objectif, objetivos, objetivo, obiettivi, obiettivo, doelen, doel, "
    "eigen doelen, cele, cel, mål, tavoitteet, cíle, hedefler, цели, 目標, metas",
    "own_measures": "own measures, measures, measure, their own measures, metrics, kpi, kpis, "
    "how they measure a good job, kennzahlen, messgrößen, eigene messgrößen, indicateurs, "
    "indicateur, mesures, indicadores, métricas, indicatori, misure, maatstaven, indicatoren, "
    "mierniki, wskaźniki, mått, nyckeltal, måltal, mittarit, ukazatele, metrikler, показатели, "
    "指標",
}


@dataclass(frozen=True, slots=True)
class Head:
    """The top of a file: its first lines, a guess at each column, and whether line 1 names them."""

    top: list[list[str]]
    guess: list[str]  # a field, or "" to leave the column out
    has_header: bool
    total: int


def read_head(data: bytes) -> Head:
    """First lines of a file, with what they seem to hold. Raises Unreadable."""
    sheet = open_sheet(data)
    top = [cells for _line, cells in islice(sheet.rows, SHOWN + 1)]
    if not top:
        raise Unreadable(_("This file has no rows."))
    width = max(len(cells) for cells in top)
    if width > MOST_COLUMNS:
        raise Unreadable(_("This file has more than %(most)s columns.") % {"most": MOST_COLUMNS})
    top = [[_shown(cell) for cell in cells] + [""] * (width - len(cells)) for cells in top]
    has_header = _is_header(top[0])
    if has_header and len(top) == 1:
        raise Unreadable(_("This file has a header and no people under it."))
    guess = guess_columns(top[0]) if has_header else _guess_from_cells(top, width)
    return Head(top, guess, has_header, max(1, sheet.total - has_header))


def guess_columns(header: list[str]) -> list[str]:
    """A field for each column, each field once; "" where the header says nothing we know."""
    guess: list[str] = []
    for cell in header:
        fields = [field for field in _fields_called(cell) if field not in guess]
        guess.append(fields[0] if fields else "")
    return _whole_name(guess)


def _whole_name(guess: list[str]) -> list[str]:
    """Nom or nombre beside its other half is a half; alone it is the whole name."""
    halves = {"first_name", "last_name"} & set(guess)
    if len(halves) == 1 and "name" not in guess:
        return ["name" if field in halves else field for field in guess]
    if halves == {"first_name"} and "name" in guess:
        return ["last_name" if field == "name" else field for field in guess]
    return guess


def _fields_called(cell: str) -> list[str]:
    said = _plain(cell)
    return [field for field, names in _KNOWN.items() if said and said in names]


def _is_header(cells: list[str]) -> bool:
    """A header names columns we know, and holds no address itself."""
    if any("@" in cell for cell in cells):
        return False
    return any(_fields_called(cell) for cell in cells)


def _guess_from_cells(top: list[list[str]], width: int) -> list[str]:
    """Without a header: the column with addresses, and the first other as the name."""
    guess = [""] * width
    for column in range(width):
        cells = [row[column] for row in top if row[column]]
        if "email" not in guess and cells and all("@" in cell for cell in cells):
            guess[column] = "email"
        elif "name" not in guess and cells and not any("@" in cell for cell in cells):
            guess[column] = "name"
    return guess


def _plain(text: str) -> str:
    """Without case, accents and punctuation."""
    bare = unicodedata.normalize("NFKD", text.casefold())
    bare = "".join(sign for sign in bare if not unicodedata.combining(sign))
    return " ".join(re.sub(r"[\W_]+", " ", bare).split())


def _shown(cell: str) -> str:
    cell = " ".join(cell.replace("\x00", " ").split())
    return cell if len(cell) <= LONGEST_SHOWN else f"{cell[:LONGEST_SHOWN]}…"


_KNOWN = {field: {_plain(called) for called in said.split(",")} for field, said in _SAID.items()}
