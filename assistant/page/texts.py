"""The fixed Dutch texts of the page, in one place so that they can be read and corrected."""

from __future__ import annotations

from dataclasses import dataclass

from ingest.documents import LinkKind

TITLE = "Beleidswijzer"
PURPOSE = (
    "Stel een vraag over de beleidsdocumenten van de gemeente. "
    "U krijgt een antwoord waarin elke uitspraak een bewijsplaats heeft."
)
NOTICE_TITLE = "Let op: een geautomatiseerd systeem geeft hier antwoord"
NOTICE_EXTRACTIVE = (
    "De antwoorden bestaan uit letterlijke zinnen uit de documenten. "
    "Het systeem kan iets missen of een verkeerde zin kiezen: controleer altijd de bron. "
    "Uw vragen blijven op de computer waarop de Beleidswijzer draait."
)
TAB_ASK = "Vragen"
TAB_REGISTER = "Doelen en afspraken"
REGISTER_FILTER = "Kies uit de doelen en afspraken"
REGISTER_RESET = "Wis de keuze"
REGISTER_IMPLIED = "Ook zinnen die niet als doel of uitgangspunt zijn aangekondigd"
REGISTER_BY_WORDING = "aan de bewoording; de tekst kondigt het niet zo aan"
REGISTER_SAVE = "Bewaar deze lijst als"
REGISTER_NONE = "Niets gevonden. Kies minder, of wis de keuze."
REGISTER_PICTURE = "Beeld: hoe vaak elk onderwerp in elk document voorkomt"
REGISTER_TIME = "Tijdlijn: wat er door de jaren heen met een doel of advies gebeurde"
REGISTER_TIME_NAME = "Het begon met"
REGISTER_TIME_MORE = "Er zijn nog {more}. Kies een onderwerp of een gemeente om die te zien."
REGISTER_THREAD_ONE = "lijn"
REGISTER_THREAD_MANY = "lijnen"
REGISTER_LOADING = "De lijst wordt opgehaald."
REGISTER_ONE = "Uitspraak"
REGISTER_EMPTY = "Kies een regel om te zien waar die staat en waarmee die samenhangt."
REGISTER_GONE = "Deze uitspraak staat niet meer in de documenten. Haal de lijst opnieuw op."
REGISTER_THREAD = "Samenhang"
REGISTER_NO_THREAD = "Voor deze uitspraak is geen samenhang met andere gevonden."
# The same link, told from the other end.
REGISTER_BACK = {
    LinkKind.MEASURES: "wordt gemeten met",
    LinkKind.ANSWERS: "antwoord:",
    LinkKind.REPEATS: "wordt herhaald:",
    LinkKind.SUCCEEDS: "krijgt als vervolg",
    LinkKind.JUDGES: "oordeel:",
}
OPEN_SOURCE = "Open het origineel op deze plaats"
TAB_DOCUMENTS = "Documenten"
ADD_TITLE = "Documenten toevoegen"
ADD_DROP = "Sleep bestanden hierheen, of"
ADD_CHOOSE = "Kies bestanden"
ADD_LIMIT = (
    "Pdf, Word, OpenDocument, RTF, webpagina, Markdown, tekst, Excel, CSV, e-mail of ZIP; "
    "hoogstens {most} MB per bestand. De bestanden blijven op de computer waarop de "
    "Beleidswijzer draait. Een bestand met dezelfde naam vervangt het vorige."
)
ADD_TOO_LARGE = "dit bestand is te groot: hoogstens {most} MB. Splits het in delen."
ADD_FAILED = "dit bestand kon niet worden bewaard: {error}"
ADD_CANCEL_ALL = "Stop met alles"
ADD_CLEAR = "Ruim deze lijst op"
ADD_PASSWORD = "Wachtwoord van dit bestand"
ADD_UNLOCK = "Probeer opnieuw"
DOCUMENT = "Document"
DOCUMENT_EMPTY = "Kies in de lijst een document om te zien wat ervan gelezen is."
DOCUMENT_NOTHING = "Dit bestand bevat geen tekst om in te zoeken."
DOCUMENT_TWIN = "Dit bestand was er al, als '{title}'. Het telt als één document met twee namen."
DOCUMENT_FAULT = "Er ging in het programma iets mis. Probeer het opnieuw."
DOCUMENT_CHANGING = "De gegevens worden bewaard."
DOCUMENT_CHANGED = "De gegevens van '{title}' zijn bewaard."
DOCUMENT_REMOVING = "Het document wordt verwijderd."
DOCUMENT_REMOVED = "'{title}' is verwijderd."
DOCUMENT_NOTES = "Let op"
DOCUMENT_NEAR = (
    "Dit lijkt sterk op '{title}': {share:.0%} van de tekst is gelijk. Is het een andere versie, "
    "kies die dan bij 'Vervangt'."
)
DOCUMENT_PERSONAL = "Persoonsgegevens"
DOCUMENT_PERSONAL_TEXT = (
    "In dit document staan gegevens die van een persoon kunnen zijn. Kijk of ze hier mogen staan. "
    "Staan ze er niet goed, vervang het document dan door een versie zonder die gegevens."
)
DOCUMENT_TEXT = "Bekijk de gelezen tekst"
DOCUMENT_ORIGINAL = "Download het origineel"
DOCUMENT_DATA = "Gegevens"
DOCUMENT_GUESSED = (
    "Wat 'geraden' heet, heeft de computer uit het document gehaald. Als u bewaart, geldt alles "
    "zoals het hier staat."
)
DOCUMENT_GIVEN = "Deze gegevens zijn door iemand ingevuld."
DOCUMENT_SAVE = "Bewaar de gegevens"
DOCUMENT_REPLACE = "Vervang door een nieuwe versie"
DOCUMENT_REMOVE = "Verwijder dit document"
DOCUMENT_SURE = "Weet u het zeker?"
DOCUMENT_SURE_TEXT = (
    "Weet u het zeker? Van dit document blijft in de Beleidswijzer niets over. Een bestand dat "
    "hier is toegevoegd, wordt gewist; een bestand in de map van de beheerder blijft daar staan, "
    "maar wordt overgeslagen."
)
DOCUMENT_YES = "Ja, verwijder het"
DOCUMENT_NO = "Nee, laat het staan"
GUESSED = "geraden"

