"""What can be done about people: invite, give a role and shops, suspend, bring back."""

from collections.abc import Iterable
from datetime import datetime
from functools import partial

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from cscore.accounts import audit
from cscore.accounts.access import may_manage
from cscore.accounts.models import User
from cscore.accounts.roles import Role
from cscore.accounts.signals import rights_changed
from cscore.common.errors import NotAllowed, Refusal


class UnknownRole(Refusal):
    code = "bad-field"
    sentence = _("There is no such role.")


class NameTaken(Refusal):
    code = "name-taken"
    status = 409
    sentence = _("Somebody has this username already.")


class NotYourPerson(NotAllowed):
    sentence = _("You manage only people who work in your shops alone, and never yourself.")


class NotYourShop(NotAllowed):
    sentence = _("You can add people to your own shops only.")


@transaction.atomic
def invite(
    *,
    username: str,
    display_name: str,
    role: str,
    shop_ids: Iterable[int],
    password: str | None,
    by: User,
    at: datetime,
) -> User:
    """A new member of staff. Without a password he cannot sign in until one is set."""
    if role not in Role.values:
        raise UnknownRole
    if User.objects.filter(username=username).exists():
        raise NameTaken
    shops = set(shop_ids)
    _check_shops(by, shops)
    person = User.objects.create_user(
        username, password=password, display_name=display_name, role=role, is_staff=True
    )
    person.shops.set(shops)
    _record(person, verb="accounts.invite", by=by, at=at, role=role)
    return person


@transaction.atomic
def set_role(*, person: User, role: str, by: User, at: datetime) -> User:
    """What the person may do from his next request on."""
    if role not in Role.values:
        raise UnknownRole
    _check_managed(by, person)
    before, person.role = person.role, role
    person.save(update_fields=["role"])
    _record(person, verb="accounts.set-role", by=by, at=at, before=before, after=role)
    _announce(person)
    return person


@transaction.atomic
def set_shops(*, person: User, shop_ids: Iterable[int], by: User, at: datetime) -> User:
    """Where the person works from his next request on."""
    shops = set(shop_ids)
    _check_managed(by, person)
    _check_shops(by, shops)
    keys_before = _shop_keys(person)
    person.shops.set(shops)
    keys = sorted({*keys_before, *_shop_keys(person)})
    for key in keys:
        audit.record(
            by=by,
            verb="accounts.set-shops",
            on=person,
            at=at,
            shop_key=key,
            before=keys_before,
            after=_shop_keys(person),
        )
    _announce(person)
    return person


@transaction.atomic
def rename(*, person: User, display_name: str, email: str, by: User, at: datetime) -> User:
    """The name that customers read, and where to write to the person."""
    if by.pk != person.pk:
        _check_managed(by, person)
    person.display_name, person.email = display_name, email
    person.save(update_fields=["display_name", "email"])
    _record(person, verb="accounts.rename", by=by, at=at)
    return person


@transaction.atomic
def suspend(*, person: User, by: User, at: datetime) -> User:
    """Ends the person's rights at once; his name stays on what he did."""
    return _set_active(person, active=False, verb="accounts.suspend", by=by, at=at)


@transaction.atomic
def reinstate(*, person: User, by: User, at: datetime) -> User:
    """Gives a suspended person his rights back."""
    return _set_active(person, active=True, verb="accounts.reinstate", by=by, at=at)


@transaction.atomic
def note_new_password(*, person: User, by: User, at: datetime) -> None:
    """The trail of a password set for somebody; the form has stored it."""
    _record(person, verb="accounts.set-password", by=by, at=at)


def _set_active(person: User, *, active: bool, verb: str, by: User, at: datetime) -> User:
    _check_managed(by, person)
    person.is_active = active
    person.save(update_fields=["is_active"])
    _record(person, verb=verb, by=by, at=at)
    _announce(person)
    return person


def _announce(person: User) -> None:
    """Whatever the person has open elsewhere checks its rights again."""
    transaction.on_commit(partial(rights_changed.send_robust, User, person_id=person.pk))


def _check_managed(by: User, person: User) -> None:
    if not may_manage(by, person):
        raise NotYourPerson


def _check_shops(by: User, shop_ids: set[int]) -> None:
    if by.is_superuser:
        return
    if not shop_ids or shop_ids - set(by.shops.values_list("pk", flat=True)):
        raise NotYourShop


def _shop_keys(person: User) -> list[str]:
    return sorted(person.shops.values_list("key", flat=True))


def _record(person: User, *, verb: str, by: User, at: datetime, **details: object) -> None:
    """One line in the trail of each of the person's shops, since each shop's administrator reads his own."""
    for key in _shop_keys(person) or [""]:
        audit.record(by=by, verb=verb, on=person, at=at, shop_key=key, **details)
