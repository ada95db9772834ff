"""What past conversations say of knowledge that is not live yet."""
