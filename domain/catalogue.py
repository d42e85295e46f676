"""Every type of event, as it declares itself (`domain.declaration`)."""

from typing import get_args

from domain.codes import DataClass
from domain.declaration import Declaration
from domain.events import Event


def _declaration(kind: type) -> Declaration:
    found = kind.__dict__.get("__declaration__")
    if not isinstance(found, Declaration):
        raise TypeError(f"the event type {kind.__name__} has no declaration")
    return found


DECLARATIONS: tuple[Declaration, ...] = tuple(_declaration(kind) for kind in get_args(Event))
BY_CODE = {declaration.code: declaration for declaration in DECLARATIONS}
BY_TYPE = {declaration.type: declaration for declaration in DECLARATIONS}


def class_of(event: Event) -> DataClass:
    """What kind of information this event is. What is about something else has the class of that."""
    declared = BY_TYPE[type(event)].data_class
    if declared is not None:
        return declared
    of_class = getattr(event, "of_class", None)
    if not isinstance(of_class, DataClass):
        raise TypeError(f"{type(event).__name__} does not say of which class it is")
    return of_class
