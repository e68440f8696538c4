"""Before the query: what an extract is, how it is read, checked and published as a release."""
