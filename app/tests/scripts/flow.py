"""From a website's form to a customer, over HTTP and SMTP against the real binary; then with kill -9 before the mails.

Usage: flow.py <rapport binary> <sqlite|postgres> [--no-lease]

--no-lease leaves out the last part, which waits for the lease of a dead worker (60 s). PostgreSQL: see house.py. Prints
one line for each step; the exit status is 0 when all held.
"""

import html
import re
import sys
import time
import urllib.parse

from house import PASSWORD, Client, House, Miss, Tally, wait_for
from sink import Sink

SITE = "https://www.harbour-pine.example"
ADA, BO, EVE = "ada@flow.example", "bo@flow.example", "eve@other.example"


def token_of(mail):
    """The secret of the link in a mail."""
    return re.search(r"[?&]token=([\w-]+)", mail.text()).group(1)


def only(tally, sink, address, words, what):
    """The one mail to this address whose subject has these words."""
    def such():
        return [mail for mail in sink.to(address) if words in mail.subject]

    wait_for(such, 20)
    tally.need(len(such()) == 1, f"exactly one mail: {what}", [mail.subject for mail in sink.to(address)])
    return such()[0]


def join(tally, house, sink):
    """Ada founds an organisation and Bo joins it by mail."""
    house.make_person(ADA, "Ada King")
    house.make_person(EVE, "Eve Other", "Other Ltd")
    ada = house.login(ADA)
    org = ada.post("/api/orgs/", {"name": "Harbour & Pine"})
    tally.need(org.status == 201, "Ada logs in and founds an organisation", org)
    ada.org = org.json["id"]
    roles = {role["name"]: role["id"] for role in ada.all_of("/api/roles/")}
    tally.need({"Admin", "User"} <= roles.keys(), "it has its two roles", roles)
    invited = ada.post("/api/invitations/", {"email": BO, "role_id": roles["User"]})
    tally.need(invited.status == 201, "Ada invites Bo as a User", invited)
    invitation = token_of(only(tally, sink, BO, "invites you", "the invitation"))

    stranger = Client(house.base)
    said = stranger.post("/api/auth/register/", {"email": BO, "name": "Bo Berg", "password": PASSWORD})
    tally.need(said.status in (200, 201, 202), "Bo registers", said)
    proof = token_of(only(tally, sink, BO, "Confirm your", "the verification"))
    early = stranger.post("/api/auth/login/", {"email": BO, "password": PASSWORD})
    if early.status in (200, 201):
        hasty = Client(house.base, early.json["access_token"])
        answer = hasty.post("/api/invitations/acceptance/", {"token": invitation})
        tally.check(answer.status == 404, "an address that is not verified takes up no invitation", answer)
    verified = stranger.post("/api/auth/email/verify/", {"token": proof})
    tally.need(verified.status in (200, 204), "the link of the mail verifies the address", verified)
    bo = house.login(BO)
    eve = house.login(EVE)
    tally.check(eve.post("/api/invitations/acceptance/", {"token": invitation}).status == 404, "nobody else can use Bo's invitation")
    accepted = bo.post("/api/invitations/acceptance/", {"token": invitation})
    tally.need(accepted.status == 201 and accepted.json["id"] == ada.org, "Bo accepts the invitation", accepted)
    bo.org = ada.org
    eve.org = next(eve.all_of("/api/orgs/"))["id"]
    return ada, bo, eve


