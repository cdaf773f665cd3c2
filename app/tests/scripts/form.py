"""The form of the README in a real browser, on pages of other origins than the server's.

Usage: form.py <rapport binary> <sqlite|postgres>

Needs Chromium (or $CHROMIUM); without it there is nothing to show, and that is said. PostgreSQL: see house.py. Prints one
line for each step; the exit status is 0 when all held.
"""

import http.server
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import threading

from house import House, Miss, Tally, wait_for

README = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "..", "README.md")

# A visitor: waits, fills the form in, presses the button, and tells the page's own server what the page then says.
VISITOR = """<script>
  addEventListener("load", () => setTimeout(async () => {
    for (const [name, value] of Object.entries(%(said)s)) document.querySelector(`[name=${name}]`).value = value;
    document.querySelector("button").click();
    const output = document.querySelector("output");
    while (!output.textContent) await new Promise((go) => setTimeout(go, 50));
    await fetch("/said", { method: "POST", body: output.textContent });
  }, %(wait)d));
</script>"""


class Site:
    """A website with one page, on a port of its own; `heard` is what its visitors told it, `shown` how many there were."""

    def __init__(self, host):
        self.page, self.heard, self.shown = "", [], 0
        site = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_GET(self):
                site.shown += self.path == "/contact"
                self.answer("text/html; charset=utf-8", site.page.encode())

            def do_POST(self):
                site.heard.append(self.rfile.read(int(self.headers["Content-Length"])).decode())
                self.answer("text/plain", b"heard")

            def answer(self, kind, body):
                self.send_response(200)
                self.send_header("Content-Type", kind)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_):
                pass

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.origin = f"http://{host}:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()


class Browser:
    """Chromium with one page, and nothing but this machine to reach."""

    def __init__(self, program, url):
        self.folder = tempfile.mkdtemp(prefix="rapport-browser-")
        self.process = subprocess.Popen(
            [program, "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--no-proxy-server",
             "--disable-background-networking", "--disable-component-update", "--disable-sync", "--disable-dev-shm-usage",
             "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1",
             "--remote-debugging-port=0", f"--user-data-dir={self.folder}", url],
            stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.terminate()
        try:
            self.process.wait(10)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        shutil.rmtree(self.folder, ignore_errors=True)


def readme_form(base, key):
    """The HTML that the README tells a site to paste, for this server and this form."""
    with open(README, encoding="utf-8") as readme:
        pasted = re.search(r"```html\n(.*?)```", readme.read(), re.S).group(1)
    for placeholder in ("https://crm.example.com", "YOUR-KEY"):
        if placeholder not in pasted:
            raise Miss(f"the README's form has no {placeholder}")
    return pasted.replace("https://crm.example.com", base).replace("YOUR-KEY", key)


def without_script(page):
    return re.sub(r"<script>.*?</script>", "", page, flags=re.S)


def main():
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    program = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
    if not program:
        print("no Chromium here: nothing was tried")
        return 0
    tally, site, stranger = Tally(), Site("localhost"), Site("127.0.0.1")
    with House(*sys.argv[1:]) as house:
        try:
            house.run("migrate", "up")
            house.serve()
            org = house.make_person("ada@form.example", "Ada King", "Harbour & Pine")
            ada = house.login("ada@form.example")
            ada.org = next(ada.all_of("/api/orgs/"))["id"]
            # As the README makes it, for this site.
            wanted = {"title": "Contact page", "allowed_origins": [site.origin], "required_fields": ["email"]}
            form = ada.post("/api/forms/", {**wanted, "minimum_seconds": 2})
            quick = ada.post("/api/forms/", {**wanted, "minimum_seconds": 0})
            tally.need(form.status == quick.status == 201, "an admin makes a form", (form, quick, org))
            pasted = readme_form(house.base, form.json["key"])
            plain = without_script(readme_form(house.base, quick.json["key"]))

            def leads():
                return {lead["email"]: lead for lead in ada.all_of("/api/leads/")}

            def visit(where, page, said, wait=2_300, patience=20):
                """What the page says to a visitor who waits so many milliseconds before sending; None when it says nothing."""
                where.page, where.heard = "<!doctype html><meta charset=utf-8>" + page + VISITOR % {"said": json.dumps(said), "wait": wait}, []
                before = where.shown
                with Browser(program, where.origin + "/contact"):
                    if not wait_for(lambda: where.shown > before, 30):
                        raise Miss("the browser does not open the page")
                    wait_for(lambda: where.heard or said["email"] in leads(), patience, 0.2)
                    wait_for(lambda: where.heard, 1)
                return where.heard[0] if where.heard else None

            told = visit(site, pasted, {"name": "Nadia Okafor", "email": "nadia@kettle.example", "message": "Do you deliver\nto Leeds?"})
            lead = leads().get("nadia@kettle.example", {})
            tally.check(told == "Thank you!", "a page of the form's origin is thanked", told)
            tally.check((lead.get("first_name"), lead.get("last_name"), lead.get("description")) == ("Nadia", "Okafor", "Do you deliver\nto Leeds?"),
                        "and a lead is there as it was filled in", lead)
            told = visit(site, pasted, {"name": "Nobody", "email": "nobody@kettle"})
            tally.check(told is not None and told.startswith("email: "), "the page says what is wrong with a field", told)
            told = visit(stranger, pasted, {"name": "Mallory", "email": "mallory@kettle.example"})
            tally.check(told is not None and told.startswith("We could not be reached"), "a page of another origin gets nowhere", told)
            told = visit(site, pasted, {"name": "Hasty", "email": "hasty@kettle.example"}, wait=0)
            tally.check(told == "Thank you!", "who is too fast is thanked", told)
            told = visit(site, pasted, {"name": "Bot", "email": "bot@kettle.example", "fax": "0800 1234"})
            tally.check(told == "Thank you!", "and so is who fills in what people do not see", told)
            visit(site, plain, {"name": "Ann Lee", "email": "ann@kettle.example"}, wait=0)
            tally.check("ann@kettle.example" in leads(), "without the script it is an ordinary form post")
            visit(stranger, plain, {"name": "Mallory", "email": "mallory2@kettle.example"}, wait=0, patience=4)
            tally.check(set(leads()) == {"nadia@kettle.example", "ann@kettle.example"}, "nobody else became a lead", sorted(leads()))
        except Miss as miss:
            if str(miss) not in tally.misses:
                tally.check(False, str(miss))
        if tally.misses:
            house.tell_log()
    return tally.end()


if __name__ == "__main__":
    sys.exit(main())
