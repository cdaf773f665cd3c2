"""What the scripts of this folder share: a database of its own, rapport processes, an HTTP client, and a tally.

PostgreSQL is the one of TEST_DATABASE_URL, whose role may make databases; TEST_APP_ROLE is the role that rapport then
uses (`eval "$(.ci/postgres start)"` exports both). Each run has a database of its own, gone afterwards.
"""

import http.client
import json
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.parse

PASSWORD = "seven-otters-under-a-lamp"


class Miss(Exception):
    """Something that the rest of the script cannot do without."""


class Tally:
    """One line for each step; what did not hold is counted, and told again at the end."""

    def __init__(self):
        self.begun = time.monotonic()
        self.misses = []

    def check(self, holds, what, found=None):
        seconds = time.monotonic() - self.begun
        print(f"{'ok  ' if holds else 'MISS'} {seconds:6.1f} s  {what}", flush=True)
        if not holds:
            self.misses.append(what)
            if found is not None:
                print(f"                found: {str(found)[:1000]}", flush=True)
        return holds

    def need(self, holds, what, found=None):
        if not self.check(holds, what, found):
            raise Miss(what)

    def end(self):
        if self.misses:
            print(f"{len(self.misses)} missed:", *self.misses, sep="\n  ", flush=True)
        return 1 if self.misses else 0


class Answer:
    def __init__(self, status, headers, body):
        self.status, self.headers, self.body = status, headers, body

    @property
    def json(self):
        try:
            return json.loads(self.body)
        except ValueError:
            return {}

    @property
    def code(self):
        return self.json.get("code") if isinstance(self.json, dict) else None

    def __str__(self):
        return f"{self.status} {self.body[:800].decode('utf-8', 'replace')}"


