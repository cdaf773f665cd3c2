"""Kills the server again and again while four clients write, and looks for what was lost or half made.

Usage: crash.py <rapport binary> <sqlite|postgres> [--kills 50] [--seconds 1.0]

Whatever was answered with 2xx must be there afterwards with what it said; the same Idempotency-Key must give the same
answer again; a converted lead must have all it became; each attachment must have its bytes. PostgreSQL: see house.py.
"""

import argparse
import glob
import hashlib
import http.client
import os
import random
import sqlite3
import sys
import threading
import time
import uuid

from house import Client, House, Miss

WRITERS = 4
UNMARKED = "an answer that was given again does not say so (Idempotency-Replayed)"


class Kept:
    """What the server said that it has done, and what it was asked and did not answer."""

    def __init__(self):
        self.lock = threading.Lock()
        self.leads, self.converted, self.files = {}, {}, {}
        self.unanswered, self.refused = [], []

    @property
    def acknowledged(self):
        return len(self.leads) + len(self.converted) + len(self.files)

    def note(self, where, key, what):
        with self.lock:
            where[key] = what


class Request:
    """A write with its Idempotency-Key: what repeats it exactly."""

    def __init__(self, kind, path, body):
        self.kind, self.path, self.body, self.key = kind, path, body, str(uuid.uuid4())

    def send(self, client):
        headers = {"Idempotency-Key": self.key}
        if self.kind == "file":
            name, content = self.body
            return client.attach(self.path, name, content, headers)
        return client.ask("POST", self.path, self.body, headers)


def write(client, kept, stopping, writer, chance):
    """Creates, converts and attaches until told to stop or the server is gone."""
    mine = []
    while not stopping.is_set():
        request = next_request(writer, mine, chance)
        try:
            answer = request.send(client)
        except (OSError, http.client.HTTPException):
            kept.unanswered.append(request)
            return
        if not 200 <= answer.status < 300:
            kept.refused.append(f"{request.kind}: {answer}")
            continue
        if request.kind == "lead":
            kept.note(kept.leads, answer.json["id"], (request, answer.body))
            mine.append((answer.json["id"], request.body))
        elif request.kind == "conversion":
            kept.note(kept.converted, answer.json["lead_id"], (request, answer.body))
        else:
            kept.note(kept.files, answer.json["id"], (request, answer.body))


def next_request(writer, mine, chance):
    dice = chance.random()
    if mine and dice < 0.25:
        lead, body = mine.pop(chance.randrange(len(mine)))
        deal = {"name": f"Deal of {body['title']}", "amount": "1250.00", "currency": "EUR"}
        return Request("conversion", f"/api/leads/{lead}/conversion/", {"account_name": body["company_name"], "opportunity": deal})
    if mine and dice < 0.5:
        content = (f"{writer} " + "line of text\n" * chance.randrange(1, 3000)).encode()
        return Request("file", f"/api/leads/attachment/{chance.choice(mine)[0]}/", ("note.txt", content))
    name = uuid.uuid4().hex[:12]
    return Request("lead", "/api/leads/", {
        "title": f"Lead {name}", "first_name": "Ivo", "last_name": f"Marsh {name}", "email": f"{name}@crash.example",
        "company_name": f"Company {name}", "status": "in_process", "opportunity_amount": "1250.00", "currency": "EUR",
    })


class Look:
    """What is found afterwards, by its kind."""

    def __init__(self, client, kept):
        self.client, self.kept, self.lost, self.damaged = client, kept, [], []

    def all(self):
        leads = {lead["id"]: lead for lead in self.client.all_of("/api/leads/")}
        parts = {kind: {row["id"]: row for row in self.client.all_of(f"/api/{kind}/")}
                 for kind in ("accounts", "contacts", "opportunities")}
        self.leads(leads)
        self.aggregates(leads, parts)
        self.files(leads, parts["accounts"])
        return len(leads), {kind: len(rows) for kind, rows in parts.items()}

    def leads(self, leads):
        for lead_id, (request, _) in self.kept.leads.items():
            lead = leads.get(lead_id)
            if lead is None:
                self.lost.append(f"lead {lead_id}")
            elif any(lead[field] != said for field, said in request.body.items() if field != "status"):
                self.damaged.append(f"lead {lead_id} is not what was sent")
        titles = [lead["title"] for lead in leads.values()]
        if len(titles) != len(set(titles)):
            self.damaged.append(f"{len(titles) - len(set(titles))} leads were made twice")

    def aggregates(self, leads, parts):
        """A converted lead has all three, a lead that is not has none, and no part stands without its lead."""
        for lead in leads.values():
            became = {kind: lead[f"converted_{name}"] for kind, name in
                      (("accounts", "account"), ("contacts", "contact"), ("opportunities", "opportunity"))}
            whole = all(part and part["id"] in parts[kind] for kind, part in became.items())
            if lead["status"] == "converted" and not whole:
                self.damaged.append(f"lead {lead['id']} is converted and not all there: {became}")
            if lead["status"] != "converted" and (any(became.values()) or lead["converted_at"]):
                self.damaged.append(f"lead {lead['id']} is half converted: {became}")
        for lead_id in self.kept.converted:
            if leads.get(lead_id, {}).get("status") != "converted":
                self.lost.append(f"conversion of {lead_id}")
        converted = {lead_id for lead_id, lead in leads.items() if lead["status"] == "converted"}
        for kind, rows in parts.items():
            for row in rows.values():
                if row["lead_id"] not in converted:
                    self.damaged.append(f"{kind} {row['id']} came from no converted lead")

    def files(self, leads, accounts):
        """Every attachment, acknowledged or not, must be there to its last byte."""
        rows = {}
        for kind, records in (("leads", leads), ("accounts", accounts)):
            for record in records:
                for row in self.client.get(f"/api/{kind}/attachment/{record}/", limit=200).json["results"]:
                    rows[row["id"]] = row
        for file_id in self.kept.files.keys() - rows.keys():
            self.lost.append(f"file {file_id}")
        for file_id, row in rows.items():
            answer = self.client.get(f"/api/attachments/{file_id}/")
            whole = answer.status == 200 and hashlib.sha256(answer.body).hexdigest() == row["sha256"]
            if not whole or len(answer.body) != row["size"]:
                self.damaged.append(f"file {file_id}: {answer.status}, {len(answer.body)} of {row['size']} bytes")
            said = self.kept.files.get(file_id)
            if whole and said and answer.body != said[0].body[1]:
                self.damaged.append(f"file {file_id} has other bytes than were sent")


