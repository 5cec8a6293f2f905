"""A mail server for tests that speaks real SMTP."""

from email import message_from_bytes, policy


class Postman:
    """A mail server's conduct: what it accepted, and to whom it says no."""

    def __init__(self):
        self.accepted = []
        self.answers = {}  # by recipient: the SMTP answer, or "hang up"

    async def handle_DATA(self, server, session, envelope):  # noqa: N802
        answer = self.answers.get(envelope.rcpt_tos[0], "250 taken")
        if answer == "hang up":
            server.transport.abort()
            return "451 too late"
        if answer.startswith("250"):
            self.accepted.append(message_from_bytes(envelope.content, policy=policy.default))
        return answer

    def received(self):
        return [message["To"] for message in self.accepted]
