"""Lets made-up requests reach what is there.

Generated ids name nothing, and a generated If-Match fits no version: nearly all that they ask would end at a 404 or 412.
Every second one is therefore exchanged, as it is sent, for something that the answers so far have told: the id of a record
of the right kind, an entity tag. What comes out is as valid as what it replaces, so all checks hold for it as before.
"""

import json
import re
from collections import defaultdict
from itertools import count

UUID = "[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"
# A collection; which of the notes on a record of it; the id of the record or note; a noun of it.
PATH = re.compile(rf"^https?://[^/]+/api/([a-z-]+)(?:/(comment|attachment|activity))?(?:/({UUID}))?(?:/([a-z]+))?/?(?:\?|$)")
# Collections whose ids schemathesis does not find.
NOT_FOUND = ("orgs", "comments", "attachments", "contact-messages")
LONGEST_TAGS = 500


class StandIns:
    def __init__(self):
        self.there = defaultdict(list)  # collection -> ids, oldest first
        self.trashed = defaultdict(list)
        self.tags = {}  # URL -> entity tag
        self.chosen = {}  # a made-up id stands for the same record all along
        self.turns = defaultdict(count)

    def put_in(self, request):
        """Exchanges what the request made up."""
        path = PATH.match(request.url)
        if path and path[3]:
            request.url = request.url.replace(path[3], self.id_for(request.method, path), 1)
        if self.is_made_up(request, "If-Match") and self.second(request.method, "If-Match"):
            request.headers["If-Match"] = "*"
        if self.is_made_up(request, "If-None-Match") and self.second(request.method, "If-None-Match"):
            request.headers["If-None-Match"] = self.tags.get(request.url, request.headers["If-None-Match"])

    def id_for(self, method, path):
        collection, note, made_up, noun = path.groups()
        ids = self.ids_for(method, collection, note, noun)
        if not ids:
            return made_up
        if noun == "conversion":
            # A lead is converted once and then hardly changes: each request gets another one, and most are spared.
            few = ids[1::4] or [made_up]
            return few[next(self.turns[noun]) % len(few)]
        if made_up in ids:
            return made_up
        stands_for = self.chosen.setdefault((collection, note, noun, made_up), ids[len(self.chosen) % len(ids)])
        return stands_for if self.second(method, collection, note, noun) else made_up

    def ids_for(self, method, collection, note, noun):
        if noun == "restore":
            return self.trashed[collection]
        # Schemathesis finds the ids of plain records by itself; those of notes it takes for ids of their records.
        if note or noun == "conversion" or collection in NOT_FOUND:
            return self.there[collection]
        return []

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
        if response.status_code == 201 and not noun:
            self.there[f"{note}s" if note else collection].append(json.loads(response.content)["id"])
        if request.method == "GET" and collection in NOT_FOUND and not id_:
            listed = self.trashed if "trashed=true" in request.url else self.there
            listed[collection].extend(row["id"] for row in json.loads(response.content)["results"])
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


def text(header):
    return header.decode("latin-1") if isinstance(header, bytes) else header
