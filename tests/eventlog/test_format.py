"""The program and the specification agree, byte by byte."""

import json
from pathlib import Path
from uuid import UUID

import pytest

from domain.catalogue import DECLARATIONS
from domain.codes import KeyGroup, StreamKind
from domain.events import ContactTried, DecisionTaken, EducationReasonGiven, JourneyStarted
from eventlog import EventLog, Secrets
from eventlog.codec import Unreadable, event_bytes, from_bytes
from eventlog.entry import Entry
from eventlog.keys import Forged, Key, KeyMissing, unwrap
from eventlog.mapper import EntryMapper, StoredEntry, canonical
from eventlog.names import NAME_OF, STORED
from tests.examples import NOON

VECTORS = json.loads(Path("docs/log-format-vectors.json").read_text("utf-8"))
LOG_ID = UUID(VECTORS["log_id"])
SECRETS = Secrets.for_tests()
EVENTS = [JourneyStarted, ContactTried, DecisionTaken, EducationReasonGiven]


def _key(vector: dict) -> Key:
    return Key(
        bytes.fromhex(vector["key_id"]),
        UUID(vector["stream"]),
        KeyGroup(vector["group"]),
        bytes.fromhex(vector["key"]),
    )


def _row(vector: dict, **changes: object) -> StoredEntry:
    fields = {
        "originator_id": UUID(vector["stream"]),
        "originator_version": vector["version"],
        "topic": vector["topic"],
        "state": bytes.fromhex(vector["state"]),
        "kind": StreamKind(vector["kind"]),
        "group": KeyGroup(vector["group"]),
        "recorded_at": NOON,
        "id": 1,
    }
    return StoredEntry(**fields | changes)


def _mapper(log_id: UUID = LOG_ID) -> EntryMapper:
    return EntryMapper(log_id, lambda _: {})


def _open(vector: dict, **changes: object) -> Entry:
    key = _key(vector)
    return _mapper().open(_row(vector, **changes), {key.id: key})


@pytest.mark.parametrize(("vector", "kind"), list(zip(VECTORS["entries"], EVENTS, strict=True)))
def test_what_the_specification_wrote_we_read(vector: dict, kind: type) -> None:
    entry = _open(vector)
    assert isinstance(entry.event, kind)
    assert canonical(entry) == bytes.fromhex(vector["plain"])


@pytest.mark.parametrize("vector", VECTORS["entries"])
def test_what_we_write_is_what_the_specification_wrote(vector: dict) -> None:
    sealed = _mapper().seal(_open(vector), _key(vector), bytes.fromhex(vector["nonce"]))
    assert sealed.state.hex() == vector["state"]
    assert sealed.topic == vector["topic"]


@pytest.mark.parametrize("vector", VECTORS["entries"])
def test_a_wrapped_key_of_the_specification_opens(vector: dict) -> None:
    key = unwrap(
        SECRETS,
        LOG_ID,
        bytes.fromhex(vector["key_id"]),
        UUID(vector["stream"]),
        KeyGroup(vector["group"]),
        vector["epoch"],
        bytes.fromhex(vector["wrapped_key"]),
    )
    assert _mapper().open(_row(vector), {key.id: key}) == _open(vector)


@pytest.mark.parametrize("vector", VECTORS["entries"])
def test_digests_and_content_are_as_specified(vector: dict) -> None:
    entry = _open(vector)
    assert EventLog.digest(entry, "abc") == vector["digest_with_salt_abc"]
    assert SECRETS.hmac("content", event_bytes(entry.event)).hex() == vector["content"]


def test_a_source_key_is_as_specified() -> None:
    assert SECRETS.hmac("source", b"uu\0H-1").hex() == VECTORS["source_key_of_uu_and_H-1"]


@pytest.mark.parametrize(
    "moved",
    [
        {"originator_id": UUID(int=5)},
        {"originator_version": 3},
        {"topic": "entry-2"},
        {"group": KeyGroup.OPEN},
    ],
)
def test_a_row_that_was_moved_cannot_be_opened(moved: dict) -> None:
    with pytest.raises(Forged):
        _open(VECTORS["entries"][1], **moved)


def test_a_row_of_another_log_cannot_be_opened() -> None:
    vector = VECTORS["entries"][0]
    key = _key(vector)
    with pytest.raises(Forged):
        _mapper(UUID(int=1)).open(_row(vector), {key.id: key})


def test_one_flipped_bit_is_noticed() -> None:
    vector = VECTORS["entries"][0]
    state = bytes.fromhex(vector["state"])
    for place in (17, 40, len(state) - 1):
        spoilt = state[:place] + bytes([state[place] ^ 1]) + state[place + 1 :]
        with pytest.raises(Forged):
            _open(vector, state=spoilt)


def test_another_key_is_a_missing_key_and_an_unknown_format_is_forged() -> None:
    vector = VECTORS["entries"][0]
    with pytest.raises(KeyMissing):
        _mapper().open(_row(vector), {})
    with pytest.raises(Forged):
        _open(vector, state=b"\x02" + bytes.fromhex(vector["state"])[1:])


