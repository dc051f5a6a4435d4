"""What an experiment came to, as a page that anybody can read and a file that programs can."""
