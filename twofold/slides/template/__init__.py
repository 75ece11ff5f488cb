"""A school's PowerPoint template into the look that slides are drawn in: its layouts, fonts, colours and sizes."""