def test_a_field_of_a_later_version_is_passed_over() -> None:
    plain = bytes.fromhex(VECTORS["entries"][0]["plain"])
    later = plain[:-1] + b',"of_2031":true}'
    assert from_bytes(later) == from_bytes(plain)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b'"education-reason-given-1"', b'"education-reason-given-9"'),
        (b'"2024-09-02"', b'"2024-02-30"'),
        (b'"education-need"', b'"because"'),
        (b'"on":"2024-09-02",', b""),
    ],
)
def test_what_does_not_have_the_shape_of_its_name_is_unreadable_and_not_quoted(old: bytes, new: bytes) -> None:
    plain = bytes.fromhex(VECTORS["entries"][3]["plain"])
    assert old in plain
    with pytest.raises(Unreadable) as fault:
        from_bytes(plain.replace(old, new))
    assert "KUI" not in str(fault.value)


def test_every_declared_type_has_one_name_and_names_hold_no_module_path() -> None:
    assert set(NAME_OF) == {declaration.type for declaration in DECLARATIONS}
    assert all(name.rsplit("-", 1)[1].isdigit() and "." not in name for name in STORED)


FIRST_NAMES = [
    "absence-notified-1",
    "activity-duty-exempted-1",
    "activity-duty-judged-1",
    "activity-offered-1",
    "address-protection-lifted-1",
    "address-protection-set-1",
    "adult-plan-offered-1",
    "adult-support-applied-1",
    "adult-support-decided-1",
    "agenda-item-wished-1",
    "application-answered-1",
    "application-sent-1",
    "attendance-marked-1",
    "benefit-applied-1",
    "benefit-changed-1",
    "benefit-ended-1",
    "benefit-reason-given-1",
    "benefit-started-1",
    "birth-date-corrected-1",
    "checked-1",
    "child-assessment-finished-1",
    "child-assessment-opened-1",
    "clock-paused-1",
    "clock-resumed-1",
    "concern-assessed-1",
    "concern-receipt-sent-1",
    "concern-received-1",
    "consent-given-1",
    "consent-refused-1",
    "consent-withdrawn-1",
    "contact-after-milepaelen-1",
    "contact-made-1",
    "contact-person-named-1",
    "contact-tried-1",
    "decision-taken-1",
    "education-completed-1",
    "education-interrupted-1",
    "education-plan-made-1",
    "education-plan-revised-1",
    "education-reason-given-1",
    "education-started-1",
    "enrolled-1",
    "fact-withdrawn-1",
    "fgu-assessed-1",
    "goal-in-own-words-1",
    "goal-reached-1",
    "goal-reworded-1",
    "goal-set-1",
    "grade-reached-1",
    "guidance-talk-held-1",
    "handover-planned-1",
    "handover-receipt-recorded-1",
    "handover-replaced-1",
    "handover-replacement-explained-1",
    "handover-returned-1",
    "handover-seen-1",
    "handover-sent-1",
    "handover-sent-outside-1",
    "handover-taken-over-1",
    "handover-withdrawn-1",
    "interview-held-1",
    "job-ended-1",
    "job-started-1",
    "joined-into-other-file-1",
    "journey-closed-1",
    "journey-reopened-1",
    "journey-started-1",
    "lead-coordinator-named-1",
    "left-school-1",
    "measure-ended-1",
    "measure-followed-up-1",
    "measure-started-1",
    "meeting-called-1",
    "mentor-ended-1",
    "mentor-granted-1",
    "milepaelen-ended-1",
    "milepaelen-started-1",
    "moved-in-1",
    "moved-out-1",
    "network-meeting-held-1",
    "new-municipality-notified-1",
    "newcomer-arrived-1",
    "ordinary-hours-ended-1",
    "ordinary-hours-started-1",
    "other-file-joined-1",
    "other-file-parted-1",
    "overall-description-made-1",
    "parents-warned-1",
    "parted-from-other-file-1",
    "person-put-on-agenda-1",
    "placement-ended-1",
    "placement-followed-up-1",
    "placement-started-1",
    "plan-step-agreed-1",
    "plan-step-done-1",
    "plan-step-dropped-1",
    "plan-step-moved-1",
    "plan-step-waits-1",
    "ppr-involved-1",
    "preliminary-assessment-made-1",
    "progression-measured-1",
    "proposal-answered-1",
    "proposal-sent-1",
    "psychiatry-course-ending-1",
    "psychiatry-course-started-1",
    "readiness-judged-1",
    "referred-to-milepaelen-1",
    "responsibility-established-1",
    "rules-loaded-1",
    "school-changed-1",
    "skills-test-taken-1",
    "small-job-ended-1",
    "small-job-started-1",
    "social-reason-given-1",
    "special-effort-needed-1",
    "special-review-held-1",
    "stu-assessed-1",
    "stu-course-plan-adjusted-1",
    "stu-offered-1",
    "sub-goal-set-1",
    "talk-held-1",
    "target-group-assessed-1",
    "targeted-effort-agreed-1",
    "told-of-break-off-1",
    "told-of-drop-out-risk-1",
    "transition-meeting-held-1",
    "transition-preparation-begun-1",
    "transition-preparation-finished-1",
    "unlawful-absence-1",
    "view-on-plan-1",
    "work-placement-ended-1",
    "work-placement-started-1",
    "worrying-absence-1",
    "youth-plan-made-1",
    "youth-plan-need-judged-1",
    "youth-plan-revised-1",
    "youth-support-decided-1",
]
"""Every name that was ever stored, with the names of new types added as they come."""


def test_no_name_that_was_ever_stored_is_gone_and_none_is_forgotten_here() -> None:
    assert sorted(STORED) == FIRST_NAMES
