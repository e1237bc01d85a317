"""The SEQUENCE of the calendar in a mail: higher than that of the mail before, if it says more.

Usually it is the version of the meeting. But a CANCEL may go to one address while the meeting stays
as it is, when an account gets another address, and it must be incremented then (RFC 5546, 2.1.4).
What follows it must be higher again, or calendars take it for something older.
"""

from collections.abc import Iterable

from meetings.models import DeliveryKind


def next_sequence(sent: Iterable[tuple[str, int]], kind: str, version: int) -> int:
    """Return the SEQUENCE of a mail of a kind about a version of the meeting.

    `sent` are (kind, version) of what was sent to this recipient before, oldest first.
    """
    last = number = 0
    was_off = False
    for each, said in [*sent, (kind, version)]:
        is_off = each == DeliveryKind.CANCELLATION
        says_more = said != last or is_off or was_off
        number = max(said, number + says_more)
        last, was_off = said, is_off
    return number