CONVERSATION = "Gesprek"
EVIDENCE = "Bewijs"
EVIDENCE_EMPTY = (
    "Hier ziet u straks de bewijsplaats. Kies een nummer in het antwoord: "
    "de zin staat dan gemarkeerd in zijn omgeving."
)
EVIDENCE_NONE = "Bij dit antwoord hoort geen bewijsplaats."
EVIDENCE_RENEWED = (
    "Dit document is na uw vraag opnieuw ingelezen of weggehaald. Stel de vraag opnieuw."
)
EVIDENCE_GONE = (
    "Dit antwoord staat niet meer in het geheugen van de Beleidswijzer. Stel de vraag opnieuw."
)
BACK_TO_ANSWER = "Terug naar het antwoord"
WELCOME = "Stel uw vraag hieronder, of begin met een voorbeeld."
QUESTION_LABEL = "Uw vraag"
QUESTION_HINT = "Typ hier uw vraag"
SEND = "Stel de vraag"
NEW_CONVERSATION = "Nieuw gesprek"
EXAMPLES = "Voorbeeldvragen"
WORKING = "De documenten worden doorzocht…"

REMINDER = "Een geautomatiseerd systeem geeft antwoord. Controleer altijd de bron."
SKIP = "Ga meteen naar het vraagvak"

FILTER = "In welke documenten zoeken?"
FILTER_LABEL = "Gekozen documenten"
FILTER_ALL = "Alle documenten kiezen"
FILTER_NONE = "Geen document kiezen"

COPY = "Antwoord kopiëren"
SAVE_MARKDOWN = "Opslaan als tekst (Markdown)"
PLAIN = "In eenvoudige taal (B1)"
PLAIN_TERMS = "Wat de woorden betekenen"
PLAIN_READS = (
    "Leesbaarheid, van 0 tot 100: eerst {before} ({before_words}), nu {after} ({after_words})."
)
PLAIN_BEFORE = "Het antwoord zoals het eerst was"
PLAINER = (
    "Het taalmodel {model} herschrijft dit antwoord in eenvoudige taal. "
    "Elke zin wordt gecontroleerd."
)
SAVE_JSON = "Bewaren met alle bewijs (JSON)"
WRITING = "Het taalmodel {model} verwoordt dit antwoord. Elke zin wordt gecontroleerd."
STOP_WRITING = "Stop"
TAB_MODEL = "Taalmodel"
MODEL_TEST = "Test de verbinding"
SECOND_ON = (
    "aan: na de controle vragen wij het taalmodel of elke zin in het bewijs staat; zegt het nee, "
    "dan vervalt de zin"
)
SECOND_OFF = "uit; met de instelling llm_second_check = true zet u het aan"
MODEL_TESTING = (
    "De verbinding wordt getest: het taalmodel schrijft een korte zin. Dat kan even duren; na "
    "{seconds} seconden stilte stopt de test."
)
MODEL_NONE = (
    "Er is geen taalmodel verbonden. Dat hoeft ook niet: de antwoorden bestaan uit letterlijke "
    "zinnen uit de documenten. De beheerder kan een taalmodel verbinden met de instelling llm_url "
    "(een server) of llm_file (een bestand)."
)
NOTICE_MODEL = (
    "Het taalmodel {model} op {place} verwoordt de antwoorden. Elke zin is daarna gecontroleerd: "
    "wat niet in het bewijs staat, vervalt. Toch kan er iets missen of verkeerd staan: controleer "
    "altijd de bron. {privacy}"
)
PRIVACY_HERE = "Uw vragen blijven op de computer waarop de Beleidswijzer draait."
PRIVACY_AWAY = "Uw vragen en stukken uit de documenten gaan naar {place}."
SAVE_DOCX = "Opslaan als Word-bestand"

