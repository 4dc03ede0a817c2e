"""Every German text the user can see, by place of use: window, command line, problems."""
