"""The Danish words for the codes of the domain. A code without a word is an error; a test asks for every one."""

from domain.choices import (
    ApplicationAnswer,
    Attendance,
    Benefit,
    CloseReason,
    Confirmer,
    Consenter,
    ConsentScope,
    Destination,
    Measure,
    NewcomerGround,
    Outside,
    PauseReason,
    Proposal,
    Readiness,
    ReceiptWay,
    TargetGround,
    TransitionTopic,
    ViewOnPlan,
    WithdrawReason,
)
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
from domain.declaration import Subject
from domain.journey import HandoverState, StepState

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
OUTSIDE = {Outside.EDUCATION_INSTITUTION: "uddannelsesstedet", Outside.PSYCHIATRY: "psykiatrien"}
CONFIRMERS = {
    Confirmer.COUNSELLOR: "vejleder",
    Confirmer.TEACHER: "lærer eller mentor",
    Confirmer.PRACTITIONER: "behandler",
    Confirmer.OFFICE: "kontor eller sekretær",
    Confirmer.LEADER: "leder",
}
RECEIPT_WAYS = {
    ReceiptWay.LETTER: "brev",
    ReceiptWay.PHONE: "telefon",
    ReceiptWay.MEETING: "møde",
    ReceiptWay.SECURE_MAIL: "sikker mail",
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
    HandoverState.REPLACED: "Erstattet",
}
STEP_STATES = {StepState.OPEN: "Åbent", StepState.DONE: "Gjort", StepState.DROPPED: "Fravalgt"}
NEWCOMER_GROUNDS = {
    NewcomerGround.REFUGEE: "flygtning",
    NewcomerGround.FAMILY_REUNIFIED: "familiesammenført",
    NewcomerGround.UNACCOMPANIED: "uledsaget mindreårig",
    NewcomerGround.OTHER: "andet grundlag",
}
CLOSE_REASONS = {
    CloseReason.NO_LONGER_NEEDED: "der er ikke længere brug for det",
    CloseReason.TURNED_30: "den unge er fyldt 30 år",
    CloseReason.MOVED_AWAY: "den unge er flyttet",
    CloseReason.DEAD: "den unge er død",
}
WITHDRAW_REASONS = {
    WithdrawReason.DID_NOT_HAPPEN: "det skete ikke",
    WithdrawReason.RECORDED_TWICE: "det var registreret to gange",
    WithdrawReason.OTHER_PERSON: "det handlede om en anden",
    WithdrawReason.FILES_JOINED: "to sager blev samlet",
    WithdrawReason.FILES_PARTED: "to sager blev delt igen",
}
APPLICATION_ANSWERS = {
    ApplicationAnswer.PLACE_OFFERED: "tilbudt plads",
    ApplicationAnswer.WAITING_LIST: "venteliste",
    ApplicationAnswer.REJECTED: "afslag",
}
MEASURES = {
    Measure.CONTACT_PERSON: "fast kontaktperson",
    Measure.FAMILY_SUPPORT: "støtte til familien",
    Measure.RESPITE_CARE: "aflastning",
    Measure.HOME_SUPPORT: "støtte i hjemmet",
    Measure.MENTORING: "mentor",
    Measure.OTHER: "anden støtte",
}
TARGET_GROUNDS = {
    TargetGround.DISABILITY: "ja, på grund af funktionsnedsættelse",
    TargetGround.CHRONIC_ILLNESS: "ja, på grund af kronisk eller langvarig lidelse",
    TargetGround.NOT_IN_TARGET_GROUP: "nej",
}
TRANSITION_TOPICS = {
    TransitionTopic.SUPPORT: "behov for støtte",
    TransitionTopic.EDUCATION: "uddannelse",
    TransitionTopic.WORK_AND_INCOME: "beskæftigelse og forsørgelse",
    TransitionTopic.HOUSING: "bolig",
    TransitionTopic.SOCIAL_MATTERS: "sociale forhold",
    TransitionTopic.OTHER: "andre forhold",
}
BENEFITS = {
    Benefit.CASH_BENEFIT: "kontanthjælp",
    Benefit.UNEMPLOYMENT_BENEFIT: "dagpenge",
    Benefit.SICKNESS_BENEFIT: "sygedagpenge",
    Benefit.STUDENT_GRANT: "SU",
    Benefit.DISABILITY_PENSION: "førtidspension",
    Benefit.OTHER: "anden ydelse",
}
READINESS = {
    Readiness.READY_FOR_EDUCATION: "uddannelsesparat",
    Readiness.PLAINLY_READY_FOR_EDUCATION: "åbenlyst uddannelsesparat",
    Readiness.READY_FOR_JOB: "jobparat",
    Readiness.READY_FOR_ACTIVITY: "aktivitetsparat",
}
ATTENDANCE = {
    Attendance.MET: "mødt",
    Attendance.SICK: "syg",
    Attendance.AGREED_ABSENCE: "aftalt fravær",
    Attendance.STAYED_AWAY: "udeblevet",
}
PROPOSALS = {
    Proposal.EDUCATION: "uddannelse",
    Proposal.JOB: "job",
    Proposal.WORK_PLACEMENT: "virksomhedspraktik",
    Proposal.SMALL_JOB: "småjob",
    Proposal.LONGER_AT_MILEPAELEN: "længere tid på Milepælen",
    Proposal.OTHER_SUPPORT: "anden støtte",
}
DESTINATIONS = {
    Destination.EDUCATION: "uddannelse",
    Destination.JOB: "job",
    Destination.OTHER_OFFER: "et andet tilbud",
    Destination.ADULT_SUPPORT: "støtte som voksen",
    Destination.UNKNOWN: "det vides ikke",
}
VIEWS_ON_PLAN = {
    ViewOnPlan.AGREES: "ja",
    ViewOnPlan.DISAGREES: "nej",
    ViewOnPlan.COULD_NOT_ANSWER: "kunne ikke svare",
}
CONSENTERS = {Consenter.YOUNG_PERSON: "den unge", Consenter.PARENT: "en forælder"}
CONSENT_SCOPES = {
    ConsentScope.SHARING_BETWEEN_DEPARTMENTS: "deling mellem kommunens afdelinger",
    ConsentScope.SHARING_WITH_SCHOOL: "deling med skole eller uddannelsessted",
    ConsentScope.SHARING_WITH_HEALTH: "deling med sundhedsvæsenet",
    ConsentScope.JOINT_PLAN: "helhedsorienteret plan (barnets lov § 110)",
    ConsentScope.TRANSITION_MEETING: "overgangsmøde",
}
PAUSE_REASONS = {
    PauseReason.SUMMER_BREAK: "sommerferie",
    PauseReason.ILLNESS: "sygdom",
    PauseReason.WAITING_FOR_COMPLAINT: "en klage behandles",
    PauseReason.OTHER: "anden grund",
}
SUBJECTS = {
    Subject.CONTACT: "kontakt og samtaler",
    Subject.BREAK_OFF: "afbrud og ny aktivitet",
    Subject.EDUCATION_PLAN: "uddannelsesplan og pligt",
    Subject.EDUCATION: "ansøgning og uddannelse",
    Subject.FGU_AND_STU: "FGU og STU",
    Subject.SCHOOL: "skole",
    Subject.ABSENCE: "fravær",
    Subject.CONCERN: "underretning",
    Subject.SUPPORT: "undersøgelse og støtte",
    Subject.PLACEMENT: "anbringelse og ungeplan",
    Subject.TRANSITION: "overgang til voksenlivet",
    Subject.BENEFIT: "ydelse",
    Subject.INTERVIEW: "jobsamtale og visitation",
    Subject.WORK: "job, praktik og mentor",
    Subject.HEALTH: "psykiatri",
    Subject.MILEPAELEN: "Milepælen",
    Subject.GOAL_AND_PLAN: "mål og plan",
    Subject.CONSENT: "samtykke",
    Subject.RESIDENCE: "flytning",
}
REFUSALS = {
    "erased": "Oplysningerne er slettet efter reglerne om opbevaring. Om det, der skete før, kan intet skrives igen.",
    "not-started": "Der er ikke begyndt et forløb for den unge.",
    "already-started": "Der er allerede begyndt et forløb med en anden fødselsdato.",
    "no-reason": "Et forløb kan kun begynde eller genåbnes med en hjemmel.",
    "too-young": "Den unge er under 13 år.",
    "too-old": "Den unge er fyldt 30 år.",
    "before-birth": "Datoen ligger før den unges fødsel.",
    "in-the-future": "Datoen ligger i fremtiden.",
    "text-missing": "Der mangler en tekst.",
    "text-too-long": "Teksten er for lang; den må højst være 5.000 tegn.",
    "same-party": "Afgiver og modtager er den samme.",
    "not-the-holder": "Kun den, der har ansvaret, kan overlevere det.",
    "not-the-giver": "Det kan kun afgiveren af overleveringen gøre.",
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
    "step-closed": "Skridtet er allerede gjort eller fravalgt.",
    "no-such-goal": "Målet findes ikke.",
    "no-such-score": "En score er et helt tal fra 1 til 5.",
    "marked-meanwhile": "En anden har markeret dagen, mens du skrev.",
    "already-at-milepaelen": "Den unge er allerede begyndt på Milepælen.",
    "not-correctable": "Det kan ikke rettes her. Svar på overleveringen eller træk den tilbage, eller brug sagens "
    "egne handlinger.",
    "corrected-as-another-class": "En rettelse skal være samme slags oplysning. Træk den forkerte tilbage, og "
    "registrér den rigtige.",
    "journey-closed": "Forløbet er afsluttet. Genåbn det først.",
    "file-joined": "Sagen er lagt ind i en anden sag om den samme unge.",
    "handover-waits": "En overlevering venter på svar. Svar på den, eller træk den tilbage først.",
    "ask-again-too-early": "Vælg en dag efter i dag.",
    "duty-gone": "Linjen står ikke længere på jeres liste. Måske har en kollega lige set til den.",
    "duty-not-open": "Fristen løber ikke længere. Den er opfyldt eller faldet bort.",
    "not-the-duty-holder": "Kun den afdeling, der har fristen, kan sætte den på pause og lade den løbe igen.",
    "clock-cannot-pause": "Fristen kan ikke sættes på pause: den følger en fødselsdag eller en fast dato.",
    "clock-ran-out": "Fristen er allerede overskredet og kan ikke sættes på pause.",
    "clock-paused-already": "Fristen er allerede på pause.",
    "clock-not-paused": "Fristen er ikke på pause.",
    "already-planned": "Den samme overlevering er allerede planlagt.",
    "not-as-planned": "Den planlagte overlevering er af et andet ansvar eller til en anden.",
    "before-sending": "Datoen ligger, før overleveringen blev sendt.",
    "receipt-missing": "Registrér først, at overleveringen er kommet frem.",
    "answered-before-receipt": "Svaret kan ikke være givet, før overleveringen kom frem.",
    "receiver-without-login": "Overleveringen er sendt på papir. Det er afgiveren, der registrerer svaret.",
    "receiver-answers-itself": "Den, overleveringen er sendt til, svarer selv her i Overgang.",
    "delivered-for-another": "Den samme hændelse er tidligere leveret om en anden person.",
}
