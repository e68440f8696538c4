"""The routes described: the list of questions, and OpenAPI 3.1 made from the questions and the keys of links."""

from typing import Any, Final

from data.words import N_, Words
from pages.server.api.files import FORMATS
from pages.server.api.wanted import COLUMNS, DIALECT, DIALECTS, LANGUAGE, filter_keys
from pages.server.base_path import base_path
from queries.engine import BOUND
from queries.filters import FILTERS
from queries.link import MONTHS, UNCOUNTED, YEARS
from queries.meanings import column_meaning
from queries.questions import AnswerColumn, Question, questions
from queries.rights.access import Access
from queries.rights.columns import reader_columns

PREFIX: Final = "/api/v1"
_YEARS: Final = "^([0-9]{4}|[0-9]{4}-[0-9]{4}|[0-9]{4}-|-[0-9]{4})$"
_MONTH: Final = "[0-9]{4}-(0[1-9]|1[0-2])"
_MONTHS: Final = rf"^({_MONTH}|{_MONTH}\.\.{_MONTH}|{_MONTH}\.\.|\.\.{_MONTH})$"
_PROBLEMS: Final = (400, 401, 403, 404, 422, 429, 500, 503)
_PARAMETERS: Final = {
    "search": N_(
        "Mots du lot (objet, maître d’ouvrage, titulaire, numéro, SIRET), avec ou sans accents\u202f; vide pour tous."
    ),
    "first": N_("Nombre de lignes avant la première voulue\u202f; vide pour aucune."),
    "rows": N_("Nombre de lignes au plus\u202f; vide pour toutes."),
    "since": N_("Identifiant de la publication antérieure\u202f; vide pour celle qui servait avant."),
    "period": N_("quarter pour des trimestres, rolling pour douze mois glissants\u202f; vide pour des mois."),
    "compared_by": N_("Ce que l’on compare\u00a0: communes, clients ou clauses."),
    "compared": N_("Codes à comparer, ou années, séparés par des virgules."),
    "extra_hours": N_("Heures de plus chaque mois que le rythme des douze derniers mois complets."),
}


def open_to(access: Access) -> list[Question]:
    """The questions that the reader may ask."""
    return [question for name, question in questions().items() if access.offers(name)]


def own_parameters(question: Question) -> list[AnswerColumn]:
    """The question's parameters beyond the filters."""
    return [parameter for parameter in question.parameters if parameter.name not in BOUND]


def listed(access: Access, words: Words) -> dict[str, Any]:
    """The list of questions, with all that a program needs to ask them and read the answer."""
    release = access.release
    return {
        "release": release.id,
        "demonstration": words.say("Démonstration, chiffres inventés") if release.demo else None,
        "data_as_of": release.data_as_of.isoformat(),
        "questions": [
            {
                "name": question.name,
                "question": words.say(question.text),
                "columns": [_column(column, question, words) for column in question.columns],
                "parameters": [
                    {
                        "name": one.name,
                        "type": one.type,
                        "required": not one.optional,
                        "definition": words.say(_definition(one, question)),
                    }
                    for one in own_parameters(question)
                ],
                "filters": list(filter_keys(question, access)),
                "links": {form: f"{base_path()}{PREFIX}/questions/{question.name}.{form}" for form in FORMATS},
            }
            for question in open_to(access)
        ],
    }


def _definition(parameter: AnswerColumn, question: Question) -> str:
    """What a parameter is, as a text of the catalogue: its own, else that of the column of the same name."""
    if parameter.name in _PARAMETERS:
        return _PARAMETERS[parameter.name]
    meaning = column_meaning(parameter.name, question.name)
    assert meaning is not None, parameter.name
    return meaning.definition or meaning.label


