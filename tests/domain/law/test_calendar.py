"""Which days count: law.md 3. Every date is written by hand from the almanac."""

from datetime import date

import pytest

from domain.codes import Party
from domain.days import age_on, birthday, counted_days, is_weekday, is_working_day, months_after, working_days_after
from domain.rules import OwnDays, RuleSet, law_file, parse, rule_set, shipped_rules, together
from projections.closing_days import YEARS, danish_closed_days, why_closed
from tests.domain.law.happened import broke_off, for_stu, left_school, placed, referred
from tests.domain.law.story import LAW, LEMVIG, day, the_one

CLOSED = frozenset(danish_closed_days(YEARS))

EASTER = {  # Maundy Thursday, Good Friday, Easter Day, Easter Monday
    2024: "28.3.2024 29.3.2024 31.3.2024 1.4.2024",
    2025: "17.4.2025 18.4.2025 20.4.2025 21.4.2025",
    2026: "2.4.2026 3.4.2026 5.4.2026 6.4.2026",
    2027: "25.3.2027 26.3.2027 28.3.2027 29.3.2027",
    2028: "13.4.2028 14.4.2028 16.4.2028 17.4.2028",
    2029: "29.3.2029 30.3.2029 1.4.2029 2.4.2029",
    2030: "18.4.2030 19.4.2030 21.4.2030 22.4.2030",
}
AFTER_EASTER = {  # Ascension Day, Whit Monday
    2024: "9.5.2024 20.5.2024",
    2025: "29.5.2025 9.6.2025",
    2026: "14.5.2026 25.5.2026",
    2027: "6.5.2027 17.5.2027",
    2028: "25.5.2028 5.6.2028",
    2029: "10.5.2029 21.5.2029",
    2030: "30.5.2030 10.6.2030",
}


def counted(first: str, number: int, *, saturdays: bool, closed: frozenset[date] = CLOSED) -> date:
    """The last of so many days after the first: hverdage with Saturdays, arbejdsdage without."""
    days = counted_days(day(first), closed, is_weekday if saturdays else is_working_day)
    return [next(days) for _ in range(number)][-1]


@pytest.mark.parametrize("year", EASTER)
def test_easter_ascension_and_whitsun_close(year: int) -> None:
    closed = [*EASTER[year].split(), *AFTER_EASTER[year].split()]
    assert {day(text) for text in closed} <= CLOSED


@pytest.mark.parametrize("year", EASTER)
def test_the_days_before_and_after_easter_are_open(year: int) -> None:
    thursday, _, sunday, monday = (day(text) for text in EASTER[year].split())
    for open_day in (thursday.replace(day=thursday.day - 1), monday.replace(day=monday.day + 1)):
        assert is_working_day(open_day, CLOSED)
    easter_eve = sunday.replace(day=sunday.day - 1) if sunday.day > 1 else date(sunday.year, 3, 31)
    assert is_weekday(easter_eve, CLOSED)
    assert not is_working_day(easter_eve, CLOSED)


@pytest.mark.parametrize("year", range(2024, 2031))
def test_every_year_has_the_same_ten_holidays_since_store_bededag_ended(year: int) -> None:
    fixed = {date(year, 1, 1), date(year, 12, 25), date(year, 12, 26)}
    easter = {day(text) for text in (EASTER[year] + " " + AFTER_EASTER[year]).split()}
    whit_sunday = day(AFTER_EASTER[year].split()[1]).toordinal() - 1
    closed = {one for one in CLOSED if one.year == year}
    assert closed == fixed | easter | {date.fromordinal(whit_sunday)}
    assert len(closed) == 10


@pytest.mark.parametrize("text", ["13.5.2022", "5.5.2023"])
def test_store_bededag_was_a_holiday(text: str) -> None:
    assert not is_working_day(day(text), CLOSED)
    assert why_closed(day(text), tuple(CLOSED)) == "store bededag"


@pytest.mark.parametrize("text", ["26.4.2024", "16.5.2025", "1.5.2026"])
def test_from_2024_it_is_a_working_day(text: str) -> None:
    assert is_working_day(day(text), CLOSED)


