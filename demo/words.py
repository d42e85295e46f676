"""What fictional young people say, and what is written about them. No names, no numbers."""

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
)
