"""Which settings are on screen, in which words; their types are those of data/settings.py."""

from dataclasses import MISSING, dataclass, fields
from types import UnionType
from typing import Any, Final, get_args, get_type_hints

from data.settings import Alerts, Authority, Counting, Milestone, Notices, PolicyDate, Revisions
from data.settings_opening import OpeningBalance
from data.settings_outside import Paper
from data.words import N_


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """One entry. `digits`: decimals of a number. `hint`: what it is for, below the field."""

    name: str
    label: str
    hint: str = ""
    digits: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A table of settings.toml, or a list of tables (`one`: what an entry of it is called, `new`: the heading of the empty one)."""

    name: str
    model: type
    title: str
    intro: str
    fields: tuple[Field, ...]
    one: str = ""
    new: str = ""

    def kind(self, name: str) -> tuple[Any, bool]:
        """The type of an entry, and whether it may be absent."""
        hint = get_type_hints(self.model)[name]
        if isinstance(hint, UnionType):
            return next(kind for kind in get_args(hint) if kind is not type(None)), True
        return hint, False

    def default(self, name: str) -> Any:
        """The value of an entry that the file does not have; None when it must be given."""
        declared = next(field for field in fields(self.model) if field.name == name)
        return None if declared.default is MISSING else declared.default


_NAME_EN: Final = N_("En anglais")
_SOURCE: Final = N_("Source")
_SOURCE_EN: Final = N_("Source, en anglais")

SECTIONS: Final = (
    Section(
        name="authority",
        model=Authority,
        title=N_("Votre autorité"),
        intro=N_("Le nom se lit en haut de chaque page et sur chaque fichier."),
        fields=(
            Field(name="name", label=N_("Nom de l’autorité")),
            Field(
                name="epci",
                label=N_("SIREN de l’EPCI"),
                hint=N_(
                    "9 chiffres\u00a0: ses communes sont celles de la page Communes. Après l’avoir changé, publiez de nouveau."
                ),
            ),
            Field(
                name="clients",
                label=N_("Codes de l’autorité comme maître d’ouvrage"),
                hint=N_(
                    "Séparés par des virgules\u00a0: ses propres marchés, à part de ceux des organismes qu’elle accompagne."
                ),
            ),
            Field(name="since", label=N_("Première année de la politique")),
        ),
    ),
    Section(
        name="paper",
        model=Paper,
        title=N_("Fiches et rapports"),
        intro=N_("L’identité de l’autorité sur les documents à imprimer."),
        fields=(
            Field(
                name="logo",
                label=N_("Fichier du logo"),
                hint=N_(
                    "SVG ou PNG, à côté du fichier des réglages\u202f; «\u00a0Déposer un logo\u00a0», plus bas, l’y met."
                ),
            ),
            Field(
                name="address",
                label=N_("Adresse du tableau de bord"),
                hint=N_("Au pied des documents que produisent les commandes."),
            ),
        ),
    ),
    Section(
        name="opening_balance",
        model=OpeningBalance,
        title=N_("Soldes d’ouverture"),
        intro=N_(
            "Les heures réalisées avant le début de l’extraction. Sans elles, le cumul part de zéro. Ceux des maîtres d’ouvrage sont une part"
            " de celui de l’ensemble, et ne s’y ajoutent pas."
        ),
        one=N_("Solde d’ouverture"),
        new=N_("Ajouter un solde d’ouverture"),
        fields=(
            Field(name="hours", label=N_("Heures"), digits=2),
            Field(
                name="client",
                label=N_("Code du maître d’ouvrage, s’il n’en concerne qu’un"),
                hint=N_("Compté quand ce maître d’ouvrage est filtré, et sur sa page."),
            ),
            Field(name="as_of", label=N_("Jusqu’au")),
            Field(name="origin", label=N_("D’où elles viennent")),
            Field(name="origin_en", label=_NAME_EN),
        ),
    ),
    Section(
        name="milestones",
        model=Milestone,
        title=N_("Jalons et objectifs"),
        intro=N_("Un total d’heures à atteindre\u202f; un objectif est le jalon d’une seule année."),
        one=N_("Jalon"),
        new=N_("Ajouter un jalon ou un objectif"),
        fields=(
            Field(
                name="name",
                label=N_("Nom"),
                hint=N_("Avec son article\u00a0: «\u00a0le million\u00a0», «\u00a0l’objectif 2026\u00a0»."),
            ),
            Field(name="name_en", label=_NAME_EN),
            Field(name="target_hours", label=N_("Heures à atteindre")),
            Field(name="measure", label=N_("Heures comptées")),
            Field(name="year", label=N_("Année, pour un objectif annuel")),
            Field(name="client", label=N_("Code du maître d’ouvrage, s’il n’en concerne qu’un")),
            Field(name="clause_category", label=N_("Type de clause, s’il n’en concerne qu’un")),
            Field(name="due_on", label=N_("À atteindre le")),
            Field(name="set_on", label=N_("Fixé le")),
            Field(name="source", label=_SOURCE),
            Field(name="source_en", label=_SOURCE_EN),
            Field(name="owner", label=N_("Qui en répond")),
        ),
    ),
    Section(
        name="policy_dates",
        model=PolicyDate,
        title=N_("Dates de la politique"),
        intro=N_("Marquées sur la courbe du cumul."),
        one=N_("Date"),
        new=N_("Ajouter une date"),
        fields=(
            Field(name="on", label=N_("Date")),
            Field(name="label", label=N_("Ce qui a été décidé")),
            Field(name="label_en", label=_NAME_EN),
        ),
    ),
    Section(
        name="counting",
        model=Counting,
        title=N_("Règles de décompte"),
        intro=N_("Elles changent ce que les pages comptent, dès le prochain clic."),
        fields=(
            Field(
                name="declaration_lag_months",
                label=N_("Mois provisoires"),
                hint=N_("Les derniers mois, encore en cours de déclaration."),
            ),
            Field(
                name="fte_divisor",
                label=N_("Heures d’un équivalent temps plein"),
                hint=N_("1\u202f607\u00a0: durée légale\u202f; 1\u202f600\u00a0: consolidation nationale."),
            ),
            Field(name="late_after_months", label=N_("Mois sans déclaration avant un retard")),
            Field(
                name="left_out_limit",
                label=N_("Part de doublons et d’heures sans lot qui arrête une publication"),
                digits=2,
            ),
            Field(name="include_uncounted", label=N_("Commencer avec les lots hors du total")),
        ),
    ),
    Section(
        name="alerts",
        model=Alerts,
        title=N_("Alertes des lots"),
        intro=N_("Les seuils à partir desquels un lot demande un appel."),
        fields=(
            Field(
                name="not_started_after", label=N_("Pas démarré\u00a0: part de la durée écoulée sans heures"), digits=2
            ),
            Field(name="behind_below", label=N_("En retard\u00a0: sous cette part des heures attendues"), digits=2),
            Field(name="ending_soon_days", label=N_("Fin proche\u00a0: jours avant la fin")),
            Field(name="ending_missing_above", label=N_("Fin proche\u00a0: part de l’obligation qui manque"), digits=2),
        ),
    ),
    Section(
        name="revisions",
        model=Revisions,
        title=N_("Révisions"),
        intro=N_("Ce qu’une publication change aux années de la précédente."),
        fields=(
            Field(
                name="noticeable",
                label=N_("Part de ses heures à partir de laquelle une année est signalée révisée"),
                digits=3,
            ),
            Field(name="consolidated_until", label=N_("Dernière année consolidée")),
        ),
    ),
    Section(
        name="notices",
        model=Notices,
        title=N_("Contacts et mentions"),
        intro=N_(
            "Au pied de chaque page. Un contact est une adresse électronique, ou l’adresse https d’un formulaire."
        ),
        fields=(
            Field(name="questions", label=N_("Contact pour une question sur un chiffre")),
            Field(name="accessibility", label=N_("Contact pour l’accessibilité")),
            Field(name="data_protection", label=N_("Contact du délégué à la protection des données")),
            Field(name="publisher", label=N_("Éditeur"), hint=N_("Vide\u00a0: l’autorité.")),
            Field(name="director", label=N_("Direction de la publication")),
            Field(name="host", label=N_("Hébergeur, avec son adresse")),
            Field(name="data_licence", label=N_("Licence des chiffres")),
        ),
    ),
)
