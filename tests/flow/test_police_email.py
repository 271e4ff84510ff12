"""A police e-mail through the whole house. The sample is one of the feed's own."""