def submit(tally, house, sink, ada, bo):
    """A form, what a website sends with it, and the lead that comes of it."""
    me = bo.get("/api/auth/me/").json["id"]
    tag = ada.post("/api/tags/", {"name": "Website", "colour": "emerald"})
    tally.need(tag.status == 201, "Ada makes a tag", tag)
    form = ada.post("/api/forms/", {
        "title": "Contact us", "allowed_origins": [SITE], "required_fields": ["name", "email"],
        "assigned_to": [me], "tags": [tag.json["id"]],
    })
    tally.need(form.status == 201, "Ada makes a form for Bo", form)
    site, path = Client(house.base), f"/api/forms/{form.json['key']}/submissions/"
    said = {"name": "Nadia Okafor", "email": "nadia@bluekettle.example", "company_name": "Blue Kettle Ltd",
            "phone": "+44 113 496 0000", "message": "Do you deliver to Leeds?", "elapsed_ms": 42000}
    first = site.post(path, said, Origin=SITE, Referer=SITE + "/contact")
    tally.need(first.status == 202, "the site sends it as JSON", first)
    tally.check(first.headers["Access-Control-Allow-Origin"] == SITE, "and its page may read the answer", dict(first.headers))
    for origin in ("https://www.harbour-pine.example.evil.example", "http://www.harbour-pine.example", "null"):
        answer = site.post(path, {**said, "email": "evil@x.example"}, Origin=origin)
        may_read = answer.headers["Access-Control-Allow-Origin"]
        tally.check(answer.status == 403 and not may_read, f"a page of {origin} may not", answer)
    asked = site.ask("OPTIONS", path, headers={"Origin": SITE, "Access-Control-Request-Method": "POST"})
    tally.check(asked.status == 204 and asked.headers["Access-Control-Allow-Origin"] == SITE, "a browser may ask first", asked)
    written = urllib.parse.urlencode({"name": "Tom Reed", "email": "tom@reed.example", "message": "Call me — soon", "fax": ""})
    answer = site.ask("POST", path, written.encode(), {"Origin": SITE}, "application/x-www-form-urlencoded")
    tally.check(answer.status == 202, "and as a browser's own form", answer)
    empty = site.post(path, {"message": "hello"}, Origin=SITE)
    pointers = [fault["pointer"] for fault in empty.json.get("errors", [])]
    tally.check(empty.status == 422 and pointers == ["/name", "/email"], "what is missing is told at once", empty)
    tally.check(site.post(path, {**said, "fax": "1"}, Origin=SITE).status == 202, "a program's is answered alike")
    tally.check(site.post("/api/forms/" + "x" * 32 + "/submissions/", said).status == 404, "an unknown key is a 404")

    leads = list(ada.all_of("/api/leads/"))
    tally.need(sorted(lead["email"] for lead in leads) == ["nadia@bluekettle.example", "tom@reed.example"],
               "there are the two leads and no other", [lead["title"] for lead in leads])
    lead = next(lead for lead in leads if lead["email"].startswith("nadia"))
    tally.check([tag["name"] for tag in lead["tags"]] == ["Website"], "the lead has the form's tag", lead["tags"])
    tally.check([person["id"] for person in lead["assigned_to"]] == [me], "and is Bo's", lead["assigned_to"])
    kept = (lead["created_from_site"], lead["form_id"], lead["site_ip"], lead["site_referrer"])
    tally.check(kept == (True, form.json["id"], "127.0.0.1", SITE + "/contact"), "it says where it came from", kept)
    new = wait_for(lambda: [mail for mail in sink.to(BO) if mail.subject.startswith("New lead") and "Nadia" in mail.subject], 20)
    tally.check(len(new) == 1 and "Do you deliver to Leeds?" in new[0].text(), "exactly one mail tells Bo of the new lead", new)
    tally.check(bool(new) and f"/leads/{lead['id']}" in html.unescape(new[0].text("html")), "it has a text and an HTML part with the link")
    return lead, tag.json["id"], path


def work(tally, sink, ada, bo, lead):
    """Bo lists, searches, filters, comments on, attaches to and changes the lead."""
    me, path = bo.get("/api/auth/me/").json["id"], f"/api/leads/{lead['id']}/"
    for query, what in (({}, "lists"), ({"search": "nad kett"}, "searches by the beginnings of words"),
                        ({"email": "NADIA@bluekettle.example"}, "filters by e-mail address"),
                        ({"assigned_to": me, "source": "website", "sort": "-created_at"}, "filters by assignee and source"),
                        ({"tags": lead["tags"][0]["id"], "created_from_site": "true"}, "filters by tag")):
        found = bo.get("/api/leads/", **query)
        ids = [row["id"] for row in found.json.get("results", [])]
        tally.check(lead["id"] in ids and (query == {} or "search" not in query or len(ids) == 1), f"Bo {what}", found)
    tally.check(bo.get("/api/leads/", search="zebra").json["results"] == [], "a search for something else finds nothing")
    odd = bo.get("/api/leads/", colour="red")
    tally.check(odd.status == 400, "an unknown filter is a 400", odd)

    comment = bo.post(f"/api/leads/comment/{lead['id']}/", {"body": f"Called; @{ADA} can you send an offer?"})
    tally.check(comment.status == 201, "Bo comments and mentions Ada", comment)
    told = only(tally, sink, ADA, "mentioned you", "the mention")
    tally.check("send an offer" in told.text(), "it quotes the comment")
    content = "Espresso bar, three sites\nLeeds — York — Hull\n".encode()
    attached = bo.attach(f"/api/leads/attachment/{lead['id']}/", "offer Füße.txt", content)
    tally.need(attached.status == 201 and attached.json["media_type"] == "text/plain", "Bo attaches a file", attached)
    loaded = bo.get(f"/api/attachments/{attached.json['id']}/")
    tally.check(loaded.body == content and loaded.headers["Content-Disposition"].startswith("attachment"), "and gets it back")
    page = bo.attach(f"/api/leads/attachment/{lead['id']}/", "page.txt", b"<html><script>alert(1)</script>")
    tally.check(page.status == 415, "a page in disguise is refused", page)

    seen = bo.get(path)
    change = {"status": "in_process", "rating": "hot", "opportunity_amount": "18000.00", "currency": "GBP"}
    changed = bo.ask("PATCH", path, change, {"If-Match": seen.headers["ETag"]})
    tally.check(changed.status == 200 and changed.json["rating"] == "hot", "Bo changes it", changed)
    stale = bo.ask("PATCH", path, {"rating": "cold"}, {"If-Match": seen.headers["ETag"]})
    tally.check(stale.status == 412, "a change of what is no longer so is a 412", stale)

    theirs = ada.post("/api/leads/", {"title": "Walk-in", "last_name": "Hale", "assigned_to": [me]})
    tally.check(theirs.status == 201, "Ada gives Bo another lead by hand", theirs)
    only(tally, sink, BO, "Yours now: Walk-in", "the assignment")
    hidden = ada.post("/api/leads/", {"title": "Ada's own", "last_name": "Quiet"})
    tally.check(bo.get(f"/api/leads/{hidden.json['id']}/").status == 404, "what is neither Bo's nor Bo's team's is a 404 to Bo")
    return attached.json["id"]


