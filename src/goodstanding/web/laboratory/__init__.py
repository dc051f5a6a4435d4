"""The laboratory's reports: claims of the debate with what came out, read from files and drawn here."""
