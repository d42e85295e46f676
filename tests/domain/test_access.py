import pytest

from domain.access import Level, level, open_groups, reads_words_of, seen_classes
from domain.codes import DataClass, KeyGroup, Party


def test_every_role_and_class_has_a_level() -> None:
    for party in Party:
        for data_class in DataClass:
            assert isinstance(level(party, data_class), Level)


def test_uu_may_know_that_there_are_social_facts_but_not_open_them() -> None:
    assert level(Party.UU, DataClass.SOCIAL) is Level.EXISTS
    assert KeyGroup.SOCIAL not in open_groups(Party.UU)
    assert DataClass.SOCIAL in seen_classes(Party.UU)


def test_milepaelen_opens_no_social_or_health_facts() -> None:
    assert not open_groups(Party.MILEPAELEN) & {KeyGroup.SOCIAL, KeyGroup.HEALTH}
    assert DataClass.SOCIAL not in seen_classes(Party.MILEPAELEN)


@pytest.mark.parametrize("party", list(Party))
def test_nobody_opens_identities_through_the_log(party: Party) -> None:
    assert KeyGroup.IDENTITY not in open_groups(party)


def test_an_institution_sees_nothing_here() -> None:
    assert open_groups(Party.EDUCATION) == {KeyGroup.SYSTEM}
    assert seen_classes(Party.EDUCATION) == frozenset()


def test_the_words_of_a_handover_are_for_the_two_whom_it_is_between() -> None:
    readers = [party for party in Party if reads_words_of(party, Party.UU, Party.MILEPAELEN)]
    assert readers == [Party.UU, Party.MILEPAELEN]
