"""What a check found, written for people and for programs. Pure."""
