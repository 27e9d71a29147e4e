"""Resources: venues, rooms, parking, equipment and expertise that are lent, and who has booked them."""
