"""Who may do what in the portal."""

from communities.permits import is_staff
from kernel.permits import anyone, rules, signed_in
from partners.permits import belongs, manages_an_active_partner
from volunteers.permits import staff_of_home

rules(
    {
        "portal:home": [anyone],
        "portal:today": [is_staff, manages_an_active_partner],
        "portal:me": [signed_in],
        "portal:search": [anyone],
        "month:print-for": [staff_of_home],
        "feed:read": [anyone],
        "feed:of-partner": [belongs],
    }
)