def convert(tally, bo, lead, attachment):
    path = f"/api/leads/{lead['id']}/conversion/"
    done = bo.post(path, {"opportunity": {"name": "Espresso bar", "amount": "18000.00", "currency": "GBP"}})
    tally.need(done.status == 201 and all(done.json[part] for part in ("account", "contact", "opportunity")), "Bo converts it", done)
    became = done.json
    for kind in ("account", "contact", "opportunity"):
        plural = "opportunities" if kind == "opportunity" else kind + "s"
        part = bo.get(f"/api/{plural}/{became[kind]['id']}/")
        ties = [tag["name"] for tag in part.json.get("tags", [])], [one["name"] for one in part.json.get("assigned_to", [])]
        tally.check(part.status == 200 and part.json["lead_id"] == lead["id"] and ties == (["Website"], ["Bo Berg"]),
                    f"the {kind} knows its lead, and has its tag and assignee", part)
    again = bo.post(path, {})
    tally.check(again.status == 409 and again.code == "already_converted" and became["account"]["id"] in str(again.json),
                "converting twice is a 409 with the ids", again)
    account = became["account"]["id"]
    files = bo.get(f"/api/accounts/attachment/{account}/").json["results"]
    comments = bo.get(f"/api/accounts/comment/{account}/").json["results"]
    tally.check([file["id"] for file in files] == [attachment] and len(comments) == 1, "file and comment went with it", (files, comments))
    timeline = [entry["verb"] for entry in bo.get(f"/api/leads/activity/{lead['id']}/").json["results"]]
    tally.check({"created", "commented", "attached", "changed", "converted"} <= set(timeline), "the timeline tells it all", timeline)
    born = [entry["verb"] for entry in bo.get(f"/api/accounts/activity/{account}/").json["results"]]
    tally.check("created" in born, "and the account's how it began", born)
    return became


def fence(tally, eve, org, lead, became, attachment, tag):
    """Another organisation's admin sees nothing of it."""
    ids = {"leads": lead["id"], "accounts": became["account"]["id"], "contacts": became["contact"]["id"],
           "opportunities": became["opportunity"]["id"]}
    ours = eve.org
    for kind, record in ids.items():
        asked = [("GET", f"/api/{kind}/{record}/", None), ("PATCH", f"/api/{kind}/{record}/", {"description": "mine"}),
                 ("DELETE", f"/api/{kind}/{record}/", None), ("POST", f"/api/{kind}/{record}/restore/", None),
                 ("GET", f"/api/{kind}/comment/{record}/", None), ("GET", f"/api/{kind}/attachment/{record}/", None),
                 ("GET", f"/api/{kind}/activity/{record}/", None), ("POST", f"/api/{kind}/comment/{record}/", {"body": "hi"})]
        answers = [(method, path, eve.ask(method, path, body).status) for method, path, body in asked]
        tally.check(all(status == 404 for *_, status in answers), f"to another organisation none of the {kind} exists", answers)
        listed = eve.get(f"/api/{kind}/").json, eve.get(f"/api/{kind}/", search="Blue").json
        tally.check(all(page["results"] == [] and page["count"] == 0 for page in listed), f"its lists and searches of {kind} are empty")
    others = [eve.get(f"/api/attachments/{attachment}/"), eve.get(f"/api/tags/{tag}/"), eve.post(f"/api/leads/{lead['id']}/conversion/", {})]
    tally.check([answer.status for answer in others] == [404] * 3, "nor its file, its tag, its conversion", list(map(str, others)))
    stolen = eve.post("/api/leads/", {"title": "Mine", "last_name": "X", "tags": [tag]})
    tally.check(stolen.status == 422, "its tag cannot be borrowed", stolen)
    eve.org = org
    answer = eve.get("/api/leads/")
    tally.check(answer.status in (403, 404), "its `org` header opens nothing", answer)
    eve.org = ours


