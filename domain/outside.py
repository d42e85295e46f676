"""Who can take over without having a login: data, with the reason, because the reason may one day be gone.

A handover to one of these goes on paper, and the giver records what they answer. For everybody else nobody does: who
has a login answers themselves.
"""

from collections.abc import Mapping

from domain.choices import Outside
from domain.codes import Party

PARTY_OF: Mapping[Outside, Party] = {
    # Its own institution under the state or a region: it is no part of the municipality and may see nothing here.
    Outside.EDUCATION_INSTITUTION: Party.EDUCATION,
    # The region's hospital. PPR and the health nurses have a login and are the same party: so this is not said of the
    # party, but of each handover when it is sent.
    Outside.PSYCHIATRY: Party.HEALTH,
}
"""The role that each has in the effort; it is the receiver that the handover names."""

WITHOUT_LOGIN: Mapping[Party, Outside] = {Party.EDUCATION: Outside.EDUCATION_INSTITUTION}
"""Parties of which nobody has a login, so that whatever is sent to them goes outside, also where a file tells of it."""
