#!/bin/sh
# Makes the key of the operations API in the vault, once, and lets the app read it. The management API takes the key, so whoever deploys
# needs no right on the vault's secrets and gets none.
set -eu
vault="${AZURE_KEY_VAULT_ID:?AZURE_KEY_VAULT_ID is not set; run azd provision first}"
app="${AZURE_FUNCTION_APP_ID:?AZURE_FUNCTION_APP_ID is not set; run azd provision first}"
secret="$vault/secrets/admin-api-key?api-version=2023-07-01"

if answer=$(az rest --method get --url "$secret" --output none 2>&1); then
    echo "The admin key is in the vault already."
elif ! printf '%s' "$answer" | grep -q 'Not Found\|NotFound'; then
    # An answer other than 404 says nothing of the key, and a second one would shut out whoever has the first.
    printf 'Whether the vault has the admin key could not be read, so none was made; run it again. %s\n' "$answer" >&2
    exit 1
else
    # In a file of its own, since a command line can be seen by others on this machine.
    umask 077
    body=$(mktemp)
    trap 'rm -f "$body"' EXIT
    printf '{"properties": {"value": "%s"}}' "$(openssl rand -base64 36)" >"$body"
    az rest --method put --url "$secret" --headers content-type=application/json --body "@$body" --output none
    echo "The admin key was made in the vault."
fi

# The app looked for the key before there was one, and would look again only after a day.
az rest --method post --url "$app/config/configreferences/appsettings/refresh?api-version=2022-03-01" --output none
