# A project with compiled parts, built at /testbed on an image of python.Dockerfile that has what its build needs.
#
# The context holds the project's tree in the folder `tree`. Whoever puts another state of the project there later
# replaces the files that are named in /testbed/.patchdiff-tracked, and leaves what was built beside them.
ARG PACKAGES_IMAGE
FROM ${PACKAGES_IMAGE}

COPY tree /testbed
WORKDIR /testbed
RUN find . -type f -o -type l | sed 's,^\./,,' >/tmp/tracked && mv /tmp/tracked .patchdiff-tracked

# The version that setuptools_scm would have read from the history.
ARG VERSION=0.0.0
# One command a line.
ARG BUILD
RUN export SETUPTOOLS_SCM_PRETEND_VERSION="$VERSION" && printf '%s\n' "$BUILD" >/tmp/build && sh -e /tmp/build
