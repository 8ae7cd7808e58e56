#!/usr/bin/env bash
# Brings one county to Azure: its resources, then its program.
# Usage: infra/deploy.sh GROUP dev|prod [--location REGION] [--what-if]
#   GROUP        resource group; made when --location says where
#   --what-if    shows what would change and changes nothing
# Needs the Azure CLI, signed in, and the .NET 10 SDK with a registry that serves the Azure packages.
set -euo pipefail
cd "$(dirname "$0")/.."

fail() {
    echo "deploy.sh: $1" >&2
    exit 1
}

group=${1:-}
settings=${2:-}
[ -n "$group" ] && [ -n "$settings" ] || fail "say the resource group and dev or prod: infra/deploy.sh GROUP dev|prod [--location REGION] [--what-if]"
[ -f "infra/$settings.bicepparam" ] || fail "there is no infra/$settings.bicepparam; dev and prod are known"
shift 2

location=
what_if=
while [ $# -gt 0 ]; do
    case $1 in
        --location)
            [ -n "${2:-}" ] || fail "--location needs a region"
            location=$2
            shift 2
            ;;
        --what-if)
            what_if=yes
            shift
            ;;
        *) fail "$1 is not known here; there are --location REGION and --what-if" ;;
    esac
done

command -v az >/dev/null || fail "the Azure CLI is needed (az is not on the PATH)"

if [ -n "$what_if" ]; then
    az deployment group what-if --resource-group "$group" --template-file infra/main.bicep --parameters "infra/$settings.bicepparam"
    exit 0
fi

command -v dotnet >/dev/null || fail "the .NET 10 SDK is needed (dotnet is not on the PATH)"
command -v zip >/dev/null || fail "zip is needed"

# First the program: without it there is nothing to deploy, and nothing was changed.
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
dotnet publish functions -c Release -p:AzurePackages=true -o "$work/app"
(cd "$work/app" && zip -qr "$work/app.zip" .)

if [ -n "$location" ]; then
    az group create --name "$group" --location "$location" --output none
fi

app=$(az deployment group create --resource-group "$group" --template-file infra/main.bicep \
    --parameters "infra/$settings.bicepparam" --query properties.outputs.appName.value --output tsv)
[ -n "$app" ] || fail "the deployment gave no name of the app"
az functionapp deployment source config-zip --resource-group "$group" --name "$app" --src "$work/app.zip" --output none
echo "https://$(az functionapp show --resource-group "$group" --name "$app" --query defaultHostName --output tsv)"
