"""*Lots*: the list, and the page of one lot."""