def _column(column: AnswerColumn, question: Question, words: Words) -> dict[str, Any]:
    meaning = column_meaning(column.name, question.name)
    nullable = next((one.nullable for one in reader_columns(question) if one.name == column.name), column.nullable)
    described: dict[str, Any] = {"name": column.name, "type": column.type, "nullable": nullable}
    described |= {"unit": "", "label": "", "definition": ""}
    if meaning is not None:
        texts = {"unit": meaning.unit, "label": meaning.label, "definition": meaning.definition}
        described |= {key: words.say(text) for key, text in texts.items() if text}
    return described


def openapi(access: Access, words: Words) -> dict[str, Any]:
    """OpenAPI 3.1: one path for each question and format that the reader may ask."""
    json_object = {"application/json": {"schema": {"type": "object"}}}
    lang = _parameter(LANGUAGE, {"enum": ["fr", "en"]})
    paths: dict[str, Any] = {
        f"{PREFIX}/questions": _operation("questions", words.say("Liste des questions"), [lang], json_object),
        f"{PREFIX}/openapi.json": _operation("openapi", "OpenAPI", [lang], json_object),
    }
    for question in open_to(access):
        own = [_parameter(one.name, _own(one), required=not one.optional) for one in own_parameters(question)]
        names = [column.name for column in reader_columns(question)]
        for form, kind in FORMATS.items():
            given = [
                *_filters(question, access),
                *own,
                lang,
                _parameter(COLUMNS, {"type": "array", "items": {"enum": names}, "minItems": 1, "uniqueItems": True}),
                *([_parameter(DIALECT, {"enum": [*DIALECTS]})] if form == "csv" else []),
            ]
            schema: dict[str, Any] = {"type": "string"}
            if form == "json":
                schema = {"type": "array", "items": {"type": "object"}}
            paths[f"{PREFIX}/questions/{question.name}.{form}"] = _operation(
                f"{question.name}_{form}", words.say(question.text), given, {kind.partition(";")[0]: {"schema": schema}}
            )
    return {
        "openapi": "3.1.0",
        "info": {"title": "Cap Insertion", "version": "1", "summary": words.say("Les questions du tableau de bord")},
        "servers": [{"url": base_path() or "/"}],
        "paths": paths,
        "components": {"securitySchemes": {"token": {"type": "http", "scheme": "bearer"}}},
        # Without a token too: from this machine, with the cookie of a sign-in, or where the public version is open.
        "security": [{"token": []}, {}],
    }


def _operation(identifier: str, summary: str, parameters: list[Any], content: dict[str, Any]) -> dict[str, Any]:
    problem = {"application/problem+json": {"schema": {"type": "object", "required": ["type", "title", "status"]}}}
    answers = {str(status): {"description": str(status), "content": problem} for status in _PROBLEMS}
    ok = {"200": {"description": "200", "content": content}, "304": {"description": "304"}}
    return {"get": {"operationId": identifier, "summary": summary, "parameters": parameters, "responses": ok | answers}}


def _parameter(name: str, schema: dict[str, Any], *, required: bool = False) -> dict[str, Any]:
    # Codes in one text, separated by commas.
    return {"name": name, "in": "query", "required": required, "style": "form", "explode": False, "schema": schema}


def _filters(question: Question, access: Access) -> list[dict[str, Any]]:
    keys = filter_keys(question, access)
    if not keys:
        return []
    parameters = [_parameter(YEARS, {"type": "string", "pattern": _YEARS})]
    if MONTHS in keys:
        parameters.append(_parameter(MONTHS, {"type": "string", "pattern": _MONTHS}))
    for declared in FILTERS.values():
        if declared.key not in keys:
            continue
        items: dict[str, Any] = {"type": "string", "minLength": 1}
        if declared.possible is not None:
            items = {"enum": [*declared.possible]}
        parameters.append(_parameter(declared.key, {"type": "array", "items": items, "minItems": 1}))
    return [*parameters, _parameter(UNCOUNTED, {"enum": ["true", "false"]})]


def _own(one: AnswerColumn) -> dict[str, Any]:
    if one.type == "BIGINT":
        return {"type": "string", "pattern": "^[0-9]{1,9}$"}
    return {"type": "string", "minLength": 0 if one.optional else 1}
