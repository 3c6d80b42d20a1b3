"""What keeps code under test within bounds: limits, alarms, processes, snapshots of directories, fixed randomness."""
