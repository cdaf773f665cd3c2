"""An SMTP server (RFC 5321) that keeps what it gets, and can be told to hesitate."""

import asyncio
import email
import email.policy
import threading
from collections import Counter


class Mail:
    def __init__(self, sender, recipients, content):
        self.sender, self.recipients = sender, recipients
        self.message = email.message_from_bytes(content, policy=email.policy.default)
        self.id = self.message["Message-ID"]
        self.subject = self.message["Subject"]

    def text(self, kind="plain"):
        return self.message.get_body((kind,)).get_content()


class Sink:
    """Listens on a port of its own in a thread of its own. While `held` it leaves DATA unanswered, and `waiting` counts
    the connections that wait there."""

    def __init__(self):
        self.mails, self.port, self.held, self.waiting, self.faults = [], None, False, 0, []
        self.loop = asyncio.new_event_loop()
        started = threading.Event()
        threading.Thread(target=self.run, args=(started,), daemon=True).start()
        started.wait(10)

    @property
    def url(self):
        return f"smtp://127.0.0.1:{self.port}?tls=off"

    def to(self, address, since=0):
        return [mail for mail in self.mails[since:] if address in mail.recipients]

    def repeated(self):
        """The Message-IDs that came more than once."""
        return [name for name, times in Counter(mail.id for mail in self.mails).items() if times > 1]

    def run(self, started):
        asyncio.set_event_loop(self.loop)
        server = self.loop.run_until_complete(asyncio.start_server(self.talk, "127.0.0.1", 0))
        self.port = server.sockets[0].getsockname()[1]
        started.set()
        self.loop.run_forever()

    async def talk(self, reader, writer):
        async def say(line):
            writer.write(line.encode() + b"\r\n")
            await writer.drain()

        sender, recipients = None, []
        try:
            await say("220 sink.example ESMTP")
            while line := await reader.readline():
                verb = line.decode("utf-8", "replace").strip()
                match verb.split(" ")[0].upper():
                    case "EHLO":
                        await say("250-sink.example\r\n250-8BITMIME\r\n250 SMTPUTF8")
                    case "HELO" | "NOOP" | "RSET":
                        sender, recipients = (None, []) if verb.upper() == "RSET" else (sender, recipients)
                        await say("250 ok")
                    case "MAIL" if sender is None:
                        sender = address(verb)
                        await say("250 ok")
                    case "RCPT" if sender is not None:
                        recipients.append(address(verb))
                        await say("250 ok")
                    case "DATA" if recipients:
                        if not await self.hesitate(reader):
                            return
                        await say("354 go on")
                        content = await data(reader)
                        if content is None:
                            return
                        self.mails.append(Mail(sender, recipients, content))
                        sender, recipients = None, []
                        await say("250 kept")
                    case "QUIT":
                        await say("221 bye")
                        return
                    case _:
                        self.faults.append(verb)
                        await say("503 not now")
        except ConnectionError:
            pass
        finally:
            writer.close()

    async def hesitate(self, reader):
        """Whether the sender is still there when the sink goes on."""
        self.waiting += 1
        try:
            while self.held and not reader.at_eof():
                await asyncio.sleep(0.05)
        finally:
            self.waiting -= 1
        return not reader.at_eof()


async def data(reader):
    """Up to the line with a dot alone, dots at the beginnings of lines taken away (RFC 5321 4.5.2)."""
    lines = []
    while line := await reader.readline():
        if line == b".\r\n":
            return b"".join(lines)
        lines.append(line[1:] if line.startswith(b".") else line)
    return None


def address(line):
    return line[line.index("<") + 1:line.index(">")]
