import json
from typing import Any

from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.db.models import Q

from comments import receipt_codes
from comments.identity import identities, persons
from comments.models import Comment


class Command(BaseCommand):
    help = (
        "Export or erase what is kept about one person, found by the code of a comment's receipt, "
        "a telephone number or an e-mail address. An export that opens an identity is a look at "
        "it: it needs --by and --purpose, and stays on record."
    )

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("action", choices=["export", "erase"])
        who = parser.add_mutually_exclusive_group(required=True)
        who.add_argument("--code", help="the code, or the last part of the address, of a receipt")
        who.add_argument("--contact", help="a telephone number or an e-mail address")
        parser.add_argument("--by", help="account of the officer who may open identities")
        parser.add_argument("--purpose", help="whose request, and its number and date")

    def handle(self, *args: Any, **options: Any) -> None:
        person = self.find(options)
        if not person:
            raise CommandError("Nothing is kept about this person.")
        if options["action"] == "export":
            self.put_on_record(person, options["by"], options["purpose"])
            self.stdout.write(json.dumps(persons.export(person), ensure_ascii=False, indent=1))
            return
        persons.erase(person)
        self.stdout.write(
            f"Erased: {len(person.comments)} comments, {len(person.notices)} addresses; "
            f"{len(person.identities)} agreements ended."
        )

    def put_on_record(self, person: persons.Person, name: str | None, purpose: str | None) -> None:
        if not person.identities:
            return
        if not name or not purpose:
            raise CommandError("This opens an identity: say --by whom and for what --purpose.")
        by = User.objects.filter(username=name, is_active=True).first()
        if by is None:
            raise CommandError(f"There is no account {name!r}.")
        try:
            for identity in person.identities:
                identities.put_on_record(identity, by=by, purpose=purpose)
        except PermissionDenied:
            raise CommandError(f"{name} may not open identities.") from None

    def find(self, options: dict[str, Any]) -> persons.Person:
        if options["contact"]:
            try:
                return persons.of_contact(options["contact"])
            except ValidationError as error:
                raise CommandError(" ".join(error.messages)) from None
        typed = options["code"].rstrip("/").rpartition("/")[2]
        known = Q(receipt_token=typed) | Q(receipt_code=receipt_codes.parse(typed) or typed)
        comment = Comment.objects.filter(known).first()
        if comment is None:
            raise CommandError("There is no such receipt.")
        return persons.of_receipt(comment)
