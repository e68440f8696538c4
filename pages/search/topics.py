"""Questions that readers ask in words: each is answered in a sentence of its page, over the place and the years that are named."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

from data.words import N_, sorting_name
from pages.parts.filters.names import Names
from pages.parts.freshness import freshness_text
from pages.parts.lot_alerts import TO_CALL
from pages.parts.lot_links import ALERT
from pages.parts.read import Reading
from pages.parts.sentences import lasting, pace
from pages.parts.social_share import share_text
from pages.search import topic_sentences as say
from pages.search.wanted import Wanted
from queries import answers
from queries.filters import FILTERS
from queries.rights.access import Access
from queries.rights.right import Right
from queries.scope import Scope


@dataclass(frozen=True, slots=True, kw_only=True)
class Topic:
    """A question: its title, its page, the sentence that answers.

    `stems`: the beginnings of the words that mean it; `besides`: of those that go with them and mean nothing alone. `fields`: the filters that a name in the question may stand for, the first one that has it. `query`: what its address has besides.
    """

    title: str
    stems: tuple[str, ...]
    besides: tuple[str, ...]
    path: str
    answer: Callable[[Reading, Scope, str], str]
    fields: tuple[str, ...] = ("clients", "execution_communes", "client_types")
    query: Mapping[str, str] | None = None
    needs: Right | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TopicAnswer:
    """What a topic says of the place and the years: its title with them, the sentence, the scope, where to read on."""

    name: str
    sentence: str
    scope: Scope
    path: str
    query: Mapping[str, str]


def _reserved(current: Reading, scope: Scope, years: str) -> str:
    return say.reserved_text(answers.hours_reserved(current.access, scope), years, current.words)


def _women(current: Reading, scope: Scope, years: str) -> str:
    return say.women_text(answers.people_by_trait(current.access, scope), years, current.words)


def _pending(current: Reading, scope: Scope, years: str) -> str:
    totals = answers.totals(current.access, scope)
    return say.pending_text(totals, answers.hours_by_client(current.access, scope), years, current.words)


def _late(current: Reading, scope: Scope, years: str) -> str:  # noqa: ARG001
    return say.late_text(answers.late_lots_by_client(current.access, scope), current.words)


def _ending(current: Reading, scope: Scope, years: str) -> str:  # noqa: ARG001
    return say.ending_text(answers.lots_ending_short(current.access, scope), current.words)


def _silent(current: Reading, scope: Scope, years: str) -> str:  # noqa: ARG001
    return freshness_text(answers.clients_freshness(current.access, scope), current.settings, current.words)


def _social(current: Reading, scope: Scope, years: str) -> str:  # noqa: ARG001
    access = current.access
    condition = answers.social_condition(access, scope)
    return share_text(answers.social_share_by_year(access, scope), condition, current.words)


def _milestone(current: Reading, scope: Scope, years: str) -> str:  # noqa: ARG001
    milestones = lasting(answers.milestone_progress(current.access, Scope()), current.settings)
    return pace(milestones, current.words, whole=current.access.is_whole(Scope()))


_CONTRACTS: Final = ("march", "lot", "contrat", "contract")
TOPICS: Final = (
    Topic(
        title=N_("Part des marchés réservés"), stems=("reserv",), besides=_CONTRACTS, path="clauses", answer=_reserved
    ),
    Topic(
        title=N_("Nombre de femmes"),
        stems=("femme", "women"),
        besides=("beneficiaire", "participant", "personne"),
        path="publics",
        answer=_women,
        needs=Right.PEOPLE,
    ),
    Topic(
        title=N_("Heures en attente de validation"),
        stems=("attente", "attend", "validation", "pending"),
        besides=("valid",),
        path="clients",
        answer=_pending,
        query={"tri_heures_par_maitre_d_ouvrage": "-hours_pending"},
    ),
    Topic(
        title=N_("Lots qui se terminent dans les trois mois sans toutes leurs heures"),
        stems=("finiss", "finit", "echeance", "ending"),
        besides=(*_CONTRACTS, "troi", "mois", "three", "month", "toute"),
        path="lots",
        answer=_ending,
        query={ALERT: "ending"},
        needs=Right.LOTS,
    ),
    Topic(
        title=N_("Lots à relancer"),
        stems=("retard", "relanc", "late"),
        besides=_CONTRACTS,
        path="lots",
        answer=_late,
        query={ALERT: TO_CALL},
        needs=Right.LOTS,
    ),
    Topic(
        title=N_("Maîtres d’ouvrage qui n’ont plus déclaré"),
        stems=("declar", "report"),
        besides=("rien", "troi", "mois", "maitre", "ouvrage", "nothing", "three", "month", "client"),
        path="donnees",
        answer=_silent,
    ),
    Topic(
        title=N_("Objectif national des considérations sociales"),
        stems=("national", "consideration"),
        besides=(*_CONTRACTS, "objectif", "social", "target"),
        path="considerations",
        answer=_social,
        fields=("clients", "client_types"),
    ),
    Topic(
        title=N_("Date du prochain jalon"),
        stems=("million", "jalon", "milestone"),
        besides=("deux", "second", "atteint", "date", "prochain", "next", "reached", "two"),
        path="",
        answer=_milestone,
        fields=(),
    ),
)


def answered(wanted: Wanted, current: Reading, names: Names) -> list[TopicAnswer]:
    """The topics whose words the question has, and nothing besides but a place that there is."""
    topics = []
    for topic in TOPICS:
        is_meant = any(word.startswith(topic.stems) for word in wanted.words)
        if not is_meant or (topic.needs and not current.access.rights.may(topic.needs)):
            continue
        others = tuple(word for word in wanted.words if not word.startswith((*topic.stems, *topic.besides)))
        place = _place(replace(wanted, words=others), topic, current.access, names)
        if others and place is None:
            continue
        scope, named = place or (wanted.scope if topic.fields else Scope(), "")
        # A topic without a field is about the whole, whatever else the question names.
        years = wanted.years_text(current.words) if topic.fields else ""
        title = ", ".join(part for part in (current.words.say(topic.title), named, years) if part)
        topics.append(
            TopicAnswer(
                name=title,
                sentence=topic.answer(current, scope, years),
                scope=scope,
                path=topic.path,
                query=topic.query or {},
            )
        )
    return topics


def _place(wanted: Wanted, topic: Topic, access: Access, names: Names) -> tuple[Scope, str] | None:
    """The years under the filter that the other words name, and its name; None when they name none."""
    if not wanted.words:
        return None
    for field in topic.fields:
        declared = FILTERS[field]
        if declared.codes is not None:
            values = [str(code) for code in declared.codes]
        else:
            values = [value for (of, value) in names.known if of == field]
        matching = [value for value in values if wanted.matches(names.of(field, value))]
        if matching and access.rights.may_filter(declared):
            chosen = min(matching, key=lambda value: len(sorting_name(names.of(field, value))))
            filters: dict[str, Any] = {field: (chosen,)}
            return replace(wanted.scope, **filters), names.of(field, chosen)
    return None
