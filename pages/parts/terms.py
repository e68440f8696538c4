"""The terms and indicators: what they mean, how they are computed, who says so."""

from dataclasses import dataclass
from typing import Final

import streamlit as st

from data.words import N_
from pages.parts.markup import html
from pages.parts.read import reading
from queries.questions import question


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """An entry of the definitions page. `question`: the query that computes it, when it is a figure."""

    id: str
    name: str
    definition: str
    formula: str = ""
    source: str = ""
    question: str = ""


_CODE = N_("Code de la commande publique, article L2112-2")
_LOCAL = N_("Convention de l’autorité, dans data/settings.toml")
_FIELD = N_("Usage des facilitateurs de la clause sociale (Alliance Villes Emploi)")

TERMS: Final = (
    Term(
        id="clause-sociale",
        name=N_("Clause sociale d’insertion"),
        definition=N_(
            "Clause d’un marché qui oblige son titulaire à confier des heures de travail à des personnes éloignées de l’emploi."
        ),
        source=_CODE,
    ),
    Term(
        id="lot",
        name=N_("Marché et lot"),
        definition=N_(
            "L’obligation est portée par le lot\u202f; un marché en compte un ou plusieurs. Les marchés ne s’additionnent pas d’une année à l’autre\u00a0: la plupart en couvrent plusieurs. Un filtre d’années garde les lots actifs ces années-là\u00a0: leurs dates les recouvrent (hors lots prévus ou abandonnés), ou des heures y ont été déclarées. Un filtre de modalité garde les lots qui ont de telles heures."
        ),
        source=_FIELD,
        question="lots",
    ),
    Term(
        id="maitre-d-ouvrage",
        name=N_("Maître d’ouvrage (client)"),
        definition=N_(
            "Organisme dont le marché porte la clause. Il est actif s’il a un lot en cours, ou des heures réalisées dans la période. Il porte des heures si celles qui sont réalisées dans la période sont supérieures à 0."
        ),
        source=_FIELD,
        question="hours_by_client",
    ),
    Term(
        id="titulaire",
        name=N_("Titulaire"),
        definition=N_("Entreprise à qui le marché est confié\u202f; le mandataire dans un groupement."),
        source=_FIELD,
    ),
    Term(
        id="heures-prevues",
        name=N_("Heures prévues"),
        definition=N_(
            "Estimation faite avant la notification. Elles ne sont jamais comprises dans les heures engagées."
        ),
        source=_FIELD,
    ),
    Term(
        id="heures-engagees",
        name=N_("Heures engagées"),
        definition=N_(
            "Obligation inscrite au contrat à la date des données, avenants compris, de tous les lots notifiés\u00a0: en cours, suspendus, soldés ou résiliés, ni prévus ni abandonnés. Une obligation inconnue n’est pas une obligation nulle\u00a0: elle n’est pas comptée. Le taux de réalisation porte sur moins de lots\u00a0: ses deux termes sont donnés à côté de lui."
        ),
        formula=N_("Somme des heures engagées des lots notifiés."),
        source=_FIELD,
        question="headline",
    ),
    Term(
        id="heures-declarees",
        name=N_("Heures déclarées"),
        definition=N_(
            "Heures que l’entreprise a déclarées pour un mois travaillé. Une ligne négative est une correction."
        ),
        source=_FIELD,
    ),
    Term(
        id="heures-validees",
        name=N_("Heures validées, ou réalisées"),
        definition=N_(
            "Heures que le facilitateur a acceptées après contrôle de l’éligibilité et des justificatifs. C’est la seule mesure du mot «\u00a0réalisées\u00a0», et celle des jalons, sauf de ceux qui sont fixés en heures engagées."
        ),
        formula=N_(
            "Somme des heures validées des lots comptés dans le total, sans les doublons ni les lignes sans lot connu."
        ),
        source=_FIELD,
        question="hours_by_month",
    ),
    Term(
        id="heures-en-attente",
        name=N_("Heures en attente"),
        definition=N_(
            "Heures déclarées et pas encore validées. Elles sont montrées à part et ne s’ajoutent jamais en silence aux heures réalisées."
        ),
        formula=N_("Somme des heures déclarées des lignes à l’état «\u00a0déclarée\u00a0» sans heures validées."),
        source=_FIELD,
        question="headline",
    ),
    Term(
        id="annee",
        name=N_("Année, mois"),
        definition=N_(
            "Ceux où les heures ont été travaillées\u00a0: les heures de décembre déclarées en février sont de décembre."
        ),
        source=_FIELD,
        question="hours_by_year",
    ),
    Term(
        id="provisoire",
        name=N_("Mois provisoire"),
        definition=N_(
            "Mois dont les déclarations arrivent encore, jusqu’à ce que le délai des réglages (deux mois par défaut) soit passé depuis sa fin, à la date des données\u00a0: au 31 octobre comme au 1ᵉʳ novembre, septembre est provisoire et août est complet. Un mois provisoire n’est jamais comparé."
        ),
        source=_LOCAL,
        question="hours_by_month",
    ),
    Term(
        id="revisions",
        name=N_("Révisions"),
        definition=N_(
            "Ce qui change d’une publication à la suivante dans les heures déjà publiées\u00a0: déclarations et validations tardives (ajoutées), corrections (corrigées), lots apparus, lots disparus. Pour un lot et une année, seul l’écart net est connu\u00a0: ajouté s’il est positif, corrigé s’il est négatif. Un lot apparaît ou disparaît au sein des droits et des filtres du lecteur."
        ),
        formula=N_("Écart = heures après − heures avant = ajoutées + corrigées + apparues + disparues."),
        source=_LOCAL,
        question="changes_since",
    ),
    Term(
        id="evolution",
        name=N_("Évolution sur un an"),
        definition=N_(
            "Une année est comparée sur ses mois complets aux mêmes mois de l’année précédente, et leur nombre est donné. L’évolution de l’année entière est vide pour une année en cours, quand la précédente n’est pas entière dans les données, ou quand elle est sans heures. Elle n’est pas affichée quand des corrections rendent négative l’une des deux sommes."
        ),
        formula=N_(
            "(heures des mois comparés − heures des mêmes mois un an avant) ÷ heures des mêmes mois un an avant, sur les valeurs exactes."
        ),
        source=_FIELD,
        question="hours_by_year",
    ),
    Term(
        id="jalon",
        name=N_("Jalon"),
        definition=N_(
            "Cible en heures\u00a0: toutes les heures, ou celles d’un maître d’ouvrage, d’un type de clause, d’une année."
        ),
        formula=N_("Cumul ÷ cible. Le mois du passage est le premier où le cumul atteint la cible."),
        source=_LOCAL,
        question="milestone_progress",
    ),
    Term(
        id="solde-d-ouverture",
        name=N_("Solde d’ouverture"),
        definition=N_(
            "Heures réalisées avant le début de l’extraction. Sans lui, un cumul serait faux. Il n’est ajouté que si aucun filtre n’est posé, sauf sur les années\u202f; celui d’un maître d’ouvrage, qui en est une part, que si seuls les maîtres d’ouvrage et les années sont filtrés."
        ),
        source=_LOCAL,
        question="hours_by_month",
    ),
    Term(
        id="projection",
        name=N_("Projection"),
        definition=N_(
            "Estimation du mois où un jalon sera atteint\u00a0: un intervalle qui contient la bonne date huit fois sur dix. «\u00a0Pas avant\u00a0» (neuf fois sur dix) quand aucun dernier mois ne peut être donné\u202f; «\u00a0trop tôt pour dire\u00a0» avant 36 mois complets\u202f; «\u00a0non projetable\u00a0» sans heures depuis douze mois, avec plus de six mois sans heures sur 24, des déclarations en retard, ou un terme à plus de dix ans."
        ),
        formula=N_(
            "Heures restantes ÷ rythme des douze derniers mois complets. L’intervalle s’élargit avec la durée\u00a0: rythme × exp(± écart × √(mois ÷ 12)), où l’écart réunit les variations d’un mois à l’autre (deux ans) et d’une année à l’autre (dix ans). Pour un objectif annuel\u00a0: 1,28 × écart × √((12 + mois restants) ÷ 24)."
        ),
        source=_LOCAL,
        question="milestone_progress",
    ),
    Term(
        id="heures-encore-dues",
        name=N_("Heures encore dues"),
        definition=N_(
            "Ce que les lots en cours doivent encore\u00a0: leurs heures engagées moins leurs heures réalisées, sur toute leur vie. Une obligation n’est pas toujours remplie en entier\u00a0: le taux de réalisation des lots soldés le montre."
        ),
        formula=N_("Somme des heures engagées − heures réalisées des lots en cours qui n’ont pas tout fait."),
        source=_FIELD,
        question="hours_still_owed",
    ),
    Term(
        id="taux-de-realisation",
        name=N_("Taux de réalisation"),
        definition=N_(
            "Part des heures engagées qui a été réalisée, à la date des données, sur toute la vie des lots. Il dépasse 100\u00a0% quand les entreprises font plus que leur obligation. Avec un filtre d’années ou de modalité, il est celui des lots actifs ces années-là, ou qui ont de telles heures."
        ),
        formula=N_(
            "Somme des heures validées ÷ somme des heures engagées des mêmes lots\u00a0: obligation en heures, lot en cours ou soldé. Le nombre des autres lots est donné. C’est un rapport de sommes, jamais une moyenne de taux."
        ),
        source=_FIELD,
        question="headline",
    ),
    Term(
        id="rythme-attendu",
        name=N_("Rythme attendu, écart"),
        definition=N_(
            "Heures qu’un lot aurait à la fin du dernier mois complet si son obligation était répartie également du début à la fin. L’écart est ce qui a été réalisé pendant les mois complets, moins ce qui était attendu. L’effort d’un lot en cours est ce qui lui reste à faire, par mois jusqu’à sa fin, à côté de la moyenne de ses trois meilleurs mois complets d’affilée. Calculé seulement pour un lot en cours ou soldé dont l’obligation est un nombre d’heures et dont les deux dates sont connues."
        ),
        formula=N_(
            "Heures engagées × jours passés ÷ durée en jours, de 0 avant le début à toutes les heures engagées après la fin."
        ),
        source=_FIELD,
        question="lot_months",
    ),
    Term(
        id="alerte",
        name=N_("Alerte d’un lot"),
        definition=N_(
            "La première qui s’applique, à la fin du dernier mois complet et avec les heures des mois complets. Terminé sans toutes ses heures\u00a0: soldé ou arrivé à terme en dessous de l’obligation. Fin proche\u00a0: en cours, fin dans peu de jours, alors qu’il manque plus d’une certaine part de l’obligation. Pas démarré\u00a0: aucune heure, même en attente, après une certaine part de la durée. En retard\u00a0: après cette part de la durée, moins d’une certaine part des heures attendues. Au-delà de l’obligation\u00a0: plus d’heures que l’obligation. Fin proche, pas démarré et en retard appellent une relance. Ces jours et ces parts sont fixés dans les réglages."
        ),
        source=_LOCAL,
        question="lots",
    ),
    Term(
        id="beneficiaires",
        name=N_("Bénéficiaires"),
        definition=N_(
            "Personnes distinctes dont la somme des heures validées dépasse 0 dans la période et le filtre. Elles ne s’additionnent pas\u00a0: une même personne peut travailler plusieurs années, pour plusieurs maîtres d’ouvrage. Leur nombre est arrondi à 5 près, ou non communiqué (secret statistique), et donné pour un filtre à la fois."
        ),
        formula=N_("Nombre d’identifiants distincts dont la somme des heures validées est positive."),
        source=_FIELD,
        question="headline",
    ),
    Term(
        id="caracteristiques",
        name=N_("Publics, caractéristiques des personnes"),
        definition=N_(
            "Sexe, âge à l’entrée, formation, critère principal et critères d’éligibilité. Ce sont celles de l’entrée\u00a0: la première renseignée pour la personne, si bien que le profil d’une année passée ne change plus. Les critères se recoupent\u00a0: une personne peut en remplir plusieurs, et leurs parts ne s’additionnent pas. Les parts sont des personnes ou des heures\u00a0: le titre dit lesquelles."
        ),
        formula=N_("Personnes qui ont la caractéristique ÷ toutes les personnes de la période et des filtres."),
        source=_FIELD,
        question="people_by_trait",
    ),
    Term(
        id="sortie-dynamique",
        name=N_("Sortie dynamique, sortie durable"),
        definition=N_(
            "Une personne sort une fois, à la fin du dernier contrat de travail dont la fin est renseignée\u202f; une fin à venir n’est pas une sortie, et une personne qui a des heures un mois suivant est revenue. La sortie est dynamique en emploi durable (CDI, CDD ou intérim de plus de 6 mois, création d’activité), en emploi de transition (CDD ou intérim de 6 mois au plus, contrat aidé) ou positive (formation qualifiante, autre structure d’insertion)\u202f; «\u00a0positive\u00a0» n’est que la dernière des trois. Une situation qui devait être observée et ne l’a pas été est inconnue\u202f; elle n’entre pas dans le taux, et sa part est donnée à côté. Une observation à 6 ou 12 mois qui n’est pas encore due n’est pas comptée. Les filtres d’années portent sur l’année de la sortie."
        ),
        formula=N_(
            "(durable + transition + positive) ÷ situations connues\u202f; durable ÷ situations connues\u202f; inconnues ÷ toutes les sorties à observer."
        ),
        source=_FIELD,
        question="exits_by_point",
    ),
    Term(
        id="secret-statistique",
        name=N_("Secret statistique, «\u00a0n.c.\u00a0»"),
        definition=N_(
            "Pour que personne ne puisse être reconnu, les nombres de personnes et de contrats de travail sont arrondis au hasard à l’un des deux multiples de 5 voisins, et les petits nombres ne sont pas communiqués (n.c.), avec ceux qui permettraient de les retrouver par soustraction. Ils sont donnés pour l’ensemble ou pour une seule valeur d’un seul filtre, pour une année ou pour toutes, jamais pour une réunion de valeurs. Un nombre ne change que si cinq personnes au moins ont changé, et de deux populations presque identiques une seule est donnée. Les parts et les moyennes sont calculées sur les nombres arrondis\u00a0: des parts peuvent ne pas faire 100\u00a0%. Les heures des marchés sont publiques, et toujours exactes."
        ),
        formula=N_(
            "Un nombre est arrondi vers le haut avec une probabilité égale à son écart au multiple de 5 inférieur, divisé par 5\u00a0: en moyenne, l’arrondi ne change rien. Sont cachés les arrondis qu’un nombre inférieur au seuil pourrait donner."
        ),
        source=N_(
            "Méthode de la clé par cellule (Fraser et Wooton, 2005\u202f; Eurostat)\u202f; seuils dans data/settings.toml"
        ),
    ),
    Term(
        id="etp",
        name=N_("ETP (équivalent temps plein)"),
        definition=N_(
            "Heures réalisées rapportées à une année de travail. Le diviseur est un réglage\u00a0: 1\u202f607\u00a0h (durée légale), 1\u202f600\u00a0h (consolidation nationale), 1\u202f820\u00a0h (Paris)."
        ),
        formula=N_("Heures validées ÷ diviseur."),
        source=_LOCAL,
        question="headline",
    ),
    Term(
        id="compte-au-total",
        name=N_("Compté dans le total"),
        definition=N_(
            "Convention locale\u00a0: les heures d’un lot entrent dans le total, ou sont comptées à part. Par défaut, celles des obligations de moyens (formation, stage) n’y entrent pas."
        ),
        source=_LOCAL,
    ),
    Term(
        id="type-de-clause",
        name=N_("Type de clause"),
        definition=N_("Catégorie stable, quel que soit l’article en vigueur à la date du marché."),
        source=_CODE,
        question="hours_by_clause_and_year",
    ),
    Term(
        id="commune",
        name=N_("Commune"),
        definition=N_(
            "Trois notions distinctes\u00a0: commune du maître d’ouvrage, commune d’exécution des travaux, commune de résidence de la personne (donnée personnelle). Chaque libellé dit laquelle."
        ),
        source=N_("Code officiel géographique de l’Insee"),
        question="hours_by_commune",
    ),
    Term(
        id="consideration-sociale",
        name=N_("Part des marchés avec considération sociale"),
        definition=N_(
            "Part de tous les marchés notifiés, et non des seuls lots à clause, qui comportent une clause sociale, un critère social ou qui sont réservés. Les marchés sans information restent au dénominateur, et leur nombre est donné. Elle n’est pas calculable quand aucun n’est renseigné, et ne l’est qu’avec les données essentielles de la commande publique (DECP), où un marché modifié garde sa première date de notification et compte une fois."
        ),
        formula=N_("Marchés avec une considération sociale ÷ tous les marchés notifiés."),
        source=N_("DECP, arrêtés du 22 décembre 2022\u202f; Plan national pour des achats durables 2022-2025"),
        question="social_share_by_year",
    ),
    Term(
        id="seuils-europeens",
        name=N_("Condition sociale au-dessus des seuils européens"),
        definition=N_(
            "Au-dessus des seuils européens, un marché comporte une condition d’exécution relative au domaine social ou à l’emploi, sauf exception motivée. Le montant comparé est celui de la notification\u202f; le seuil dépend de la date, de la nature du marché et de l’acheteur. Quand l’un d’eux est inconnu, le seuil le plus bas est retenu et la réserve est indiquée."
        ),
        source=N_("Code de la commande publique, article L2112-2-1\u202f; avis relatifs aux seuils de procédure"),
        question="contracts_without_social_condition",
    ),
    Term(
        id="spaser",
        name=N_("Indicateurs du SPASER"),
        definition=N_(
            "SPASER\u00a0: schéma de promotion des achats publics socialement et écologiquement responsables. Ses indicateurs\u00a0: part des marchés notifiés avec une considération sociale, en nombre et en valeur, et marchés réservés, à qui. La valeur est le montant à la notification, hors taxes\u00a0: un accord-cadre y compte pour son maximum, un marché de plusieurs années pour toute sa durée, une concession pour sa valeur. Ce ne sont pas des dépenses, et c’est aux dépenses de l’année que le seuil du SPASER s’applique. Un marché de montant inconnu ou nul compte en nombre seulement. Les DECP disent qu’un marché est réservé\u202f; le lot de même numéro dit à qui."
        ),
        formula=N_("Montants notifiés avec une considération sociale ÷ tous les montants notifiés."),
        source=N_("DECP, arrêtés du 22 décembre 2022\u202f; décret n°\u00a02022-767 du 2 mai 2022"),
        question="spaser_indicators_by_year",
    ),
    Term(
        id="anomalies",
        name=N_("Anomalies"),
        definition=N_(
            "Lignes ou lots qui posent question. Elles n’arrêtent pas une publication\u00a0: elles sont comptées, pesées en heures et listées. Les doublons et les lignes sans lot connu sont hors des totaux\u202f; les autres y sont."
        ),
        source=_LOCAL,
        question="anomalies",
    ),
)


