#!/usr/bin/env python3
"""Makes modules/recurrence/src/tests/series.json: recurrence rules with what python-dateutil makes of them.

    python3 -m venv venv && venv/bin/pip install python-dateutil==4.0.0 tzdata
    venv/bin/python app/tests/scripts/recurrence.py > modules/recurrence/src/tests/series.json

The seed is fixed, so it makes the same file again. `times` are what the clocks of the zone show; `moments` are the same in UTC:
a time that clocks jump over by the offset from before, one that comes twice the first time (RFC 5545, 3.3.5).
"""
import json
import random
from datetime import datetime, timedelta, timezone
from itertools import islice, takewhile
from zoneinfo import ZoneInfo

from dateutil.rrule import rrulestr

RULES, TIMES = 600, 8
ZONES = [
    "Europe/Berlin", "Europe/London", "Europe/Lisbon", "Europe/Athens", "Europe/Chisinau", "Atlantic/Azores", "America/New_York",
    "America/Chicago", "America/Denver", "America/Los_Angeles", "America/Anchorage", "America/St_Johns", "America/Halifax",
    "America/Havana", "America/Santiago", "America/Asuncion", "Asia/Jerusalem", "Asia/Beirut", "Asia/Nicosia", "Australia/Sydney",
    "Australia/Adelaide", "Australia/Lord_Howe", "Pacific/Auckland", "Pacific/Chatham", "Antarctica/Troll", "Asia/Tokyo",
    "Asia/Kolkata", "UTC",
]
DAYS = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"]
chance = random.Random(5545)


def some(of, most):
    return chance.sample(list(of), chance.randint(1, most))


def joined(values):
    return ",".join(str(value) for value in values)


def signed(most):
    return lambda count: joined(some([n for n in range(-most, most + 1) if n], count))


def parts(freq):
    maybe = lambda share: chance.random() < share
    rule = [f"FREQ={freq}"]
    if maybe(0.5):
        rule.append(f"INTERVAL={chance.choice([2, 2, 3, 4, 5, 6, 10, 13])}")
    if maybe(0.2):
        rule.append(f"WKST={chance.choice(DAYS)}")
    by = len(rule)
    if maybe(0.25):
        rule.append(f"BYMONTH={joined(sorted(some(range(1, 13), 4)))}")
    if freq in ("DAILY", "MONTHLY", "YEARLY") and maybe(0.35):
        rule.append(f"BYMONTHDAY={signed(31)(4)}")
    by_week = freq == "YEARLY" and maybe(0.2)
    if by_week:
        rule.append(f"BYWEEKNO={signed(53)(3)}")
    if freq == "YEARLY" and maybe(0.2):
        rule.append(f"BYYEARDAY={signed(366)(4)}")
    if maybe(0.6):
        numbers = [""] * 3
        if freq == "MONTHLY":
            numbers += [1, 2, 3, 4, -1, -2, 5]
        if freq == "YEARLY" and not by_week:
            # With BYMONTH they count within the month; beyond its weeks dateutil stumbles.
            numbers += [1, 2, 4, -1, -4] if "BYMONTH=" in ";".join(rule) else [1, 10, 20, -1, -20, 52]
        rule.append(f"BYDAY={joined(str(chance.choice(numbers)) + day for day in some(DAYS, 4))}")
    if len(rule) > by and maybe(0.3):
        rule.append(f"BYSETPOS={signed({'DAILY': 1, 'WEEKLY': 4, 'MONTHLY': 5, 'YEARLY': 20}[freq])(2)}")
    return rule


def case(rule, first, zone, end=""):
    """What dateutil makes of it. It counts in plain times, like the rule; UNTIL is a moment, so it is looked at here."""
    until = None
    if end.startswith("COUNT"):
        times = rrulestr(";".join([*rule, end]), dtstart=first)
    else:
        times = rrulestr(";".join(rule), dtstart=first)
        until = end[6:]
    moment = lambda time: time.replace(tzinfo=ZoneInfo(zone)).astimezone(timezone.utc)

    def within(time):
        if not until:
            return True
        if len(until) == 8:
            return time.date() <= datetime.strptime(until, "%Y%m%d").date()
        return moment(time) <= datetime.strptime(until, "%Y%m%dT%H%M%SZ").replace(tzinfo=timezone.utc)

    times = list(islice(takewhile(lambda time: time.year < 2100 and within(time), times), TIMES))
    return {
        "rule": ";".join([*rule, end]) if end else ";".join(rule),
        "zone": zone,
        "first": first.isoformat(),
        "times": [time.isoformat() for time in times],
        "moments": [moment(time).strftime("%Y-%m-%dT%H:%M:%SZ") for time in times],
    }


def generated():
    first = datetime(2012, 1, 1) + timedelta(minutes=30 * chance.randint(0, 48 * 366 * 12))
    end = chance.choice(["", "", "count", "day", "moment"])
    later = first + timedelta(days=chance.randint(0, 1500), minutes=chance.randint(0, 1439))
    end = {"": "", "count": f"COUNT={chance.randint(1, 15)}", "day": later.strftime("UNTIL=%Y%m%d"),
           "moment": later.strftime("UNTIL=%Y%m%dT%H%M%SZ")}[end]
    return case(parts(chance.choice(["DAILY", "WEEKLY", "MONTHLY", "YEARLY"])), first, chance.choice(ZONES), end)


def changes(zone):
    """The days of this zone's two last changes of clocks before 2024, with every half hour of the night."""
    found, at = [], datetime(2023, 12, 31, tzinfo=timezone.utc)
    offset = lambda moment: moment.astimezone(ZoneInfo(zone)).utcoffset()
    while len(found) < 2 and at.year > 1995:
        earlier = at - timedelta(hours=6)
        if offset(earlier) != offset(at):
            found.append(at.astimezone(ZoneInfo(zone)).replace(tzinfo=None))
        at = earlier
    return found


def main():
    cases = []
    while len(cases) < RULES:
        made = generated()
        if made["times"]:
            cases.append(made)
    for zone in ZONES:
        for change in changes(zone):
            day = datetime(change.year, change.month, change.day) - timedelta(days=3)
            for half in (0, 1, 2, 3, 4, 5, 6, 7, 18, 46, 47):
                cases.append(case(["FREQ=DAILY"], day + timedelta(minutes=30 * half), zone, "COUNT=6"))
            cases.append(case(["FREQ=WEEKLY"], day - timedelta(days=4, minutes=-570), zone, "COUNT=4"))
    print("[\n" + ",\n".join(json.dumps(one) for one in cases) + "\n]")


main()