@pytest.mark.parametrize("text", ["5.6.2026", "24.12.2026", "31.12.2026"])
def test_constitution_day_and_the_eves_are_open_until_the_municipality_closes(text: str) -> None:
    own = OwnDays(yearly=((6, 5), (12, 24), (12, 31)))
    assert is_working_day(day(text), CLOSED)
    assert not is_working_day(day(text), frozenset(danish_closed_days(YEARS, own)))


# Both counts: (told, days), hverdage with Saturdays, arbejdsdage without
COUNTS = [
    ("2.3.2026", 5, "7.3.2026", "9.3.2026"),  # Monday: the Saturday makes the difference
    ("6.3.2026", 5, "12.3.2026", "13.3.2026"),  # Friday
    ("7.3.2026", 5, "13.3.2026", "13.3.2026"),  # Saturday itself is not counted
    ("8.3.2026", 5, "13.3.2026", "13.3.2026"),  # Sunday
    ("1.4.2026", 5, "10.4.2026", "13.4.2026"),  # over Easter
    ("13.5.2026", 5, "20.5.2026", "21.5.2026"),  # over Ascension
    ("22.5.2026", 5, "29.5.2026", "1.6.2026"),  # over Whitsun
    ("18.12.2026", 5, "24.12.2026", "28.12.2026"),  # over Christmas
    ("28.12.2026", 5, "4.1.2027", "5.1.2027"),  # over New Year
    ("30.12.2027", 1, "31.12.2027", "31.12.2027"),  # New Year's Eve counts
    ("31.12.2027", 1, "3.1.2028", "3.1.2028"),  # New Year's Day is a Saturday
    ("28.2.2028", 1, "29.2.2028", "29.2.2028"),  # a leap day counts
    ("25.2.2028", 6, "3.3.2028", "6.3.2028"),
    ("4.5.2023", 1, "6.5.2023", "8.5.2023"),  # store bededag 2023
    ("25.4.2024", 1, "26.4.2024", "26.4.2024"),  # no longer in 2024
    ("27.3.2024", 2, "2.4.2024", "3.4.2024"),  # Easter Eve 2024 is a hverdag
    ("2.3.2026", 6, "9.3.2026", "10.3.2026"),
]


@pytest.mark.parametrize(("since", "number", "weekdays", "working_days"), COUNTS)
def test_both_counts(since: str, number: int, weekdays: str, working_days: str) -> None:
    assert counted(since, number, saturdays=True) == day(weekdays)
    assert counted(since, number, saturdays=False) == day(working_days)
    assert working_days_after(day(since), number, CLOSED) == day(working_days)


# A birthday is a birthday, whatever day it is

BIRTHDAYS = [
    ("25.12.2008", 18, "25.12.2026"),
    ("1.1.2009", 18, "1.1.2027"),
    ("26.3.2009", 18, "26.3.2027"),  # Good Friday
    ("5.6.2009", 18, "5.6.2027"),
    ("28.2.2009", 16, "28.2.2025"),
    ("29.2.2008", 16, "29.2.2024"),
    ("29.2.2008", 18, "28.2.2026"),
    ("29.2.2008", 25, "28.2.2033"),
    ("31.12.2008", 18, "31.12.2026"),
]


@pytest.mark.parametrize(("born", "age", "on"), BIRTHDAYS)
def test_a_birthday_on_a_holiday_is_not_moved(born: str, age: int, on: str) -> None:
    assert birthday(day(born), age) == day(on)
    assert age_on(day(born), day(on)) == age


