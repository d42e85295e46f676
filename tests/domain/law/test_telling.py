from domain.codes import ContactWay
from domain.events import ContactMade, GuidanceTalkHeld, UnlawfulAbsence
from domain.text import FreeText
from tests.domain.law.happened import broke_off, duty_met, interview, paused, tried
from tests.domain.law.story import BORN, day, known, owed
from tests.domain.law.telling import Story, owes, stands


def talk_about(on: str, words: str) -> GuidanceTalkHeld:
    return GuidanceTalkHeld(on=day(on), way=ContactWay.PHONE, agreed=FreeText(words))


STORY = Story(BORN, (known(broke_off("3.3.2026"), "5.3.2026"), tried("6.3.2026")))


def test_a_story_is_told_as_a_danish_given_when_then() -> None:
    [one] = owed("KUI-02", *STORY.told)
    assert STORY.then(*owes([one]), stands(one, day("12.3.2026"))) == (
        "GIVET en ung født 14.3.2009\n"
        "  NÅR 3.3.2026: Afbrud meldt: vocational (kendt 5.3.2026)\n"
        "  NÅR 6.3.2026: Kontakt forsøgt: phone\n"
        "   SÅ KUI-02 skal uu opfylde senest 11.3.2026 / senest 12.3.2026\n"
        "   SÅ 12.3.2026: KUI-02 (frist 11.3.2026) er overskredet"
    )


def test_it_says_yes_and_no_and_numbers() -> None:
    absent = UnlawfulAbsence(on=day("31.3.2026"), year=2026, quarter=1, percent=15)
    told = repr(Story(BORN, (duty_met("1.9.2026", met=False), absent)))
    assert told.endswith(
        "NÅR 1.9.2026: 15-17-åriges pligt vurderet: nej\n  NÅR 31.3.2026: Ulovligt fravær i et kvartal: 2026, 1, 15"
    )


def test_a_duty_without_a_day_is_asked_for_soon() -> None:
    [one] = owed("KUI-09", broke_off("3.3.2026"))
    assert owes([one]) == ["KUI-09 skal uu opfylde snarest"]
    assert stands(one, day("1.1.2027")) == "1.1.2027: KUI-09 (frist uden dato) er åben"


def test_more_can_happen_in_a_story() -> None:
    longer = STORY.also(ContactMade(on=day("9.3.2026"), way=ContactWay.VISIT))
    assert repr(longer) == repr(STORY) + "\n  NÅR 9.3.2026: Kontakt opnået: visit"


def test_it_never_tells_free_text() -> None:
    told = repr(
        Story(BORN, (talk_about("2.3.2026", "noget fortroligt"), interview("9.3.2026"), paused("5.3.2026", "BES-01")))
    )
    assert told.splitlines()[1:] == [
        "  NÅR 2.3.2026: Vejledningssamtale holdt: phone",
        "  NÅR 9.3.2026: Jobsamtale holdt",
        "  NÅR 5.3.2026: Frist sat på pause: BES-01, summer-break",
    ]