def kill_before_mail(tally, house, sink, server, path):
    """The server dies between the commit and the mail; a worker sends it, once."""
    house.stop(server)
    server, since = house.serve(WORKERS_IN_SERVE="0"), len(sink.mails)
    answer = Client(house.base).post(path, {"name": "Kim Kilroy", "email": "kim@kilroy.example", "message": "now"}, Origin=SITE)
    house.kill(server)
    tally.need(answer.status == 202, "a submission is taken, and the server killed at once", answer)
    time.sleep(0.5)
    tally.check(len(sink.mails) == since, "no mail went out before")
    worker = house.start("work")
    kinds = ("New lead", "Yours now")
    wait_for(lambda: len(sink.to(BO, since)) >= 2, 20)
    time.sleep(2)
    told = [mail.subject for mail in sink.to(BO, since)]
    tally.check([sum(subject.startswith(kind) for subject in told) for kind in kinds][0] == 1, "a worker sends the mail, once", told)
    tally.check(len(told) == len(set(told)), "and no mail twice", told)
    tally.check(house.stop(worker) == 0, "SIGTERM ends the worker in peace")


def kill_in_mail(tally, house, sink, path):
    """The worker dies while the SMTP server makes it wait; another one sends the mail when the lease is over."""
    server, since = house.serve(WORKERS_IN_SERVE="0"), len(sink.mails)
    sink.held = True
    answer = Client(house.base).post(path, {"name": "Lou Lease", "email": "lou@lease.example", "message": "wait"}, Origin=SITE)
    tally.need(answer.status == 202, "another submission is taken", answer)
    worker = house.start("work")
    tally.need(wait_for(lambda: sink.waiting, 20), "a worker waits for the SMTP server to take the mail")
    time.sleep(0.5)
    house.kill(worker)
    sink.held = False
    tally.check(len(sink.mails) == since, "it is killed before a mail is out")
    killed, worker = time.monotonic(), house.start("work")
    wait_for(lambda: any(mail.subject.startswith("New lead") for mail in sink.to(BO, since)), 95)
    took = time.monotonic() - killed
    wait_for(lambda: len(sink.to(BO, since)) >= 2, 15)
    time.sleep(2)
    told = [mail.subject for mail in sink.to(BO, since)]
    tally.check(sum(subject.startswith("New lead") for subject in told) == 1 and len(told) == len(set(told)),
                f"another worker sends it, once, {took:.0f} s later", told)
    house.stop(worker)
    house.stop(server)


def main():
    arguments = [argument for argument in sys.argv[1:] if argument != "--no-lease"]
    if len(arguments) != 2:
        sys.exit(__doc__)
    tally, sink = Tally(), Sink()
    with House(*arguments, MAIL_TRANSPORT="smtp", SMTP_URL=sink.url, MAIL_FROM="Rapport <crm@flow.example>") as house:
        try:
            house.run("migrate", "up")
            server = house.serve()
            tally.check(True, f"a fresh server stands, on {house.engine}")
            ada, bo, eve = join(tally, house, sink)
            lead, tag, path = submit(tally, house, sink, ada, bo)
            attachment = work(tally, sink, ada, bo, lead)
            became = convert(tally, bo, lead, attachment)
            fence(tally, eve, ada.org, lead, became, attachment, tag)
            kill_before_mail(tally, house, sink, server, path)
            if "--no-lease" not in sys.argv:
                kill_in_mail(tally, house, sink, path)
            tally.check(not sink.repeated(), f"no Message-ID came twice, of {len(sink.mails)} mails", sink.repeated())
            tally.check(not sink.faults, "SMTP as it is written", sink.faults)
        except Miss as miss:
            if str(miss) not in tally.misses:
                tally.check(False, str(miss))
        if tally.misses:
            house.tell_log()
    return tally.end()


if __name__ == "__main__":
    sys.exit(main())
