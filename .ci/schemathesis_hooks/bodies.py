"""Bodies of types that schemathesis knows nothing of: calendars (RFC 5545) and mails (RFC 5322)."""

from email.message import EmailMessage
from email.policy import SMTP

import schemathesis
from hypothesis import strategies as st

WORDS = st.text(st.characters(codec="utf-8", exclude_categories=["C", "Z"]), min_size=1, max_size=40)
NAMES = st.from_regex(r"[a-z][a-z0-9]{0,11}", fullmatch=True)
ADDRESSES = st.builds("{}@{}.example".format, NAMES, NAMES)
# The start of a time in UTC; what ends on the same day needs no more than another hour.
DAYS = st.dates().map(lambda day: day.strftime("%Y%m%d") if day.year > 1970 else "20270111")


def escaped(text):
    for plain in "\\;,":
        text = text.replace(plain, f"\\{plain}")
    return text


def calendar(method, uid, day, summary, organizer, attendee, answer, rule):
    lines = [
        "BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Example//Example//EN", f"METHOD:{method}", "BEGIN:VEVENT",
        f"UID:{uid}@elbe.example", "DTSTAMP:20261101T080000Z", "SEQUENCE:0", f"DTSTART:{day}T090000Z", f"DTEND:{day}T100000Z",
        f"SUMMARY:{escaped(summary)}", f"ORGANIZER:mailto:{organizer}", f"ATTENDEE;PARTSTAT={answer}:mailto:{attendee}",
        *([f"RRULE:{rule}"] if rule else []), "END:VEVENT", "END:VCALENDAR",
    ]  # fmt: skip
    return "".join(f"{line}\r\n" for line in lines).encode()


def mail(sender, to, subject, text, message_id, answered, attached):
    message = EmailMessage(policy=SMTP)
    message["From"], message["To"], message["Subject"] = sender, to, subject
    message["Message-ID"] = f"<{message_id}@elbe.example>"
    if answered:
        message["In-Reply-To"] = f"<{answered}@elbe.example>"
    message.set_content(text)
    if attached is not None:
        message.add_attachment(attached, maintype="text", subtype="plain", filename="notes.txt")
    return message.as_bytes()


CALENDARS = st.builds(
    calendar,
    method=st.sampled_from(["PUBLISH", "REQUEST", "REPLY", "CANCEL"]),
    uid=NAMES,
    day=DAYS,
    summary=WORDS,
    organizer=ADDRESSES,
    attendee=ADDRESSES,
    answer=st.sampled_from(["ACCEPTED", "DECLINED", "TENTATIVE", "NEEDS-ACTION"]),
    rule=st.sampled_from([None, "FREQ=WEEKLY;COUNT=5", "FREQ=MONTHLY;BYDAY=-1FR", "FREQ=YEARLY;INTERVAL=2"]),
)
MAILS = st.builds(
    mail,
    sender=ADDRESSES,
    to=ADDRESSES,
    subject=WORDS,
    text=WORDS,
    message_id=NAMES,
    answered=st.none() | NAMES,
    attached=st.none() | st.binary(min_size=1, max_size=100),
)

STRATEGIES = {"text/calendar": CALENDARS, "message/rfc822": MAILS}
for media_type, strategy in STRATEGIES.items():
    schemathesis.openapi.media_type(media_type, strategy)


@schemathesis.hook
def before_load_schema(context, raw_schema):
    # Examples are texts and strategies give bytes; schemathesis takes one or the other.
    for path in raw_schema["paths"].values():
        for operation in path.values():
            content = operation.get("requestBody", {}).get("content", {})
            for media_type in STRATEGIES.keys() & content.keys():
                content[media_type]["schema"].pop("example", None)
