"""Lets made-up requests reach what is there.

Generated ids and keys name nothing, and a generated If-Match fits no version: nearly all that they ask would end at a 404
or 412. Every second one is therefore exchanged, as it is sent, for something that the answers so far have told: the id of a
record of the right kind, the key of a public door, an entity tag. What comes out is as valid as what it replaces, so all
checks hold for it as before.
"""

import json
import re
from collections import defaultdict
from itertools import count

UUID = "[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"
# A collection; which of the notes on a record of it; the id of the record or note; a noun of it.
PATH = re.compile(
    r"^https?://[^/]+/api/([a-z-]+(?:/[a-z-]+)*?)"
    rf"(?:/(comment|attachment|activity))?(?:/({UUID})(?:/([a-z-]+))?)?/?(?:\?|$)"
)
# What anybody may ask for who has the key, and the collection whose rows tell it.
DOOR = re.compile(r"^https?://[^/]+/api/(forms|mail/inbound|solutions/public)/([^/?]+)/")
KEYS_OF = {"forms": "forms", "mail/inbound": "mailboxes", "solutions/public": "solutions/help-centre"}
# Addresses of one record that are not below its collection's.
SAME = {"mail/inbound/message": "mail/inbound", "mail/inbound/original": "mail/inbound"}
# They end what other requests need.
SPARED = {("DELETE", "notifications"), ("DELETE", "members"), ("DELETE", "roles")}
LONGEST_TAGS = 500


class StandIns:
    def __init__(self):
        self.there = defaultdict(list)  # collection -> ids, oldest first
        self.trashed = defaultdict(list)
        self.keys = defaultdict(list)  # collection -> keys of its rows
        self.tags = {}  # URL -> entity tag
        self.chosen = {}  # a made-up id stands for the same record all along
        self.turns = defaultdict(count)

    def put_in(self, request):
        """Exchanges what the request made up."""
        path = PATH.match(request.url)
        if path and path[3]:
            request.url = request.url.replace(path[3], self.id_for(request.method, path), 1)
        door = DOOR.match(request.url)
        if door and not path and self.second(request.method, door[1]):
            keys = self.keys[KEYS_OF[door[1]]]
            if keys and door[2] not in keys:
                key = keys[next(self.turns["key"]) % len(keys)]
                request.url = request.url.replace(f"{door[1]}/{door[2]}/", f"{door[1]}/{key}/", 1)
        if self.is_made_up(request, "If-Match") and self.second(request.method, "If-Match"):
            request.headers["If-Match"] = "*"
        if self.is_made_up(request, "If-None-Match") and self.second(request.method, "If-None-Match"):
            request.headers["If-None-Match"] = self.tags.get(request.url, request.headers["If-None-Match"])

    def id_for(self, method, path):
        collection, note, made_up, noun = path.groups()
        collection = SAME.get(collection, collection)
        there, trashed = self.there[collection], self.trashed[collection]
        ids = trashed if noun == "restore" else there
        if not ids or (method, collection) in SPARED:
            return made_up
        if noun == "conversion":
            # A lead is converted once and then hardly changes: each request gets another one, and most are spared.
            few = ids[1::4] or [made_up]
            return few[next(self.turns[noun]) % len(few)]
        # What an answer has told is meant: it may be gone, and must then stay so.
        if made_up in there or made_up in trashed:
            return made_up
        stands_for = self.chosen.setdefault((collection, note, noun, made_up), ids[len(self.chosen) % len(ids)])
        return stands_for if self.second(method, collection, note, noun) else made_up

    def second(self, *what):
        return next(self.turns[what]) % 2 == 0

    def is_made_up(self, request, name):
        value = request.headers.get(name)
        return value is not None and len(value) <= LONGEST_TAGS

    def learn(self, request, response):
        """Notes what an answer tells of what is there."""
        path = PATH.match(request.url)
        if not path or not response.ok:
            return
        collection, note, id_, noun = path.groups()
        if "ETag" in response.headers:
            self.tags[request.url] = response.headers["ETag"]
        if request.headers.get("org"):
            self.there["orgs"] = [text(request.headers["org"])]
        body = rows_of(response)
        if response.status_code == 201 and not noun:
            self.there[f"{note}s" if note else collection].extend(row["id"] for row in body if "id" in row)
        if request.method == "GET" and not id_:
            listed = self.trashed if "trashed=true" in request.url else self.there
            listed[collection].extend(row["id"] for row in body if "id" in row and row["id"] not in listed[collection])
        self.keys[collection].extend(row["key"] for row in body if isinstance(row.get("key"), str))
        if request.method == "DELETE" and id_ and not noun:
            self.move(id_, self.there[collection], self.trashed[collection])
        if noun == "restore":
            self.move(id_, self.trashed[collection], self.there[collection])

    @staticmethod
    def move(id_, source, target):
        if id_ in source:
            source.remove(id_)
        if id_ not in target:
            target.append(id_)


def rows_of(response):
    """The objects of an answer: the rows of a list, or the one that it is about."""
    if "json" not in response.headers.get("Content-Type", ""):
        return []
    answer = json.loads(response.content)
    rows = answer.get("results", [answer]) if isinstance(answer, dict) else []
    return [row for row in rows if isinstance(row, dict)]


def text(header):
    return header.decode("latin-1") if isinstance(header, bytes) else header
