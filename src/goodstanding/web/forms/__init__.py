"""What people type: text, attachments, money and the fields of records."""
