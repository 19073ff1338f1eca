"""What the service says about itself: where things are, whether it lives, whether it is ready."""
