"""Cases heard here: acts, proposals, applications, requests, notices, replies, mandates and evidence."""
