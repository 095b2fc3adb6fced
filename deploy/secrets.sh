#!/usr/bin/env bash
# Makes the secrets that compose.yaml asks for, those alone that are not there yet. The folder keeps others out; the
# files in it can be read by the users inside the containers, whose numbers are not known to this machine.
set -euo pipefail
folder="$(dirname "$0")/secrets"
mkdir -p "$folder"
chmod 700 "$folder"
random() { python3 -c 'import secrets; print(secrets.token_urlsafe(32))'; }
address() { printf 'postgresql://pincite:%s@postgres/pincite\n' "$(cat "$folder/postgres_password")"; }
keep() {
  [ -e "$folder/$1" ] && return
  "$2" > "$folder/$1"
  chmod 644 "$folder/$1"
  echo "made $folder/$1"
}

keep postgres_password random
keep store address
keep admin_token random
if [ ! -e "$folder/tls_certificate" ]; then
  echo "missing: $folder/tls_certificate and tls_key, or PINCITE_TLS_CERTIFICATE and PINCITE_TLS_KEY in .env"
fi
