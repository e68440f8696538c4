"""The filters: the address that carries them, and the names of their values. The form above every page is the frame's."""
