"""Break-offs: nobody reached, nothing offered, news that came too late."""

from datetime import timedelta

from demo.days import weekdays_after
from demo.failing.kinds import Kind, Seen
from demo.life import Life
from demo.paths import break_off


def break_off_without_contact(life: Life) -> None:
    """Told of it, tried a few times, never reached."""
    on = life.ago(14, 26)
    programme = break_off.broke_off_on(life, on)
    known_on = break_off.told(life, on, programme, 0)
    break_off.tries(life, known_on, life.until)
    life.plant(Kind.BREAK_OFF_WITHOUT_CONTACT, weekdays_after(known_on, 5), Seen.WORKLIST, law="KUI-02")


def contact_but_no_activity(life: Life) -> None:
    """Reached in time, and then nothing was offered."""
    on = life.ago(34, 58)
    programme = break_off.broke_off_on(life, on)
    break_off.contact(life, life.after(break_off.told(life, on, programme, life.draw.randint(0, 3)), 1, 3))
    life.plant(Kind.CONTACT_BUT_NO_ACTIVITY, on + timedelta(days=30), Seen.WORKLIST, law="KUI-03")


def late_news(life: Life) -> None:
    """The institution told of it when the thirty days had passed; nobody could have kept them."""
    on = life.ago(38, 56)
    programme = break_off.broke_off_on(life, on)
    known_on = life.ago(1, 3)
    break_off.told(life, on, programme, (known_on - on).days)
    life.plant(Kind.LATE_NEWS, on + timedelta(days=30), Seen.WORKLIST, Seen.LATE_NEWS, law="KUI-03")
