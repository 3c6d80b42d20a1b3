"""The process that imports code under test (the zygote), and the children it forks to run inputs."""
