"""The Danish words for the codes of the domain. A code without a word is an error; a test asks for every one."""

from domain.codes import (
    Activity,
    AgendaReason,
    ContactWay,
    DataClass,
    DecisionKind,
    Matter,
    Party,
    PlacementForm,
    Programme,
    ReturnReason,
    StartReason,
)
from domain.journey import HandoverState

PARTIES = {
    Party.SCHOOL: "Skole",
    Party.UU: "UU",
    Party.CHILD_SOCIAL: "Børn & Familie",
    Party.ADULT_SOCIAL: "Voksen & Handicap",
    Party.EMPLOYMENT: "Beskæftigelse",
    Party.BENEFITS: "Ydelse",
    Party.HEALTH: "Sundhed",
    Party.MILEPAELEN: "Milepælen",
    Party.EDUCATION: "Uddannelsessted",
    Party.MUNICIPALITY: "Kommunen",
}
MATTERS = {
    Matter.SCHOOLING: "skolegang",
    Matter.GUIDANCE: "vejledning",
    Matter.CHILD_SUPPORT: "støtte til barnet",
    Matter.ADULT_SUPPORT: "støtte til den voksne",
    Matter.INCOME_AND_WORK: "forsørgelse og arbejde",
    Matter.COORDINATION: "koordinering",
}
CLASSES = {
    DataClass.MASTER: "stamoplysninger",
    DataClass.SCHOOLING: "skolegang",
    DataClass.ABSENCE: "fravær",
    DataClass.EDUCATION: "uddannelse",
    DataClass.CONCERN: "underretninger",
    DataClass.SOCIAL: "sociale forhold",
    DataClass.HEALTH: "helbred",
    DataClass.EMPLOYMENT: "beskæftigelse",
    DataClass.BENEFIT: "ydelser",
    DataClass.HANDOVER: "overleveringer",
    DataClass.PLAN: "fælles plan",
    DataClass.VOICE: "den unges egne ord",
    DataClass.SYSTEM: "drift",
}
START_REASONS = {
    StartReason.EDUCATION_NEED: "behov for en uddannelsesindsats",
    StartReason.SOCIAL_SUPPORT: "social støtte",
    StartReason.PLACED: "anbragt uden for hjemmet",
    StartReason.CASH_BENEFIT: "kontanthjælp",
    StartReason.NEWCOMER: "nytilkommen",
}
PROGRAMMES = {
    Programme.LOWER_SECONDARY: "grundskole",
    Programme.TENTH_GRADE: "10. klasse",
    Programme.GENERAL_UPPER_SECONDARY: "gymnasial uddannelse",
    Programme.VOCATIONAL: "erhvervsuddannelse",
    Programme.FGU: "FGU",
    Programme.STU: "STU",
    Programme.HIGHER: "videregående uddannelse",
    Programme.OTHER: "anden uddannelse",
}
WAYS = {
    ContactWay.PHONE: "telefon",
    ContactWay.TEXT_MESSAGE: "sms",
    ContactWay.LETTER: "brev",
    ContactWay.VISIT: "besøg",
    ContactWay.MEETING: "møde",
}
ACTIVITIES = {
    Activity.EDUCATION: "uddannelse",
    Activity.FGU: "FGU",
    Activity.JOB: "job",
    Activity.WORK_PLACEMENT: "praktik",
    Activity.GUIDANCE_COURSE: "vejledningsforløb",
    Activity.OTHER: "anden aktivitet",
}
PLACEMENTS = {
    PlacementForm.FOSTER_FAMILY: "plejefamilie",
    PlacementForm.CHILDREN_AND_YOUTH_HOME: "børne- og ungehjem",
    PlacementForm.OWN_ROOM: "eget værelse",
    PlacementForm.OTHER: "andet sted",
}
RETURN_REASONS = {
    ReturnReason.WRONG_RECEIVER: "forkert modtager",
    ReturnReason.MISSING_INFORMATION: "der mangler oplysninger",
    ReturnReason.NOT_IN_TARGET_GROUP: "uden for målgruppen",
    ReturnReason.OTHER: "anden grund",
}
AGENDA_REASONS = {
    AgendaReason.OVERDUE: "frist overskredet",
    AgendaReason.DUE_SOON: "frist inden 14 dage",
    AgendaReason.HANDOVER_WAITING: "overlevering venter på svar",
    AgendaReason.TURNING_18: "fylder snart 18 år",
    AgendaReason.WISHED: "ønsket af en afdeling",
}
DECISION_KINDS = {DecisionKind.PLAN_STEP: "skridt i planen", DecisionKind.HANDOVER: "overlevering"}
STATES = {
    HandoverState.SENT: "Sendt",
    HandoverState.SEEN: "Set",
    HandoverState.TAKEN_OVER: "Overtaget",
    HandoverState.RETURNED: "Returneret",
    HandoverState.WITHDRAWN: "Trukket tilbage",
}
REFUSALS = {
    "not-started": "Der er ikke begyndt et forløb for den unge.",
    "already-started": "Der er allerede begyndt et forløb med en anden fødselsdato.",
    "no-reason": "Et forløb kan kun begynde med en grund og en hjemmel.",
    "too-young": "Den unge er under 13 år.",
    "too-old": "Den unge er fyldt 30 år.",
    "before-birth": "Datoen ligger før den unges fødsel.",
    "in-the-future": "Datoen ligger i fremtiden.",
    "text-missing": "Der mangler en tekst.",
    "text-too-long": "Teksten er for lang; den må højst være 5.000 tegn.",
    "same-party": "Afgiver og modtager er den samme.",
    "not-the-holder": "Kun den, der har ansvaret, kan overlevere det.",
    "not-the-giver": "Kun afgiveren kan trække overleveringen tilbage.",
    "not-the-receiver": "Kun modtageren kan svare på overleveringen.",
    "already-sent": "Der venter allerede en overlevering af samme ansvar på svar.",
    "no-such-handover": "Overleveringen findes ikke.",
    "handover-closed": "Overleveringen er allerede besvaret eller trukket tilbage.",
    "answer-before-sending": "Svarfristen ligger før afsendelsen.",
    "no-such-step": "Skridtet findes ikke i planen.",
    "due-before-agreed": "Fristen ligger før den dag, skridtet blev aftalt.",
    "not-called": "Mødet er ikke indkaldt.",
    "already-called": "Mødet er allerede indkaldt til en anden dag.",
    "not-on-the-agenda": "Den unge er ikke på dagsordenen.",
    "delivered-as-another-class": "Den samme hændelse er før leveret som en anden slags oplysning. Slet den gamle, og "
    "send den nye under et nyt id.",
    "delivered-for-another": "Den samme hændelse er tidligere leveret om en anden person.",
}
