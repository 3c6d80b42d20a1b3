# An environment for instances without an image of their own: Python in /opt/venv, plus the packages asked for.
#
#   docker build -f containers/python.Dockerfile -t my-env --build-arg PIP_PACKAGES="pytest numpy<2" containers
#
# BASE_IMAGE may be any image with Python 3.6 or newer, or a Debian or Ubuntu without one.
ARG BASE_IMAGE=python:3.9-slim
FROM ${BASE_IMAGE}

# Space-separated Debian packages, such as compilers and libraries; needs a base image with apt.
ARG APT_PACKAGES=""
RUN set -e; \
    packages="$APT_PACKAGES"; \
    command -v python3 >/dev/null || packages="python3 python3-venv $packages"; \
    if [ -n "$packages" ]; then \
      apt-get update; \
      DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends $packages; \
      rm -rf /var/lib/apt/lists/*; \
    fi

ENV PATH=/opt/venv/bin:$PATH
RUN python3 -m venv /opt/venv

# Space-separated pip requirements; install the project's own dependencies here, the repository itself comes later.
ARG PIP_PACKAGES=""
RUN if [ -n "$PIP_PACKAGES" ]; then set -f; pip install --no-cache-dir $PIP_PACKAGES; fi

# Python modules that are put beside the packages: one a line, as its name and its text in base64.
ARG MODULES=""
RUN site=$(python3 -c 'import sysconfig; print(sysconfig.get_paths()["purelib"])'); \
    printf '%s\n' "$MODULES" | while read -r name text; do \
      if [ -n "$name" ]; then printf '%s' "$text" | base64 -d >"$site/$name"; fi; \
    done
