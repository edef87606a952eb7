"""What surrounds the tabs: menus, settings, theme, languages, dialogs, tasks, child processes."""
