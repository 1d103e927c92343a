#!/bin/sh
# Makes the key of the operations API in the vault, once. It is shown by: az keyvault secret show --name admin-api-key
set -eu
vault="${AZURE_KEY_VAULT:?AZURE_KEY_VAULT is not set; run azd provision first}"
if az keyvault secret show --vault-name "$vault" --name admin-api-key --query id --output tsv >/dev/null 2>&1; then
    echo "The admin key is in $vault already."
    exit 0
fi

# A role takes a few minutes to be known everywhere.
tries=0
until az keyvault secret set --vault-name "$vault" --name admin-api-key --value "$(openssl rand -base64 36)" --output none; do
    tries=$((tries + 1))
    [ "$tries" -lt 10 ] || { echo "No secret can be written to $vault: give yourself the role Key Vault Secrets Officer." >&2; exit 1; }
    sleep 30
done
echo "The admin key was made in $vault."