FEEDBACK = "Had u iets aan het laatste antwoord?"
FEEDBACK_YES = "Ja, nuttig"
FEEDBACK_NO = "Nee, niet nuttig"
FEEDBACK_REMARK = "Opmerking (mag leeg blijven)"
FEEDBACK_SAVE = "Opmerking bewaren"
FEEDBACK_SAVED = (
    "Bewaard: {verdict}. Uw oordeel blijft op de computer waarop de Beleidswijzer draait."
)
FEEDBACK_FAILED = (
    "Uw oordeel kon niet worden bewaard, omdat er niet in de map {folder} kan worden geschreven. "
    "Vraag de beheerder om schrijfrechten op die map."
)

ERROR_TITLE = "Dat ging niet goed"
ERROR_EMPTY = "U hebt nog geen vraag ingevuld. Typ uw vraag in het vak hieronder."
ERROR_LONG = (
    "Uw vraag telt {length} tekens. Dat is te lang: het mogen er hoogstens 2.000 zijn. "
    "Maak de vraag korter, of stel meer vragen na elkaar."
)
ERROR_NO_DOCUMENTS = (
    "U hebt geen document gekozen. Kies bij 'In welke documenten zoeken?' minstens één document."
)
ERROR_NO_INDEX = (
    "De documenten zijn niet klaar om in te zoeken. "
    "Vraag de beheerder om 'python -m ingest' uit te voeren en deze pagina daarna te verversen."
)
ERROR_UNEXPECTED = (
    "Er ging in het programma iets mis. Uw vraag staat nog in het vak; probeer het opnieuw. "
    "Gaat het weer mis, geef dan deze melding door aan de beheerder: {error}."
)
KEPT = "Uw vraag staat nog in het vak."
PROBLEMS = "Let op: niet alles is ingelezen"
NO_DOCUMENTS = "Er zijn nog geen documenten ingelezen."
NOT_FOUND_TITLE = "Niet gevonden"
NOT_FOUND_DOCUMENT = "Dit document is hier niet bekend. Misschien is het verwijderd of hernoemd."
NOT_FOUND_FILE = "Het bestand van dit document is niet te openen vanaf deze pagina."
NOT_ALLOWED = "Deze pagina bestaat niet."
BACK = "Terug naar de Beleidswijzer"


@dataclass(frozen=True, slots=True)
class ExampleGroup:
    """Example questions for one kind of user.

    Attributes:
        who: The kind of user.
        questions: What such a user may ask.
    """

    who: str
    questions: tuple[str, ...]


EXAMPLE_GROUPS = (
    ExampleGroup(
        "Ik ben hier nieuw",
        ("Wat is de maatschappelijke agenda?", "Wat is mantelzorg?"),
    ),
    ExampleGroup(
        "Ik ben raadslid",
        (
            "Welke doelen gaan over mantelzorg?",
            "Welke aanbevelingen deed de rekenkamercommissie?",
        ),
    ),
    ExampleGroup(
        "Ik ben beleidsmedewerker",
        (
            "Met welke indicatoren worden de resultaten gemeten?",
            "Wat staat er over de adviesraad?",
        ),
    ),
)