class Client:
    """One connection, kept open; not for several threads at once."""

    def __init__(self, base, token=None, org=None, timeout=30):
        self.base, self.token, self.org, self.timeout = base, token, org, timeout
        self.url = urllib.parse.urlsplit(base)
        self.connection = None

    def ask(self, method, path, body=None, headers=None, content_type="application/json"):
        """OSError or HTTPException when there is no whole answer."""
        sent = dict(headers or {})
        if self.token:
            sent["Authorization"] = f"Bearer {self.token}"
        if self.org:
            sent.setdefault("org", self.org)
        if body is not None:
            sent["Content-Type"] = content_type
            if content_type == "application/json":
                body = json.dumps(body).encode()
        try:
            if self.connection is None:
                kind = http.client.HTTPSConnection if self.url.scheme == "https" else http.client.HTTPConnection
                self.connection = kind(self.url.hostname, self.url.port, timeout=self.timeout)
            self.connection.request(method, path, body=body, headers=sent)
            response = self.connection.getresponse()
            return Answer(response.status, response.headers, response.read())
        except (OSError, http.client.HTTPException):
            self.close()
            raise

    def close(self):
        if self.connection is not None:
            self.connection.close()
            self.connection = None

    def get(self, path, **query):
        return self.ask("GET", path + ("?" + urllib.parse.urlencode(query, doseq=True) if query else ""))

    def post(self, path, body=None, **headers):
        return self.ask("POST", path, body, {name.replace("_", "-"): value for name, value in headers.items()})

    def attach(self, path, name, content, headers=None):
        """A file as a browser sends it (RFC 7578)."""
        boundary = "----rapport-a-file-follows-7f3a"
        head = f'--{boundary}\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n'
        body = (head + "Content-Type: application/octet-stream\r\n\r\n").encode() + content + f"\r\n--{boundary}--\r\n".encode()
        return self.ask("POST", path, body, headers, f"multipart/form-data; boundary={boundary}")

    def all_of(self, path, **query):
        """Every record of a list, page by page."""
        cursor = None
        while True:
            asked = {"limit": 200, **query, **({"cursor": cursor} if cursor else {})}
            page = self.get(path, **asked)
            if page.status != 200:
                raise Miss(f"GET {path}: {page}")
            yield from page.json["results"]
            cursor = page.json["next"]
            if not cursor:
                return


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class House:
    """A folder, a database and the rapport processes on them; all of it gone at the end."""

    def __init__(self, binary, engine, **settings):
        if engine not in ("sqlite", "postgres"):
            raise SystemExit("the engine is sqlite or postgres")
        self.binary, self.engine = os.path.abspath(binary), engine
        self.folder = tempfile.mkdtemp(prefix="rapport-house-")
        self.data = os.path.join(self.folder, "data")
        self.port = free_port()
        self.base = f"http://127.0.0.1:{self.port}"
        self.processes = []
        self.log_path = os.path.join(self.folder, "rapport.log")
        self.database = None
        self.settings = {
            "PATH": os.environ.get("PATH", ""), "HOME": self.folder, "RAPPORT_DATA_DIR": self.data,
            "LISTEN": f"127.0.0.1:{self.port}", "METRICS_LISTEN": "off", "PUBLIC_URL": self.base,
            "ACCESS_TOKEN_SECONDS": "86400", "LOG": "warn", **settings,
        }
        if engine == "postgres":
            self.settings.update(self.make_database())

    def __enter__(self):
        return self

    def __exit__(self, kind, error, _):
        if kind is not None and kind is not SystemExit:
            self.tell_log()
        for process in list(self.processes):
            self.kill(process)
        if self.database:
            self.psql(f"drop database if exists {self.database} with (force)")
        shutil.rmtree(self.folder, ignore_errors=True)

    def make_database(self):
        owner = os.environ.get("TEST_DATABASE_URL")
        if not owner:
            raise SystemExit("postgres needs TEST_DATABASE_URL: eval \"$(.ci/postgres start)\"")
        self.database = f"rapport_house_{os.getpid()}_{self.port}"
        self.psql(f"create database {self.database}")
        at = urllib.parse.urlsplit(owner)
        app = os.environ.get("TEST_APP_ROLE", "rapport_app")
        host = f"{at.hostname}:{at.port or 5432}"
        return {
            "DATABASE_OWNER_URL": urllib.parse.urlunsplit(at._replace(path="/" + self.database)),
            "DATABASE_URL": f"postgres://{app}@{host}/{self.database}",
        }

    def psql(self, statement):
        subprocess.run(["psql", "-q", "-v", "ON_ERROR_STOP=1", "-c", statement, os.environ["TEST_DATABASE_URL"]], check=True)

    def run(self, *command, stdin=""):
        done = subprocess.run([self.binary, *command], input=stdin, capture_output=True, text=True, cwd=self.folder,
                              env=self.settings, timeout=60, check=False)
        if done.returncode != 0:
            raise Miss(f"rapport {' '.join(command)} ended with {done.returncode}: {done.stderr.strip()[-800:]}")
        return done.stdout

    def start(self, *command, **settings):
        with open(self.log_path, "ab") as log:
            process = subprocess.Popen([self.binary, *command], cwd=self.folder, env={**self.settings, **settings},
                                       stdin=subprocess.DEVNULL, stdout=log, stderr=log)
        self.processes.append(process)
        return process

    def serve(self, **settings):
        process = self.start("serve", **settings)
        until = time.monotonic() + 30
        while time.monotonic() < until:
            try:
                asking = Client(self.base, timeout=5)
                ready = asking.get("/readyz").status == 200
                asking.close()
                if ready:
                    return process
            except (OSError, http.client.HTTPException):
                pass
            if process.poll() is not None:
                break
            time.sleep(0.02)
        raise Miss("rapport serve does not get ready")

    def kill(self, process):
        """kill -9."""
        process.kill()
        process.wait()
        self.processes.remove(process)

    def stop(self, process):
        """As a supervisor does, with SIGTERM; the exit status."""
        process.terminate()
        try:
            status = process.wait(timeout=40)
        except subprocess.TimeoutExpired:
            status = None
            process.kill()
            process.wait()
        self.processes.remove(process)
        return status

    def tell_log(self):
        try:
            with open(self.log_path, encoding="utf-8", errors="replace") as log:
                print("".join(log.readlines()[-40:]), file=sys.stderr)
        except FileNotFoundError:
            pass

    def log(self):
        with open(self.log_path, encoding="utf-8", errors="replace") as log:
            return log.read()

    def make_person(self, email, name, organisation=None):
        command = ["user", "create", "--email", email, "--name", name, "--json"]
        if organisation:
            command += ["--admin-of", organisation]
        return json.loads(self.run(*command, stdin=PASSWORD + "\n"))

    def login(self, email, org=None, password=PASSWORD):
        client = Client(self.base)
        answer = client.post("/api/auth/login/", {"email": email, "password": password})
        if answer.status not in (200, 201):
            raise Miss(f"login of {email}: {answer}")
        client.token, client.org = answer.json["access_token"], org
        return client


def wait_for(what, seconds, pause=0.05):
    """The first truthy answer of `what`, or its last answer when there is none in time."""
    until = time.monotonic() + seconds
    while True:
        found = what()
        if found or time.monotonic() > until:
            return found
        time.sleep(pause)
