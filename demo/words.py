"""What fictional young people say, and what is written about them. No names, no numbers, no diagnoses."""

from dataclasses import dataclass

from domain.codes import Matter, Party

GOALS = (
    "Jeg vil gerne være tømrer ligesom min farfar.",
    "Bare have et sted at være, hvor der ikke bliver råbt.",
    "Komme op om morgenen. Resten kan jeg godt selv.",
    "Jeg vil arbejde med dyr – helst heste, men køer går også.",
    "Få kørekort til knallert, så jeg kan komme på arbejde.",
    "Jeg vil lære dansk, så jeg kan læse til sygeplejerske.",
    "Have min egen lejlighed, når jeg bliver 18.",
    "Jeg vil ikke på skole igen. Jeg vil have et job.",
    "Finde ud af, hvad jeg er god til.",
    "Spille musik sammen med nogen.",
    "Blive færdig med 9. klasse, også selv om det tager længere tid.",
    "Jeg vil være kok.\nIkke smørrebrød, rigtig mad.",
    'Min mor siger "bare prøv", så nu prøver jeg.',
    "Være sammen med mennesker; ikke sidde på værelset hele dagen.",
    "At nogen ringer, når de har sagt, at de ringer.",
    "Jeg vil gerne kunne tage bussen alene.",
    "Tjene mine egne penge, så jeg kan flytte fra byen.",
    "Gøre noget færdigt. Det har jeg aldrig prøvet.",
)
PURPOSES = (
    "Mod på at møde fast og være sammen med andre. Begynd med to dage om ugen.",
    "Afklare, om værksted eller køkken passer bedst.",
    "Struktur i hverdagen, søvn og transport. Derefter praktik.",
    "Styrke troen på egne evner og finde en praktikplads i nærheden.",
    "Sprog på arbejde: korte beskeder, sikkerhed, pauser.",
)
NOTES = (
    "Overleveres med henblik på fast kontaktperson. Samtykke er givet.",
    "Den unge ønsker selv skiftet. Aftalt første møde; ring først, skriv ikke.",
    "Ny plan er lavet sammen med den unge.\nDer mangler transport om onsdagen.",
    'Den unge kalder det "en ny start". Tag udgangspunkt i det.',
    "Aftaler holdes bedst om formiddagen; korte beskeder virker.",
    "Den unge fylder snart 18. Der er talt om bolig og økonomi, men intet er søgt endnu.",
    "Planen er læst højt sammen med den unge. To ting er skrevet om på den unges ønske.",
)
RETURNED = (
    "Der mangler oplysning om, hvad den unge selv ønsker. Send igen, når det er talt igennem.",
    "Den unge bor i en anden kommune fra næste måned; det skal afklares først.",
    "Vi kan ikke se, hvad der er prøvet. Skriv det på, så overtager vi.",
)
TAKEN_BACK = (
    "Sendt til den forkerte. Sendes igen.",
    "Den unge har fået job; overleveringen venter.",
)
REPLACED = (
    "Den unges ønske er skrevet om, efter at vi talte sammen.",
    "Der manglede den nye plan.",
)
GUIDANCE_AGREED = (
    "Besøg på to skoler i næste uge. Den unge ringer selv.",
    "Vi ses igen om en måned og ser på ansøgningen sammen.",
    "Den unge prøver en brobygningsuge, før der vælges.",
    "",
    "",
)
TALK_AGREED = (
    "Møder fire dage om ugen fra mandag. Ringer selv, hvis det ikke går.",
    "Prøver køkkenet i to uger.",
    "Finder tre steder, hvor der kan spørges om praktik.",
    "Tager bussen med en fra holdet onsdag og torsdag.",
    "Slukker telefonen klokken elleve på hverdage. Vi ser på det om fjorten dage.",
    "Taler med sin mor om nøglen til lejligheden.",
    "",
)
MILEPAELEN_GOALS = (
    (
        "Møde hver dag i en måned.",
        ("Stå op, når uret ringer", "Spise morgenmad på Milepælen", "Ringe, hvis jeg er syg"),
        "Møde fire dage om ugen. Fredag er min egen.",
    ),
    (
        "Få en praktikplads, hvor de kan lide mig.",
        ("Skrive tre linjer om mig selv", "Spørge ét sted", "Tage hen og se stedet"),
        "Få en praktikplads på et værksted.",
    ),
    (
        "Turde sige noget, når vi er flere.",
        ("Sidde med ved bordet", "Sige mit navn", "Fortælle om min weekend"),
        "Turde sige nej.",
    ),
    (
        "Få styr på mine penge.",
        ("Åbne brevene", "Lave en liste over, hvad jeg skylder"),
        "Kunne købe ind til en uge ad gangen.",
    ),
)
PROPOSAL_REASONS = (
    "Har mødt stabilt i otte uger og selv fundet stedet.",
    "Er klar til at prøve det, og vil helst i gang før sommer.",
    "Har brug for mere tid; søvnen er bedre, men ikke på plads.",
    "Arbejder godt sammen med andre i værkstedet og vil gerne lære mere.",
)
REMARKS = ("", "", "Holder aftaler, når de er skrevet ned.", "Har haft en svær periode, men kom hver dag.", "")
VIEWS = (
    "Det er okay, bare der ikke er for mange voksne.",
    "Jeg vil hellere arbejde end gå i skole.",
    "Den er god. Nu skal den bare ske.",
    "Der var for mange ord. Vi tager den igen.",
)
MOVED = (
    "Den unge var syg i den uge, hvor det skulle ske.",
    "Stedet havde ferie. Ny dag er aftalt.",
    "Vi venter på svar fra boligselskabet.",
)
DROPPED = ("Den unge ønskede det ikke alligevel.", "Løst på en anden måde.")
AGENDA = (
    "Hvem følger op efter sommerferien?",
    "Tre afdelinger har hver sin plan. Kan det blive én?",
    "Den unge har ikke svaret i en måned.",
)


@dataclass(frozen=True, slots=True)
class StepWords:
    """A step of a common plan, who carries it out, and what it is about."""

    what: str
    by: Party
    matter: Matter


STEPS = (
    StepWords("Finde en mentor, der kan gå med de første gange.", Party.UU, Matter.GUIDANCE),
    StepWords("Besøge FGU sammen med den unge.", Party.UU, Matter.GUIDANCE),
    StepWords("Ringe til skolen om et roligt sted at sidde.", Party.SCHOOL, Matter.SCHOOLING),
    StepWords("Søge om støtte til transport.", Party.EMPLOYMENT, Matter.INCOME_AND_WORK),
    StepWords("Skrive op til en ungdomsbolig.", Party.ADULT_SOCIAL, Matter.ADULT_SUPPORT),
    StepWords("Holde møde med familien om hverdagen hjemme.", Party.CHILD_SOCIAL, Matter.CHILD_SUPPORT),
    StepWords("Lave budget sammen med den unge.", Party.BENEFITS, Matter.INCOME_AND_WORK),
    StepWords("Samle papirerne ét sted, så ingen skal spørge igen.", Party.UU, Matter.COORDINATION),
    StepWords("Aftale en fast dag på værkstedet.", Party.MILEPAELEN, Matter.INCOME_AND_WORK),
)
