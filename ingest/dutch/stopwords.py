"""Words that carry no subject: function words, and words that only frame a question."""

from __future__ import annotations

_ARTICLES_AND_PRONOUNS = """
de het een ik je jij jou jouw u uw hij hem zijn zij ze haar wij we ons onze jullie hun hen
mij me mijn m'n z'n d'r zich zichzelf elkaar mezelf jezelf onszelf dit dat deze die degene
diegene datgene zo'n zulke zulk dergelijke zelf zelfs iemand niemand iets niets alles allen
ieder iedere iedereen elk elke enkele paar enige enig sommige wie wiens wier wat welk welke hoeveel
men er hier daar ergens nergens overal
"""
_PREPOSITIONS = """
aan af achter bij binnen boven buiten door in inzake jegens langs met middels mits na naar naast
nabij om omtrent ondanks onder op over per qua rond rondom samen sinds te ten ter tegen
tegenover tijdens tot tussen uit van vanaf vanuit vanwege via volgens voor voorbij zonder toe
mee heen
"""
_CONJUNCTIONS = """
en of maar want dus doch noch als dan toen terwijl omdat doordat zodat opdat hoewel ofschoon
tenzij indien mits zodra nadat voordat aangezien zoals evenals alsook alsmede danwel
respectievelijk wanneer waarom hoe waar waarbij waarin waarmee waarop waaruit waarvan waarvoor
waardoor waarover waaronder waaraan waarna waartoe daarbij daarin daarmee daarop daaruit daarvan
daarvoor daardoor daarover daaronder daaraan daarna daarom daarnaast daarentegen daartoe hierbij
hierin hiermee hierop hieruit hiervan hiervoor hierdoor hierover hieronder hieraan hierna
hiertoe ervan ervoor erop erin eruit ermee erbij erover erdoor eraan
"""
_VERBS = """
is ben bent was waren geweest wezen zijn heb hebt heeft had hadden hebben gehad word wordt werd
werden worden geworden zal zult zullen zou zouden kan kun kunt kunnen kon konden mag mogen mocht
mochten moet moeten moest moesten wil wilt willen wilde wilden wou hoef hoeft hoeven ga gaat
gingen ging doe doet doen deed deden gedaan blijf blijft blijven bleef bleven laat laten liet
lieten komt komen kwam kwamen gekomen
"""
_ADVERBS = """
niet geen wel ook nog al reeds weer steeds altijd nooit ooit soms vaak meestal zeer erg heel te
veel weinig meer meest minder minst zo dan nu toen straks net pas even eens juist vooral onder
ander andere anderen anders ongeveer circa bijna slechts alleen enkel echter immers overigens
bovendien tevens eveneens namelijk bijvoorbeeld evenwel desondanks desalniettemin althans
daarentegen toch maar verder vervolgens tenslotte ten slotte mede waarschijnlijk wellicht
misschien eventueel ja nee bv bijv etc enz enzovoort ca resp
"""

STOP_WORDS: frozenset[str] = frozenset(
    (_ARTICLES_AND_PRONOUNS + _PREPOSITIONS + _CONJUNCTIONS + _VERBS + _ADVERBS).split()
)
"""Function words, as `words` gives them; they are neither indexed nor searched."""

QUESTION_WORDS: frozenset[str] = frozenset(
    """
    welk welke hoeveel wat wie waar wanneer waarom hoe hoezo hoelang hoevaak waarvoor waarover
    gaan gaat ging gegaan staan staat stond staand vermeld vermelden vermeldt noem noemt noemen
    genoemd zeg zegt zeggen gezegd vertel vertelt vertellen geef geeft geven beschrijf beschrijft
    beschrijven beschreven beschrijving betekent betekenen betekenis bedoel bedoelt bedoeld bedoelen
    leg legt uitleg uitleggen toelichten toelichting opsommen opsomming som lijst lijstje overzicht
    document documenten tekst teksten bron bronnen pagina bladzijde
    weet weten kennen vind vindt vinden gevonden zoek zoekt zoeken toon tonen laat zien
    antwoord antwoorden informatie iets precies eigenlijk allemaal alle
    vraag vragen graag alsjeblieft alstublieft svp bedankt dank hallo hoi goedemorgen goedemiddag
    houdt houden inhoudt inhouden heet heten luidt luiden volgens betreffende betreft omtrent
    verschil verschilt verschillen vergelijk vergelijken krijg krijgt krijgen begin beginnen
    sprake genoemde bestaat bestaan zit zitten
    mn zn nou effe effen ofzo enzo vd ipv evt tegenwoordig
    """.split()
)
"""Words that only frame a question ("welke", "gaan", "document"); dropped from questions."""