TAB_LETTER = "Brief beantwoorden"
LETTER_TITLE = "Brief beantwoorden"
LETTER_PURPOSE = (
    "Kies de brief van een adviesraad. U ziet de punten, wat de documenten over elk punt zeggen, "
    "en een concept van het antwoord met bronnen."
)
LETTER_CHOOSE = "Kies een brief"
LETTER_DROP = "of sleep hem hierheen. Werk dat u eerder bewaarde, opent u ook zo."
LETTER_LOCAL = "De brief blijft op deze computer en komt niet bij de documenten."
LETTER_TOWN = "Namens welke gemeente antwoordt u?"
LETTER_TOWN_AUTO = "zoals in de brief staat"
LETTER_TOWN_UNKNOWN = "kies de gemeente"
LETTER_TOWN_WHY = (
    "De brief noemt geen gemeente van deze documenten. Kies de gemeente, dan wordt eerst in haar "
    "documenten gezocht."
)
LETTER_TOWN_HOW = "Bij een andere keuze wordt opnieuw gezocht. Uw eigen teksten en keuzes blijven."
LETTER_READING = "{name} wordt gelezen …"
LETTER_SEARCHING = "Gezocht voor {done} van de {total} punten …"
LETTER_FAILED = "Deze brief kan niet worden gelezen"
LETTER_UNEXPECTED = (
    "Er ging in het programma iets mis. Kies de brief opnieuw. Gaat het weer mis, geef dan deze "
    "melding door aan de beheerder: {error}."
)
LETTER_NOT_HERE = "Met deze documenten kan nu geen brief worden beantwoord."
LETTER_GONE = "Deze brief staat niet meer klaar. Kies hem opnieuw, of open het bewaarde werk."
LETTER_RENEWED = (
    "De documenten zijn intussen veranderd. Zoek opnieuw: dan wordt in de documenten van nu "
    "gezocht. Uw eigen teksten en keuzes blijven."
)
LETTER_RENEW = "Zoek opnieuw"
LETTER_NOT_RENEWED = (
    "Er ging in het programma iets mis: er is niet opnieuw gezocht. Geef deze melding door aan de "
    "beheerder: {error}."
)
LETTER_STILL_CHOOSE = "Nog te kiezen bij {some} van de {all}:"
LETTER_STILL_FILL = "Nog aan te vullen bij {some} van de {all}:"
LETTER_ALL_DONE = "Bij alle punten is gekozen en aangevuld."
LETTER_TO_POINT = "Naar punt {number}: {heading}"
LETTER_NEXT_OPEN = "Naar het volgende punt dat nog open is"
LETTER_TO_LIST = "Terug naar de punten"
LETTER_SAVE_WORK = "Werk bewaren"
LETTER_TOO_LARGE = "De brief is groter dan {most} MB. Kies een kleiner bestand."
LETTER_COUNT = "{points}, waarvan {gaps} zonder bewijsplaats die het punt beantwoordt"
LETTER_POINTS = "Punten in de brief"
LETTER_EVIDENCE = "Wat de documenten zeggen"
LETTER_DRAFT = "Concept bij dit punt"
LETTER_NO_POINT = "Er zijn geen punten."
LETTER_SAVE = "Concept en werk opslaan:"
LETTER_SHEET = "Debatblad:"
LETTER_REST = "Geen punt"
LETTER_UP = "Omhoog"
LETTER_DOWN = "Omlaag"
LETTER_MERGE = "Voeg samen met het volgende punt"
LETTER_SPLIT = "Splits dit punt"
LETTER_SPLIT_HOW = "Kies waar het tweede punt begint."
LETTER_SPLIT_HERE = "Splits hier, vóór: {words}"
LETTER_WHOLE = "Dit punt is te kort om te splitsen."
LETTER_SEARCH = "Zoek met eigen woorden"
LETTER_SEARCH_HOW = (
    "Noemt de brief het anders dan de documenten? Geef andere woorden op. Laat het vak leeg om "
    "weer met de woorden van de brief te zoeken. Een eigen tekst bij dit punt vervalt."
)
LETTER_SEARCH_GO = "Zoek opnieuw"
LETTER_SMOOTH = "Maak vloeiender met het taalmodel"
LETTER_NEAR = "Wel in de buurt"
LETTER_DROP_POINT = "Laat dit punt weg"
LETTER_TYPE = "Soort:"
LETTER_MAKE_POINT = "Maak hier een punt van"
LETTER_STANCE = "Standpunt:"
LETTER_PROPOSED = "(voorstel: {stance})"
LETTER_SEARCHED = "Niets gevonden dat dit punt beantwoordt. Gezocht naar {words}, in {documents}."
LETTER_AGAINST = "let op: nuance of tegenspraak"
LETTER_SOURCE = "lees in de bron"
LETTER_HEADING = "Kop"
LETTER_TEXT = "Tekst"
LETTER_OWN_TEXT = "Dit is uw eigen tekst. Met 'Opnieuw maken' komt het concept terug."
LETTER_MARKS = (
    "[1] wordt een voetnoot naar bewijsplaats 1. "
    "Wat verder tussen vierkante haken staat, vult u in."
)
LETTER_KEEP = "Tekst bewaren"
LETTER_AGAIN = "Opnieuw maken"
