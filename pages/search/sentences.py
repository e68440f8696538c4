"""The sentences of the search."""

from collections.abc import Sequence

from data.words import Words
from pages.search.results import AT_MOST, Kind
from pages.search.wanted import Wanted


def answer_text(query: Wanted, kinds: Sequence[Kind], words: Words) -> str:
    """The figure of the first result where it has one, and how many others there are; what to type where there is nothing."""
    if not query.words:
        return words.say(
            "Un nom, une commune, un numéro de marché, un SIRET ou un mot\u202f; ajoutez une année pour ses heures."
        )
    count = sum(kind.count for kind in kinds)
    if not count:
        return words.say("Rien n’a ce nom ni ce numéro parmi ce que vous pouvez voir. Essayez un mot plus court.")
    answer = kinds[0].results[0].answer
    if not answer:
        return words.say_count("{n} résultat.", "{n} résultats.", count)
    if count == 1:
        return answer
    others = words.say_count("{n} autre résultat.", "{n} autres résultats.", count - 1)
    return f"{answer} {others}"


def more_text(kind: Kind, words: Words) -> str:
    """The number of a kind's results beyond the list."""
    return words.say_count("{n} autre", "{n} autres", kind.count - AT_MOST)
