"""The Danish of an erasure: what its codes are called, and why something is refused."""

from collections.abc import Mapping

from domain.codes import KeyGroup
from erasure.grounds import Archive, Ground

GROUNDS: Mapping[Ground, tuple[str, str]] = {
    Ground.RETENTION_OVER: ("frist-udloebet", "opbevaringsfristen er udløbet"),
    Ground.REGISTERED_IN_ERROR: ("fejlregistreret", "oplysningerne er registreret ved en fejl"),
    Ground.RIGHT_TO_ERASURE: ("ret-til-sletning", "retten til sletning (databeskyttelsesforordningens artikel 17)"),
    Ground.COURT_ORDER: ("dom", "en dom eller en afgørelse fra en myndighed"),
}
"""What is typed, and what it is in a sentence."""

ARCHIVES: Mapping[Archive, tuple[str, str]] = {
    Archive.NOT_DECIDED: ("uafklaret", "arkivet har ikke svaret"),
    Archive.MUST_BE_KEPT: ("skal-bevares", "skal bevares og er ikke afleveret"),
    Archive.HANDED_OVER: ("afleveret", "afleveret til arkivet"),
    Archive.MAY_BE_DISCARDED: ("maa-kasseres", "må kasseres efter en bestemmelse"),
}
GROUPS: Mapping[KeyGroup, tuple[str, str]] = {
    KeyGroup.EDUCATION: ("uddannelse", "uddannelse, skole og fravær"),
    KeyGroup.SOCIAL: ("socialt", "sociale forhold"),
    KeyGroup.HEALTH: ("helbred", "helbred"),
    KeyGroup.WORK: ("arbejde", "beskæftigelse og ydelser"),
}
WHOLE = "hele personen"

REFUSALS: Mapping[str, str] = {
    # The gate
    "held": "Personens oplysninger er tilbageholdt af hensyn til en sag. Sletning må vente, til de er frigivet.",
    "archive-not-decided": "Arkivet har ikke taget stilling. Uden dets svar må intet slettes (arkivloven).",
    "archive-must-be-kept": "Oplysningerne skal bevares. Aflever dem til arkivet først.",
    "still-followed": "Opbevaringsfristen løber ikke ud, så længe personen følges. Afslut forløbet først.",
    "reference-missing": "Skriv en henvisning: arkivets aflevering eller den bestemmelse, der kasseres efter.",
    "reference-too-long": "Henvisningen må højst være 200 tegn.",
    "reference-names": (
        "Henvisningen nævner personen: et CPR-nummer, et sagsnummer eller et navn. Den bliver stående efter "
        "sletningen, så skriv den uden."
    ),
    # The two
    "not-staff": "Medarbejderen kendes ikke eller arbejder her ikke længere.",
    "may-not-propose": "Kun en leder, en koordinator eller databeskyttelsesrådgiveren kan foreslå en sletning.",
    "may-not-confirm": "Kun en leder eller databeskyttelsesrådgiveren kan bekræfte en sletning eller tilbageholde.",
    "same-person": "Den, der har foreslået sletningen, kan ikke også bekræfte den.",
    "stale": "Forslaget er over 30 dage gammelt. Foreslå sletningen igen.",
    "changed": "Sagen har ændret sig siden forslaget. Se på den, og foreslå sletningen igen.",
    # The person and the proposal
    "no-such-person": "Ingen sag har det nummer.",
    "nothing-there": "Der er intet at slette.",
    "already-proposed": "Den sletning er foreslået allerede.",
    "no-such-erasure": "Der er ingen sletning med det id. Se “overgang slet-person liste”.",
    "ambiguous": "Flere sletninger begynder sådan. Skriv mere af id'et.",
    "not-confirmed": "Sletningen er ikke bekræftet af en anden endnu.",
    "already-confirmed": "Sletningen er bekræftet allerede.",
    "withdrawn": "Sletningen er fortrudt.",
    "begun": "Sletningen er begyndt og kan ikke fortrydes.",
    "done": "Sletningen er udført.",
    "not-held": "Personens oplysninger er ikke tilbageholdt.",
    "already-held": "Personens oplysninger er allerede tilbageholdt.",
}
