"""The data routes: the questions of the dashboard for programs, with the filters of its links."""
