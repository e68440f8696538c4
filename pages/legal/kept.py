"""What is kept of readers, in sentences."""

from pages.parts.read import Reading


def kept_of_readers(current: Reading) -> list[str]:
    """The trace and the cookies of a server; of the public edition, that it has neither."""
    words, days = current.words, current.settings.trace.days
    if current.edition is not None:
        return [
            words.say("Ces pages n’ont ni script ni cookie, et ne demandent rien à un autre site."),
            words.say("Le serveur web qui les donne peut tenir son propre journal\u202f; l’hébergeur en répond."),
        ]
    return [
        words.say_count(
            "Le journal des accès garde {n} jour qui a demandé quels chiffres, quand et avec quels filtres\u202f; jamais les chiffres eux-mêmes.",
            "Le journal des accès garde {n} jours qui a demandé quels chiffres, quand et avec quels filtres\u202f; jamais les chiffres eux-mêmes.",
            days,
        )
        if days
        else words.say("Aucun journal des accès n’est tenu."),
        words.say("Sans identification, ce journal ne contient aucun nom ni aucune adresse."),
        words.say(
            "Les seuls cookies servent à la session\u00a0: vous identifier, et garder la connexion avec le serveur. Ils ne demandent pas votre accord."
        ),
        words.say(
            "Votre navigateur garde pour vous seul, sans rien envoyer : la commune ou le maître d’ouvrage que vous lui demandez de retenir,"
            " que la visite a été lue, que la touche / est désactivée."
        ),
    ]
