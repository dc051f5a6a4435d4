"""What is asked of the reasons of a decision before they are written down."""
