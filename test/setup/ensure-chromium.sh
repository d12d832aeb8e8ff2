#!/usr/bin/env bash
# Makes sure that there is a Chromium, in which the tests open a page that predicts.
# Installs Debian's package where there is none and this is root; says plainly what is skipped otherwise. Never fails.
set -u

has_chromium() {
  command -v chromium >/dev/null || command -v chromium-browser >/dev/null || command -v google-chrome >/dev/null
}

has_chromium && exit 0
if [ "$(id -u)" -eq 0 ] && command -v apt-get >/dev/null; then
  # Without a network this must come to an end soon: the tests that need no browser are worth running all the same.
  patience=(-q -o Acquire::Retries=1 -o Acquire::http::Timeout=20 -o Acquire::https::Timeout=20)
  {
    apt-get "${patience[@]}" update &&
      DEBIAN_FRONTEND=noninteractive apt-get "${patience[@]}" install -y --no-install-recommends chromium
  } >&2
  has_chromium && exit 0
fi
echo "no Chromium: tests that open a page in a real browser are skipped" >&2
