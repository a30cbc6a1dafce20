"""Community: groups that keep to themselves more than chance would."""
