"""Where people live and who serves there: places, people, accounts, posts, the journal."""
