// What azd gives, by the environment; everything else is at its default in main.bicep.
using './main.bicep'

param environmentName = readEnvironmentVariable('AZURE_ENV_NAME')
param location = readEnvironmentVariable('AZURE_LOCATION')
param alertEmail = readEnvironmentVariable('ALERT_EMAIL', '')
param signInClientId = readEnvironmentVariable('SIGN_IN_CLIENT_ID', '')
param privateNetworking = bool(readEnvironmentVariable('PRIVATE_NETWORKING', 'false'))
param lockResources = bool(readEnvironmentVariable('LOCK_RESOURCES', 'false'))
