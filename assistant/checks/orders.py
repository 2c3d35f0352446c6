"""Text in a document that speaks to the machine that reads it: it proves nothing.

A document may hold orders to a language model, by mischief or by accident. The reader may see them,
quoted as what the document says; but a sentence that obeys them must not count as proven by them.
What follows such an order in its passage belongs to it.
"""

from __future__ import annotations

import re

_ORDER = re.compile(
    # away with the rules
    r"\b(?:negeer|vergeet|ignore|disregard|forget|override|bypass)\b.{0,60}\b(?:regels?|instructies?|"
    r"opdracht(?:en)?|alles|instructions?|rules?|prompt|everything|above|previous|your)\b"
    r"|\b(?:instructies|(?:deze|alle|bovenstaande|eerdere|vorige|jouw|uw|je) regels)\b.{0,30}"
    r"\b(?:vervallen|gewijzigd|opgeheven|niet meer|gelden niet)\b"
    r"|\bsla (?:de |alle |je |uw )?(?:controles?|regels|instructies|bewijs)\b.{0,20}\bover\b"
    r"|\b(?:system\s*override|developer mode|jailbreak|you are now|from now on|vanaf nu antwoord)\b"
    r"|\b(?:nieuwe (?:opdracht|systeemregel|regel)|new (?:policy|rule|instruction)s?)\s*:"
    r"|\bdoe alsof (?:je|u|jij)\b|\b(?:act|pretend) (?:as|to be)\b"
    # what only a machine has
    r"|\b(?:je|jouw|uw|your|the|mijn) (?:systeem\s?prompt|system prompt|prompt|instructies|"
    r"instructions|regels|rules)\b|\bsysteemprompt\b|\bsystem prompt\b|\btaalmodel\b|\bAI-model\b"
    r"|\b(?:the user|user's|de gebruiker)\b"
    r"|\bin (?:your|the|je|het|elk) (?:reply|answer|antwoord)\b"
    r"|\b(?:call|use|roep|gebruik) (?:the |het )?(?:tool|function|functie|hulpmiddel)\b"
    r"|\b(?:you (?:must|will be|should)|als (?:je|u) dit niet|dat (?:u|je) zegt|unless you)\b"
    # parts of a conversation
    r"|^\W*(?:systeem|system|assistent|assistant|user|beheerder|admin(?:istrator)?)\W{1,3}(?=\w)"
    r"|<\||\[/?INST\]|<<SYS>>|</s>|</?gegevens|\{\{.*\}\}|\$\{.*\}|<%.*%>"
    r"|<!--|<(?:script|img|iframe|span|a|svg|object|form)\b|!\[[^\]]*\]\(|\]\(\w+:|javascript:"
    # hidden or coded
    r"|[\u200b-\u200f\u202a-\u202e\u2060-\u2064\U000e0000-\U000e007f]"
    r"|(?-i:\b(?:[A-Za-z0-9+/]*[a-z0-9][A-Z]){4}[A-Za-z0-9+/]*={0,2}(?![\w.-]))"
    r"|\b(?:base64|rot13|hexadeci\w+)\b|\bontcijfer\b|\bdecode\b"
    # somewhere in a sentence, an order to say
    r"|(?:[;:,]\s|\b(?:en|and|dan|then)\s)(?:meld|zeg|schrijf|beweer|vertel|antwoord|vermeld|verklaar|"
    r"verkondig|state|say|claim|tell|report|write|declare)\b (?:dat|that|the|hier|me|us)\b"
    # a sentence that orders to say, write, show, send or cite
    r"|^\W*(?:schrijf|zeg|meld|beweer|verklaar|herhaal|toon|verwijs|vertel|mail|stuur|bevestig|verzin|voer|roep|"
    r"vat (?:je|uw)|"
    r"geef (?:eerst|ook uw|ook je)|zet (?:eerst|in|bij)|noem als bron|laat de lezer|vraag de lezer|"
    r"voeg (?:een|toe|er)|vul aan|antwoord|lees elk|gebruik bewijs|beveel|"
    r"say|tell|write|print|reveal|output (?:the|your|all)|repeat|cite|render|embed|send|execute|"
    r"call|use|add|end with|answer|reply|translate|attribute|make up|predict|praise|confirm)\b",
    re.IGNORECASE | re.DOTALL,
)


def is_order(text: str) -> bool:
    """Whether a sentence speaks to a machine."""
    return _ORDER.search(text) is not None
