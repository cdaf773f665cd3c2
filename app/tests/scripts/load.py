"""Loads the contacts and accounts of other systems through the API, and says what became of every row and field.

Usage: load.py <url> <e-mail> <password> <organisation id> <contacts.csv> <accounts.csv>

Running it twice changes nothing: each row is looked for before it is made. What has no field of its own stands in the
description; what is left out is told with the reason. The exit status is 0 when every row is in or refused with a reason.
"""

import csv
import io
import sys
from collections import Counter
from decimal import Decimal

from house import Client, Miss

COUNTRIES = {"USA": "US", "United States": "US", "Canada": "CA"}
TALES = {  # what a system needs for itself and a person cannot use
    "ISDELETED": "the export has no deleted rows", "SESSION_ID__C": "a session key of the old system",
    "SYSTEMMODSTAMP": "the old system's bookkeeping", "company": "the same as company_name", "nb_tasks": "tasks are not loaded",
}


def rows_of(path):
    """UTF-8, or what old spreadsheets write."""
    with open(path, "rb") as file:
        content = file.read()
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("cp1252")
        print(f"{path}: is not UTF-8, read as Windows-1252")
    return list(csv.DictReader(io.StringIO(text, newline="")))


def name_of(record):
    """What a record is known by."""
    return record.get("name") or record.get("email") or f"{record['first_name']} {record['last_name']}"