def repeat(client, kept, sample):
    """The same key again: the same answer for what was acknowledged, one effect for what was not answered."""
    wrong = []
    for request, body in sample:
        answer = request.send(client)
        if answer.body != body:
            wrong.append(f"{request.kind} repeated: {answer}")
        elif answer.headers.get("Idempotency-Replayed") != "true":
            wrong.append(UNMARKED)
    for request in kept.unanswered:
        first, second = request.send(client), request.send(client)
        if not 200 <= first.status < 300:
            wrong.append(f"{request.kind} sent again after no answer: {first}")
        elif first.body != second.body:
            wrong.append(f"{request.kind} sent twice gave two answers")
        elif request.kind == "lead":
            kept.leads[first.json["id"]] = (request, first.body)
        elif request.kind == "conversion":
            kept.converted[first.json["lead_id"]] = (request, first.body)
        else:
            kept.files[first.json["id"]] = (request, first.body)
    return wrong


def integrity(house):
    """What SQLite says of its file, after the server is gone."""
    if house.engine != "sqlite":
        return []
    (path,) = glob.glob(os.path.join(house.data, "*.sqlite"))
    with sqlite3.connect(path) as database:
        faults = [row[0] for row in database.execute("PRAGMA integrity_check") if row[0] != "ok"]
        faults += [f"foreign key: {row}" for row in database.execute("PRAGMA foreign_key_check")]
    return faults


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("binary")
    parser.add_argument("engine", choices=["sqlite", "postgres"])
    parser.add_argument("--kills", type=int, default=50)
    parser.add_argument("--seconds", type=float, default=1.0, help="the longest time between two kills")
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    begun, chance, kept, wrong = time.monotonic(), random.Random(asked.seed), Kept(), []
    answered_again = unanswered = 0
    with House(asked.binary, asked.engine, MAIL_TRANSPORT="file") as house:
        made = house.make_person("ada@crash.example", "Ada King", "Crash Ltd")
        server = house.serve()
        token = house.login("ada@crash.example").token
        restarts = []
        for _ in range(asked.kills):
            stopping = threading.Event()
            clients = [Client(house.base, token, made["org_id"], timeout=20) for _ in range(WRITERS)]
            writers = [threading.Thread(target=write, args=(client, kept, stopping, number, random.Random(chance.random())))
                       for number, client in enumerate(clients)]
            for writer in writers:
                writer.start()
            time.sleep(chance.uniform(0.1, asked.seconds))
            house.kill(server)
            stopping.set()
            for writer in writers:
                writer.join()
            restarted = time.monotonic()
            server = house.serve()
            restarts.append(time.monotonic() - restarted)
            client = Client(house.base, token, made["org_id"])
            everything = [*kept.leads.values(), *kept.converted.values(), *kept.files.values()]
            sample = chance.sample(everything, min(10, len(everything)))
            answered_again += len(sample)
            unanswered += len(kept.unanswered)
            wrong += repeat(client, kept, sample)
            kept.unanswered.clear()
        look = Look(Client(house.base, token, made["org_id"]), kept)
        leads, parts = look.all()
        status = house.stop(server)
        look.damaged += integrity(house)
        refusals = kept.refused + wrong
        print(f"{asked.engine}: {asked.kills} kills, {kept.acknowledged} acknowledged writes "
              f"({len(kept.leads)} leads, {len(kept.converted)} conversions, {len(kept.files)} files), "
              f"{len(look.lost)} lost, {len(look.damaged)} damaged; {answered_again} repeated with their key, "
              f"{unanswered} unanswered sent again, {len(refusals)} of these wrong or refused; "
              f"there are {leads} leads, {parts}; longest restart {max(restarts, default=0):.2f} s; "
              f"{time.monotonic() - begun:.0f} s in all")
        for fault in list(dict.fromkeys([*look.lost, *look.damaged, *refusals]))[:20]:
            print("  ", fault[:500])
        if status != 0:
            print(f"   SIGTERM ended the server with {status}")
        return 1 if look.lost or look.damaged or refusals or status != 0 else 0


if __name__ == "__main__":
    try:
        sys.exit(main())
    except Miss as miss:
        sys.exit(f"missed: {miss}")
