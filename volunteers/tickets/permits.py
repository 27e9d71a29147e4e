"""Who may do what with residents' tickets."""

from kernel.permits import anyone, rules

from ..permits import organises_duty, organises_shift


def own_ticket(person, ticket) -> bool:
    """It is his own."""
    return person.id is not None and ticket.person_id == person.id


def organises_ticket(person, ticket) -> bool:
    """Staff of the place or the lead, after a call."""
    return organises_shift(person, ticket.shift)


rules(
    {
        "counter:set-up": [organises_duty],
        "ticket:take": [anyone],
        "ticket:follow": [anyone],
        "ticket:see": [own_ticket, organises_ticket],
        "ticket:answer": [own_ticket, organises_ticket],
        "ticket:keep": [organises_shift],
        "ticket:tell": [organises_ticket],
    }
)
