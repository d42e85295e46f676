import pytest

from domain.codes import Party
from people import sessions
from people.staff import (
    Function,
    Loaded,
    StaffFault,
    demo_municipality,
    load_staff,
    read_municipality,
    staff_by_id,
    staff_list,
    units,
)
from tests.people.house import NOW, House

SMALL = """
municipality = "Prøvekommunen"
[[unit]]
id = "uu"
party = "uu"
name = "UU"
staff = [
  { id = "a", name = "Åse Vejleder", function = "worker" },
  { id = "b", name = "Bo Vejleder", function = "leader" },
]
"""


def test_the_demo_has_a_unit_for_every_party_and_people_in_each() -> None:
    demo = read_municipality(demo_municipality())
    assert demo.name == "Demo Kommune (Lemvig-model)"
    assert {unit.party for unit in demo.units} == set(Party) - {Party.EDUCATION}
    for unit in demo.units:
        there = [person for person in demo.staff if person.unit_id == unit.unit_id]
        assert len(there) >= 3  # several, so that there is somebody to stand in
        assert any(person.function in (Function.LEADER, Function.DPO) for person in there)
    assert {person.function for person in demo.staff} == set(Function)


def test_staff_are_listed_in_danish_order_with_their_units(house: House) -> None:
    with house.open() as conn:
        listed = staff_list(conn, house.keys)
        mette = staff_by_id(conn, house.keys, "mette-vejleder")
        assert staff_by_id(conn, house.keys, "nobody") is None
        assert staff_by_id(conn, house.keys, "x\x00") is None
        everywhere = units(conn, house.keys)
    assert [one.name for one in listed[:3]] == ["Anders Vejleder", "Birgit Børnerådgiver", "Bo Beskæftigelse"]
    assert mette
    assert (mette.name, mette.unit_name, mette.party, mette.function) == (
        "Mette Vejleder",
        "UU Nordvest",
        Party.UU,
        Function.WORKER,
    )
    assert everywhere[0].name == "Skolen ved Fjorden"
    assert "ejleder" not in repr(mette).replace("mette-vejleder", "")


def test_loading_the_same_file_again_changes_nothing(house: House) -> None:
    with house.open() as conn:
        before = conn.execute("select * from staff order by staff_id").fetchall()
        assert load_staff(conn, house.keys, read_municipality(demo_municipality())) == Loaded(0, 0, 0)
        assert conn.execute("select * from staff order by staff_id").fetchall() == before


def test_who_is_taken_out_of_the_file_has_left_and_is_signed_out(house: House) -> None:
    with house.open() as conn:
        token = sessions.start(conn, "mette-vejleder", NOW)
        other = sessions.start(conn, "jens-raadgiver", NOW)
        text = demo_municipality().replace(
            '  { id = "mette-vejleder", name = "Mette Vejleder", function = "worker" },\n', ""
        )
        assert load_staff(conn, house.keys, read_municipality(text)) == Loaded(0, 0, 1)
        assert "Mette Vejleder" not in [one.name for one in staff_list(conn, house.keys)]
        gone = staff_by_id(conn, house.keys, "mette-vejleder")
        assert gone
        assert (gone.name, gone.active) == ("Mette Vejleder", False)
        assert sessions.find(conn, token, NOW) is None
        assert conn.execute("select staff_id from session").fetchall() == [("jens-raadgiver",)]
        assert sessions.find(conn, other, NOW)
        assert load_staff(conn, house.keys, read_municipality(demo_municipality())) == Loaded(0, 1, 0)
        assert "Mette Vejleder" in [one.name for one in staff_list(conn, house.keys)]


def test_new_names_units_and_functions_are_taken_over(house: House) -> None:
    text = (
        demo_municipality()
        .replace('"UU Nordvest"', '"UU Nord"')
        .replace('"Jens Rådgiver", function = "worker"', '"Jens Nygift", function = "coordinator"')
    )
    with house.open() as conn:
        assert load_staff(conn, house.keys, read_municipality(text)) == Loaded(1, 1, 0)
        jens = staff_by_id(conn, house.keys, "jens-raadgiver")
        mette = staff_by_id(conn, house.keys, "mette-vejleder")
    assert jens
    assert mette
    assert (jens.name, jens.function) == ("Jens Nygift", Function.COORDINATOR)
    assert mette.unit_name == "UU Nord"


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("municipality =", "kommune =", "kommunens fil står nøglen “kommune”"),
        ('party = "uu"', 'party = "uu"\nfarve = "blå"', r"enhed nr. 1 \(uu\) står nøglen “farve”"),
        ('function = "leader"', 'function = "leader", rolle = "x"', "medarbejderen b i enheden uu står nøglen “rolle”"),
        ('party = "uu"', 'party = "jobcenter"', "“jobcenter” som “party”; det skal være en af: school, uu"),
        ('function = "leader"', 'function = "chef"', "“chef” som “function”"),
        ('id = "b", ', "", "mangler “id”"),
        ('id = "b"', 'id = "B!"', "små bogstaver"),
        ('id = "b"', 'id = "a"', "Medarbejderen “a” står der flere gange"),
        ('name = "UU"', "name = 7", "mangler “name”, eller den er ikke en tekst"),
        ('name = "UU"', 'name = ""', "Navnet mangler"),
        ('name = "UU"', 'name = "UU', "kan ikke læses"),
    ],
)
def test_a_file_that_is_not_right_is_refused_with_the_place(old: str, new: str, told: str) -> None:
    assert old in SMALL
    with pytest.raises(StaffFault, match=told):
        read_municipality(SMALL.replace(old, new, 1))


def test_staff_are_written_as_tables() -> None:
    for staff in ("3", '["Mette"]'):
        text = f'municipality = "P"\n[[unit]]\nid = "uu"\nparty = "uu"\nname = "UU"\nstaff = {staff}\n'
        with pytest.raises(StaffFault, match=r"skrives som \[\[staff\]\]"):
            read_municipality(text)


def test_two_units_of_one_id_are_refused() -> None:
    with pytest.raises(StaffFault, match="Enheden “uu” står der flere gange"):
        read_municipality(SMALL + '[[unit]]\nid = "uu"\nparty = "school"\nname = "Skole"\n')
