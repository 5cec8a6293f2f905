"""The demo's accounts; they exist nowhere but where `make demo` or `seed_demo` made them."""

from django.contrib.auth.models import Group, User

# user name -> (group, full name in Russian order); the password is demo-{user name}
ACCOUNTS = {
    "press": ("Press officers", "Айгерім", "Сейтқали"),
    "editor": ("Editors", "Марат", "Жұмабек"),
    "moderator": ("Moderators", "Ольга", "Дмитриева"),
    "answers": ("Answer desk", "Ерлан", "Тоқтаров"),
    "admin": (None, "", ""),
}


def password_of(username: str) -> str:
    return f"demo-{username}"


def ensure() -> dict[str, User]:
    """The accounts by user name; those that exist keep whatever password they have by now."""
    people = {}
    for username, (group, first_name, last_name) in ACCOUNTS.items():
        user, created = User.objects.get_or_create(
            username=username,
            defaults={
                "first_name": first_name,
                "last_name": last_name,
                "is_staff": True,
                "is_superuser": group is None,
            },
        )
        if created:
            user.set_password(password_of(username))
            user.save(update_fields=["password"])
            if group:
                user.groups.add(Group.objects.get(name=group))
        people[username] = user
    return people
