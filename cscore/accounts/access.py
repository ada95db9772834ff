"""Whom a person may see and manage. Shops belong to cscore.commerce; here they are a relation's name."""

from django.db.models import Q, QuerySet

from cscore.accounts.models import AuditEntry, User


def people_of(person: User) -> QuerySet[User]:
    """The person's colleagues in any of his shops, himself included; a superuser sees everyone."""
    if person.is_superuser:
        return User.objects.all()
    colleagues = Q(shops__in=person.shops.all(), is_superuser=False)
    return User.objects.filter(colleagues | Q(pk=person.pk)).distinct()


def may_manage(person: User, other: User) -> bool:
    """Whether `person` may change `other`: all of the other's shops are his, and it is not himself.

    Nobody changes his own role, so no shop loses its last administrator by mistake.
    """
    if other.pk == person.pk or (other.is_superuser and not person.is_superuser):
        return False
    if person.is_superuser:
        return True
    theirs, mine = (set(who.shops.values_list("pk", flat=True)) for who in (other, person))
    return bool(theirs) and theirs <= mine


def audit_of(person: User) -> QuerySet[AuditEntry]:
    """The trail of the person's shops; a superuser reads all of it, with what belongs to no shop."""
    entries = AuditEntry.objects.order_by("-at", "-pk")
    if person.is_superuser:
        return entries
    return entries.filter(shop_key__in=person.shops.values("key"))