class Loader:
    def __init__(self, client):
        self.client, self.told, self.refusals, self.notes = client, Counter(), [], Counter()
        self.tags = {tag["name"].casefold(): tag["id"] for tag in client.all_of("/api/tags/")}
        self.accounts = {row["name"].casefold(): row for row in client.all_of("/api/accounts/")}
        self.contacts = {name_of(row).casefold(): row for row in client.all_of("/api/contacts/")}

    def keep(self, kind, known, row_id, body):
        """Makes a record, or finds it there. Fields that the server refuses go to the description, with the reason."""
        name = name_of(body)
        there = known.get(name.casefold())
        if there and f"Old id: {row_id}" in (there["description"] or "").splitlines():
            self.told[f"{kind}: there already"] += 1
            return there
        for _ in range(4):
            answer = self.client.post(f"/api/{kind}/", body)
            if answer.status == 201:
                known[name.casefold()] = answer.json
                self.told[f"{kind}: made"] += 1
                return answer.json
            faults = answer.json.get("errors") or []
            movable = [fault for fault in faults if self.move(body, fault)]
            if answer.status != 422 or not movable:
                why = "; ".join(f"{fault['pointer']}: {fault['detail']}" for fault in faults)
                return self.refuse(kind, row_id, name, f"{answer.status} {answer.json.get('detail', '')} {why}".strip())
        return self.refuse(kind, row_id, name, "refused again and again")

    def move(self, body, fault):
        """Takes a refused optional field out of the body and puts it into the description."""
        *within, field = fault["pointer"].strip("/").split("/")
        part = body
        for step in within:
            part = part.get(step) if isinstance(part, dict) else None
        if not isinstance(part, dict) or field not in part or field in ("name", "first_name", "last_name", "description"):
            return False
        value = part.pop(field)
        body["description"] += f"\n{field.replace('_', ' ').capitalize()}: {value}"
        self.notes[f"{field}: {fault['detail']} e.g. {value!r}"] += 1
        return True

    def refuse(self, kind, row_id, name, why):
        self.told[f"{kind}: refused"] += 1
        self.refusals.append(f"{kind} {row_id} ({name}): {why}")
        return None

    def tag(self, name):
        if name.casefold() not in self.tags:
            answer = self.client.post("/api/tags/", {"name": name})
            if answer.status != 201:
                self.notes[f"tag {name!r}: {answer}"] += 1
                return None
            self.tags[name.casefold()] = answer.json["id"]
            self.told["tags: made"] += 1
        return self.tags[name.casefold()]

    def account(self, row):
        rest = dict(row)
        take = lambda name: (rest.pop(name, "") or "").strip()
        body = {"name": take("NAME"), "website": take("WEBSITE"), "phone": take("PHONE")}
        body["rating"] = take("RATING").lower()
        body["industry"] = take("INDUSTRY").lower().replace(" & ", "_and_").replace(" ", "_")
        address = {"address_line": take("BILLINGSTREET"), "city": take("BILLINGCITY"), "state": take("BILLINGSTATE"),
                   "postcode": take("BILLINGPOSTALCODE"), "country": take("BILLINGCOUNTRY")}
        address["country"] = COUNTRIES.get(address["country"], address["country"])
        body["billing_address"] = {name: text for name, text in address.items() if text}
        if employees := take("NUMBEROFEMPLOYEES"):
            body["number_of_employees"] = int(employees)
        if revenue := take("ANNUALREVENUE"):
            body["annual_revenue"], body["currency"] = f"{Decimal(revenue):.2f}", "USD"
        row_id, text = take("ID"), take("DESCRIPTION")
        body = {name: value for name, value in body.items() if value not in ("", {})}
        body["description"] = self.describe(text, row_id, rest)
        self.keep("accounts", self.accounts, row_id, body)

    def contact(self, row):
        rest = dict(row)
        take = lambda name: (rest.pop(name, "") or "").strip()
        body = {"first_name": take("first_name"), "last_name": take("last_name"), "title": take("title"),
                "organization": take("company_name"), "linkedin_url": take("linkedin_url")}
        for field, places in (("email", ("email_work", "email_home", "email_other")),
                              ("phone", ("phone_work", "phone_home", "phone_other"))):
            first = next((place for place in places if rest[place].strip()), None)
            if first:
                body[field] = take(first)
        body["tags"] = [tag for name in take("tags").split(",") if name.strip() and (tag := self.tag(name.strip()))]
        if body["organization"]:
            body["account_id"] = self.company(body["organization"], take("company_id"))
        row_id, text = take("id"), take("background")
        body = {name: value for name, value in body.items() if value not in ("", [], None)}
        body["description"] = self.describe(text, row_id, rest)
        self.keep("contacts", self.contacts, row_id, body)

    def company(self, name, company_id):
        """The account that a contact belongs to: the contacts' file names it, and nothing more."""
        if there := self.accounts.get(name.casefold()):
            return there["id"]
        answer = self.client.post("/api/accounts/", {"name": name, "description": f"Old id: {company_id}\nKnown from its contacts."})
        if answer.status != 201:
            self.notes[f"account {name!r} of a contact: {answer}"] += 1
            return None
        self.accounts[name.casefold()] = answer.json
        self.told["accounts of contacts: made"] += 1
        return answer.json["id"]

    def describe(self, text, row_id, rest):
        lines = [text, f"Old id: {row_id}"]
        for name, value in rest.items():
            if name in TALES:
                self.notes[f"{name}: left out, {TALES[name]}"] += 1
            elif value and value.strip():
                lines.append(f"{name}: {value.strip()}")
        return "\n".join(line for line in lines if line)


def main():
    if len(sys.argv) != 7:
        sys.exit(__doc__)
    url, email, password, org, contacts, accounts = sys.argv[1:]
    client = Client(url)
    answer = client.post("/api/auth/login/", {"email": email, "password": password})
    if answer.status not in (200, 201):
        sys.exit(f"login: {answer}")
    client.token, client.org = answer.json["access_token"], org
    loader, rows = Loader(client), {"accounts": rows_of(accounts), "contacts": rows_of(contacts)}
    for row in rows["accounts"]:
        loader.account(row)
    for row in rows["contacts"]:
        loader.contact(row)
    for what, times in [*sorted(loader.told.items()), *loader.notes.most_common()]:
        print(f"{times:6} {what}")
    print(*(f"refused: {refusal}" for refusal in loader.refusals), sep="\n")
    whole = True
    for kind in ("accounts", "contacts"):
        settled = sum(loader.told[f"{kind}: {end}"] for end in ("made", "there already", "refused"))
        print(f"{kind}: {len(rows[kind])} rows, {settled} settled")
        whole = whole and settled == len(rows[kind])
    return 0 if whole else 1


if __name__ == "__main__":
    try:
        sys.exit(main())
    except Miss as miss:
        sys.exit(f"missed: {miss}")
