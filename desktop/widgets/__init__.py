"""The widgets of the window. They show and report; they decide nothing."""
