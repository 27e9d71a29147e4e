"""Those who take things on: partners, their kinds, members, capabilities and service area."""
