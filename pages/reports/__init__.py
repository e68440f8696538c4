"""What goes to the council and to mailboxes: sheets, reports, mails."""
