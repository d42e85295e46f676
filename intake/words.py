"""What went wrong with a row, in Danish: what it is and what to do. Never what stood in the row."""

_SEND_AGAIN = "Ret det i kildesystemet, og send rækken igen."

SENTENCES: dict[str, str] = {
    # The reader
    "malformed": "Rækken kan ikke læses: anførselstegn eller linjeskift står forkert. " + _SEND_AGAIN,
    "cut-off": "Filen slutter midt i rækken; den er nok klippet over. Hent udtrækket igen, og læs det ind.",
    "too-few-cells": "Rækken har færre kolonner end overskriften. " + _SEND_AGAIN,
    "too-many-cells": (
        "Rækken har flere kolonner end overskriften; måske står skilletegnet i en tekst uden anførselstegn. "
        + _SEND_AGAIN
    ),
    "undecodable": "Feltet indeholder tegn, der ikke kan læses. Gem udtrækket som UTF-8, og send rækken igen.",
    "nul": "Feltet indeholder et nul-tegn, så filen er skadet. Hent udtrækket igen, og læs det ind.",
    # Excel
    "formula": (
        "Feltet indeholder en formel, så det er usikkert, hvad der står. Kopiér cellen, indsæt den som værdi, og send "
        "rækken igen."
    ),
    "merged": (
        "Cellen er flettet sammen med en anden. Ophæv fletningen, skriv værdien i hver celle, og send rækken igen."
    ),
    "excel-error": "Cellen viser en fejl, for eksempel #N/A eller #REF!. " + _SEND_AGAIN,
    "excel-cell": "Cellen er skadet og kan ikke læses. Skriv den på ny i Excel, og send rækken igen.",
    "digits-lost": (
        "Tallet har flere cifre, end Excel kan gemme, så de sidste er forkerte. Skriv det som tekst, og send "
        "rækken igen."
    ),
    # The cells
    "cell-missing": "Feltet er tomt og skal udfyldes. " + _SEND_AGAIN,
    "too-long": "Teksten er for lang. " + _SEND_AGAIN,
    "cpr-wrong": "CPR-nummeret er forkert. " + _SEND_AGAIN,
    "name-wrong": "Navnet er forkert. " + _SEND_AGAIN,
    "cpr-in-text": (
        "Teksten indeholder noget, der ligner et CPR-nummer. Slet det i kildesystemet, og send rækken igen."
    ),
    "unknown-word": "Ordet i feltet kendes ikke. " + _SEND_AGAIN,
    "date-form": "Datoen er ikke skrevet på en kendt måde. " + _SEND_AGAIN,
    "two-digit-year": "Årstallet har kun to cifre. Skriv året med fire cifre, og send rækken igen.",
    "no-such-date": "Datoen findes ikke i kalenderen. " + _SEND_AGAIN,
    "time-form": "Klokkeslættet er ikke skrevet på en kendt måde. " + _SEND_AGAIN,
    "time-missing": "Klokkeslættet mangler; her tælles der i timer. " + _SEND_AGAIN,
    "no-such-time": "Klokkeslættet findes ikke den dag, fordi uret blev stillet frem. " + _SEND_AGAIN,
    "another-day": "Klokkeslættet er fra en anden dag end rækkens dato. " + _SEND_AGAIN,
    "no-number": "Der skal stå et tal. " + _SEND_AGAIN,
    "not-whole": "Der skal stå et helt tal, uden komma og punktum. " + _SEND_AGAIN,
    "out-of-range": "Tallet kan ikke være rigtigt. " + _SEND_AGAIN,
    "unknown-staff": (
        "Medarbejderen kendes ikke. Skriv den id, som kommunens fil over medarbejdere har, og send rækken igen."
    ),
    # The people
    "unknown-person": (
        "Ukendt person: CPR-nummeret hører ikke til nogen, der følges. Læs personen ind med et CPR-udtræk; "
        "så prøves rækken igen af sig selv."
    ),
    # The decisions (domain.refused)
    "erased": "Oplysningerne er slettet efter reglerne om opbevaring og læses ikke ind igen.",
    "not-started": "Personens forløb er ikke begyndt. Læs personen ind med et CPR-udtræk.",
    "already-started": "Personens forløb er begyndt med en anden fødselsdato.",
    "no-reason": "Der mangler hjemmel for at følge personen. " + _SEND_AGAIN,
    "too-young": "Personen er under 13 år og kan ikke følges endnu.",
    "too-old": "Personen er fyldt 30 år og kan ikke følges.",
    "before-birth": "Datoen ligger før personens fødsel. " + _SEND_AGAIN,
    "in-the-future": "Datoen ligger i fremtiden; der kan kun læses ind, hvad der er sket. " + _SEND_AGAIN,
    "text-missing": "Teksten mangler. " + _SEND_AGAIN,
    "text-too-long": "Teksten er længere end 5.000 tegn. " + _SEND_AGAIN,
    "same-party": "Afgiver og modtager er den samme. " + _SEND_AGAIN,
    "not-the-holder": "Afgiveren har ikke ansvaret og kan derfor ikke overlevere det.",
    "not-the-giver": "Det kan kun afgiveren af overleveringen gøre.",
    "not-the-receiver": "Kun modtageren kan svare på overleveringen.",
    "already-sent": "En overlevering af samme ansvar venter allerede på svar. Vent på svaret, eller træk den tilbage.",
    "no-such-handover": "Overleveringen findes ikke.",
    "handover-closed": "Overleveringen er allerede besvaret.",
    "answer-before-sending": "Svarfristen ligger før afsendelsen. " + _SEND_AGAIN,
    "no-such-step": "Skridtet findes ikke i planen.",
    "due-before-agreed": "Fristen ligger før aftalen. " + _SEND_AGAIN,
    "not-called": "Mødet er ikke indkaldt.",
    "already-called": "Mødet er allerede indkaldt til en anden dag.",
    "not-on-the-agenda": "Personen står ikke på dagsordenen.",
    "step-closed": "Skridtet er allerede gjort eller opgivet.",
    "no-such-goal": "Målet findes ikke.",
    "no-such-score": "Hver af de fem faktorer og vurderingen skal være et helt tal fra 1 til 5. " + _SEND_AGAIN,
    "not-correctable": "Det kan ikke rettes på den måde.",
    "corrected-as-another-class": "En rettelse skal være den samme slags oplysning.",
    "journey-closed": "Forløbet er afsluttet. Åbn det igen på den unges side, hvis personen skal følges.",
    "file-joined": (
        "Sagen er lagt sammen med en anden, så der kommer ikke mere i den. Ret CPR-nummeret i kildesystemet."
    ),
    "already-at-milepaelen": "Personen er allerede begyndt på Milepælen.",
    "marked-meanwhile": "En anden har markeret fremmødet den dag i mellemtiden. Se efter på den unges side.",
    "handover-waits": "En overlevering venter på svar.",
    "already-planned": "Den samme overlevering er allerede planlagt.",
    "not-as-planned": "Den planlagte overlevering er af et andet ansvar eller til en anden.",
    "before-sending": "Datoen ligger, før overleveringen blev sendt. " + _SEND_AGAIN,
    "receipt-missing": "Det er ikke registreret, at overleveringen er kommet frem.",
    "answered-before-receipt": "Svaret ligger, før overleveringen kom frem. " + _SEND_AGAIN,
    "receiver-without-login": "Overleveringen er sendt på papir, og afgiveren registrerer svaret.",
    "receiver-answers-itself": "Den, overleveringen er sendt til, svarer selv.",
    "duty-not-open": "Fristen løber ikke længere.",
    "not-the-duty-holder": "Kun den afdeling, der har fristen, kan sætte den på pause.",
    "clock-cannot-pause": "Fristen kan ikke sættes på pause.",
    "clock-ran-out": "Fristen er allerede overskredet.",
    "clock-paused-already": "Fristen er allerede på pause.",
    "clock-not-paused": "Fristen er ikke på pause.",
    "duty-gone": "Det, der skulle ses til, er der ikke længere.",
    "ask-again-too-early": "Dagen, hvor der skal spørges igen, ligger for tidligt.",
    "delivered-as-another-class": (
        "Den samme hændelse er før leveret som en anden slags oplysning. Slet den gamle i kildesystemet, og send "
        "den nye under et nyt id."
    ),
    "delivered-for-another": (
        "Samme id er tidligere leveret om en anden person. Find ud af, hvem hændelsen handler om; "
        "giv den et nyt id i kildesystemet, og send rækken igen."
    ),
}

_WITH_OWN_SENTENCE = frozenset({"cpr-wrong", "name-wrong"})


def only_what(text: str) -> str:
    """What is wrong, without what to do about it in the source: for somebody who puts the row right here."""
    return " ".join(text.replace(_SEND_AGAIN, "").split())


def sentence(reason: str, expected: str = "") -> str:
    """The Danish for this code. `expected` says what should have stood there.

    For numbers and names it is a whole sentence of the register's, which knows better what is wrong.
    """
    if expected and reason in _WITH_OWN_SENTENCE:
        return f"{expected} {_SEND_AGAIN}"
    return f"{SENTENCES[reason]} Ventet: {expected}." if expected else SENTENCES[reason]
