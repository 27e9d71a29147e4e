"""The ground floor: mechanism only. No word of the trade is known here."""
