"""Which words may be parts of a Dutch compound, and which only look like it."""

from __future__ import annotations

import re

# Parts of three letters are too often chance; these are productive as first or middle part.
SHORT_PARTS: frozenset[str] = frozenset(
    """
    aow app arm bad bar bed bel bon bos bso bus dag dak eco eis fit gas ggd ggz gok gym hbo
    hof ict jas kap kas lab les lid mbo mee min mob nek nul oog oor ouw pgb pin poh rol rug
    stek tas tol ton tv uur vak val vet vis vwo web weg wet wia wmo zak zee zin zit zon
    """.split()
)

# And these as the last.
SHORT_HEADS: frozenset[str] = frozenset(
    """
    app arm bad bed bos bus dag dak eis gas hal hof kas les lid net pas uur vak weg wet zin
    """.split()
)

# Parts that hardly stand alone, so that word lists do not have them.
BOUND_PARTS: frozenset[str] = frozenset(
    """
    beleving gerechtigde gerechtigden houder houders mijder mijders mijding preventie soos
    trekker trekkers verlater verlaters verleend verlener verleners zoekende zoekenden
    """.split()
)

# Prefixes and particles: what follows them makes a derived word, not a compound.
PREFIXES: frozenset[str] = frozenset(
    """
    achter alle allen altijd ander anti binnen boven buiten daar deze door eens eigen elke
    even gelijk haar hadden haven heel heen hier hoge hoog hooge inter jouw laag lage lang
    langs maar maxi mede meer midden mijn mini multi naar naast neer niet nooit onder onze
    open over rond samen super tegen tele terug toch trans tussen ultra vast veel vele volg
    voor voort vrij waar want ware waren weder weer werd word zelf zich zijn zoals
    """.split()
)

# Endings, pieces of names and forms that make no compound, though they are words by themselves.
NO_PARTS: frozenset[str] = frozenset(
    """
    aars achtig achtige ages aren ares arie aris arme asten atie aties baar baat bare berge
    bergen bevol boden bosch bracht brengen brengt buit burg cies dacht dachte dalen delig
    delige deren ders diende dient doen doet doorn draagt dragen drukt eerd eerde eert egaal
    eind einden elen elijk elijke eling ende enden enten eraf erbij eren erend erij erijen
    erland eurs even ever function gaan gegeven gekomen gemaakt genee genees genomen gesp
    gestel geven gevend gevende gever gevers geving gevonden graven halve having hebbend heden
    heer heeren heid horst houden houdend houdt houten hoven inge ingen isch ische iteit
    jaarlijks jaarlijkse jarig jarige kapelle kering komen komend komende komt koop krijgen
    krijgt kundig kundige lans lansing late laten leiden leidt liggend liggende lijk lijke
    lijks lingen loopt loos lopen lopend lopende loze lozen maakt maar maken mate matig matige
    matigheid meester meesters ment menten mond name namen neemt nemen nemer nemers neren
    nether niet nomen noorder norma omge onder onthe ontwik ooster over pingen rade raging
    reik richt richten ridder rijk rijke ring ringen schap schappelijk schappelijke schappen
    schrijven sels sies sluit sluiten spreken staan staand staande staat standen stede stein
    steld stellen stelt ster sters stond talig talige tallig tegens teit teiten tering teur
    teurs tief ties tijdig treden treedt trekken trekt twente vallen vallend valt veen verant
    vereni vergoed vermin versla versta verwij vesting vinden voerd voerde voeren voert volle
    waal waard waarts weert wester wijst wijze wijzen wording woude wouden zaam zame zamen
    zeggen zetten zien ziet zijdig zuider
    """.split()
)

# Ends of derived words: "ring" of "waardering", "lijk" of "bestuurlijk".
FRAGMENT = re.compile(r"^.ing(?:en|s)?$|^..?ingen$|^.{0,3}(?:lijke?|heid|schap)$")

# Words that are more than their parts, or are two words by chance only; with their inflections and
# as parts of longer words they stay whole.
WHOLE: frozenset[str] = frozenset(
    """
    aandeel aanwezig behandeling bestuur bestuurder bondgenoot boodschap burgemeester
    daadwerkelijk dagelijks doelmatig doelmatigheid doeltreffend doeltreffendheid draagvlak
    echtscheiding eenheid eenvoudig eenzaam gereedschap grondslag handeling hoofdzakelijk
    huisgenoot huishoud huishouden huishouding huiskamer huisvesting huiswerk indicator
    jaarlijks kantoor landschap leeftijd maaltijd maatregel maatwerk mantelzorg mantelzorger
    medewerker nadeel netwerk noodzaak noodzakelijk oordeel plaatsvinden rechtstreeks
    rechtvaardig regeling reikwijdte rekening rekenschap rolstoel scootmobiel standpunt
    stelling tijdelijk traplift vertraging voorbeeld voordeel vooroordeel werkelijk
    werkelijkheid wetenschap wethouder woonwagen zakelijk
    """.split()
)

# Names of places that could be read as compounds.
NAMES: frozenset[str] = frozenset(
    """
    amstelveen barendrecht berkelland beverwijk dinkelland geertruidenberg
    gelderland haaglanden hardenberg harderwijk ijsselstreek kennemerland kerkrade laarbeek
    landgraaf landsmeer leiderdorp maasdriel maasgouw maassluis meierijstad moerdijk
    molenlanden nieuwkoop noordenveld noordoostpolder noordwijk noordwijkerhout nootdorp
    oosterhout ooststellingwerf oudewater rivierenland simpelveld smallingerland stadskanaal
    steenwijkerland twenterand vandenberg waalwijk waterland westerkwartier
    westfriesland westland weststellingwerf wijdemeren winterswijk wormerland woudenberg
    zuidplas zwartewaterland
    """.split()
)
