"""What makes a sheet unfit; the sentence for it is said by whoever started this process."""


class Unfit(Exception):
    """A code, and the words that its sentence needs."""

    def __init__(self, code: str, **words):
        super().__init__(code)
        self.code, self.words = code, words
