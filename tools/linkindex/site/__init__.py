"""From a catalogue to a website."""