# The columns that are the figure of a term, and not merely related to it.
_FIGURES: Final = {
    "change_ratio": "evolution",
    "completion_closed_ratio": "taux-de-realisation",
    "completion_ratio": "taux-de-realisation",
    "completion_running_ratio": "taux-de-realisation",
    "expected_hours": "rythme-attendu",
    "fte": "etp",
    "hours_pending": "heures-en-attente",
    "hours_to_date": "heures-validees",
    "hours_validated": "heures-validees",
    "participants": "beneficiaires",
    "pending_to_date": "heures-en-attente",
    "same_months_change_ratio": "evolution",
    "social_ratio": "consideration-sociale",
}


def formula_of(column: str) -> str:
    """The formula of the figure that a column of an answer is, as a message; empty where there is none."""
    return next((term.formula for term in TERMS if term.id == _FIGURES.get(column)), "")


def show_term(term: Term) -> None:
    """One definition, readable and searchable in the page, with the query that computes it folded below."""
    words = reading().words
    lines = [words.say(term.definition)]
    if term.formula:
        lines.append(words.named(words.say("Formule"), words.say(term.formula)))
    if term.source:
        lines.append(words.named(words.say("Source"), words.say(term.source)))
    st.header(words.say(term.name), anchor=term.id)
    st.html(html("parts/templates/term.html", lines=lines))
    if term.question:
        with st.expander(words.say("La requête SQL")):
            # Lines wrap: a frame that scrolls could not be reached with the keyboard.
            st.code(question(term.question).sql, language="sql", wrap_lines=True)