@pytest.mark.parametrize(
    ("born", "due"),
    [
        ("25.6.2009", "25.12.2026"),  # half a year before is Christmas Day
        ("1.7.2009", "1.1.2027"),  # New Year's Day
        ("31.8.2009", "28.2.2027"),  # a day the month does not have becomes its last
        ("30.8.2009", "28.2.2027"),
        ("29.8.2009", "28.2.2027"),
        ("28.8.2009", "28.2.2027"),
        ("31.8.2010", "29.2.2028"),  # in a leap year the 29th
        ("29.2.2008", "28.8.2025"),  # born on a leap day: 18 on the 28th of February
        ("31.12.2008", "30.6.2026"),
    ],
)
def test_half_a_year_before_18_is_a_date_and_no_working_day(born: str, due: str) -> None:
    assert the_one("OVG-05", placed("1.2.2024"), born_on=day(born)).due_on == day(due)


@pytest.mark.parametrize(("born", "due"), [("25.12.2008", "25.12.2033"), ("29.2.2008", "28.2.2033")])
def test_the_right_to_stu_ends_on_the_birthday_also_on_a_holiday(born: str, due: str) -> None:
    assert the_one("KUI-17.begin", for_stu("1.2.2026"), born_on=day(born)).due_on == day(due)


@pytest.mark.parametrize(
    ("since", "months", "on"),
    [
        ("31.1.2026", 1, "28.2.2026"),
        ("31.1.2028", 1, "29.2.2028"),
        ("30.11.2026", 3, "28.2.2027"),
        ("30.11.2027", 3, "29.2.2028"),
        ("31.8.2026", 6, "28.2.2027"),
        ("15.12.2026", 1, "15.1.2027"),
        ("29.2.2028", 12, "28.2.2029"),
        ("29.2.2028", 48, "29.2.2032"),
        ("31.3.2026", -1, "28.2.2026"),
        ("14.1.2027", -2, "14.11.2026"),
    ],
)
def test_months_clamp_to_the_last_day_and_run_over_new_year(since: str, months: int, on: str) -> None:
    assert months_after(day(since), months) == day(on)


# The municipality's own closing days


def with_closing_days(*days: str) -> RuleSet:
    """Lemvig's file with these closing days in it."""
    said = ", ".join(days)
    text = shipped_rules() + together(
        [("lemvig.toml", law_file("lemvig").replace("closing_days = []", f"closing_days = [{said}]"))]
    )
    return rule_set(text, danish_closed_days(YEARS, parse(text).own_days))


def test_own_closing_days_of_every_year_are_not_counted() -> None:
    rules = with_closing_days('"12-24"', '"12-31"')
    told = referred("23.12.2026", Party.UU)
    assert the_one("MIL-01", told, born_on=date(2007, 3, 14)).due_on == day("31.12.2026")
    assert the_one("MIL-01", told, born_on=date(2007, 3, 14), rules=rules).due_on == day("5.1.2027")


def test_a_single_closing_day_is_one() -> None:
    rules = with_closing_days("2026-03-04")
    assert [one.due_on for one in the_one("KUI-02", broke_off("2.3.2026"), rules=rules).readings] == [
        day("9.3.2026"),
        day("10.3.2026"),
    ]
    next_year = the_one("KUI-02", broke_off("1.3.2027"), rules=rules)
    assert [one.due_on for one in next_year.readings] == [day("6.3.2027"), day("8.3.2027")]


def test_own_closing_days_move_no_date_of_the_calendar() -> None:
    rules = with_closing_days('"10-01"', '"03-14"')
    assert the_one("KUI-03", broke_off("1.9.2026"), rules=rules).due_on == day("1.10.2026")
    assert the_one("KUI-17.begin", for_stu("1.2.2026"), rules=rules).due_on == day("14.3.2034")


def test_lemvig_ships_without_closing_days_of_its_own() -> None:
    assert LEMVIG.closed_days == LAW.closed_days


def test_two_municipalities_with_other_days_have_other_rules() -> None:
    assert with_closing_days('"12-24"').sha256 != LEMVIG.sha256


def test_the_calendar_reaches_everybody_who_is_followed() -> None:
    """Born in 1996 one is 17 when the first rules began; who is 13 today is 31 in 2044."""
    assert {one.year for one in LAW.closed_days} >= set(range(2013, 2045))
    assert the_one("KUI-10", left_school("23.12.2033")).due_on == day("9.1.2034")
