"""What several pages and `/v1` say alike: one schema each, so that none says more or less than another."""
