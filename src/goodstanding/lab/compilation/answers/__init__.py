"""What the rules answer to probe records: of points, of outcomes, of cases and of measures."""
