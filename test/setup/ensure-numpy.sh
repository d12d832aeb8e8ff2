#!/usr/bin/env bash
# Makes sure that some python3 can import NumPy and Pillow, against which the tests hold arrays and pictures.
# Installs Debian's packages where none can and this is root; says plainly what is skipped otherwise. Never fails.
set -u

has_numpy() {
  for python in python3 /usr/bin/python3; do
    if command -v "$python" >/dev/null && "$python" -c "import numpy, PIL" 2>/dev/null; then return 0; fi
  done
  return 1
}

has_numpy && exit 0
if [ "$(id -u)" -eq 0 ] && command -v apt-get >/dev/null; then
  # Without a network this must come to an end soon: the tests that need neither are worth running all the same.
  patience=(-q -o Acquire::Retries=1 -o Acquire::http::Timeout=20 -o Acquire::https::Timeout=20)
  {
    apt-get "${patience[@]}" update &&
      DEBIAN_FRONTEND=noninteractive apt-get "${patience[@]}" install -y --no-install-recommends python3-numpy python3-pil
  } >&2
  has_numpy && exit 0
fi
echo "no python3 with NumPy and Pillow: tests that need real NumPy or Pillow are skipped" >&2
