// IntacctSync in Azure: one function app and what it needs, in a resource group of its own.
targetScope = 'subscription'

@description('Names the deployment; part of the resource group\'s name.')
@minLength(1)
@maxLength(40)
param environmentName string

@description('Azure region that offers the Flex Consumption plan.')
@allowed([
  'australiaeast'
  'brazilsouth'
  'canadacentral'
  'centralindia'
  'centralus'
  'eastasia'
  'eastus'
  'eastus2'
  'francecentral'
  'germanywestcentral'
  'italynorth'
  'japaneast'
  'koreacentral'
  'northcentralus'
  'northeurope'
  'norwayeast'
  'southafricanorth'
  'southcentralus'
  'southeastasia'
  'spaincentral'
  'swedencentral'
  'switzerlandnorth'
  'uaenorth'
  'uksouth'
  'westcentralus'
  'westeurope'
  'westus'
  'westus2'
  'westus3'
])
@metadata({ azd: { type: 'location' } })
param location string

@description('Where alerts are sent. Empty: they are shown in the portal only.')
param alertEmail string = ''

@description('The most instances. The scaler counts messages and not sessions, so a backlog of one company would start many that find nothing to do.')
@minValue(1)
@maxValue(1000)
param maximumInstanceCount int = 40

@description('Memory of an instance in MB.')
@allowed([512, 2048, 4096])
param instanceMemoryMB int = 2048

@description('When Zuper is swept, NCRONTAB with six fields, UTC.')
param pollingZuper string = '0 */15 * * * *'

@description('When products are read from Intacct.')
param pollingProducts string = '0 */15 * * * *'

@description('When payments are read from Intacct.')
param pollingPayments string = '0 */15 * * * *'

@description('When Intacct is read for Upflow.')
param pollingUpflow string = '0 */15 * * * *'

@description('How old the oldest pending record may be before an alert, in seconds.')
param lagAlertSeconds int = 3600

@description('Days that logs, traces and metrics are kept.')
@minValue(30)
@maxValue(730)
param retentionDays int = 90

@description('Further app settings, such as Email__Smtp__Host. Never a secret: give a Key Vault reference.')
param extraSettings object = {}

@description('Storage, vault and bus are reached over a private network only. Service Bus is then Premium, which costs many times as much.')
param privateNetworking bool = false

@description('Storage and vault can\'t be deleted before their locks are.')
param lockResources bool = false

@description('Client id of the app registration that signs people in to the console. Empty: by the admin key only.')
param signInClientId string = ''

var token = toLower(uniqueString(subscription().id, environmentName, location))
var tags = { 'azd-env-name': environmentName }

resource group 'Microsoft.Resources/resourceGroups@2025-04-01' = {
  name: 'rg-intacctsync-${environmentName}'
  location: location
  tags: tags
}

module identity 'modules/identity.bicep' = {
  name: 'identity'
  scope: group
  params: {
    name: 'id-intacctsync-${token}'
    location: location
    tags: tags
  }
}

module monitoring 'modules/monitoring.bicep' = {
  name: 'monitoring'
  scope: group
  params: {
    token: token
    location: location
    tags: tags
    retentionDays: retentionDays
    identityPrincipalId: identity.outputs.principalId
  }
}

module storage 'modules/storage.bicep' = {
  name: 'storage'
  scope: group
  params: {
    name: 'st${token}'
    location: location
    tags: tags
    identityPrincipalId: identity.outputs.principalId
    workspaceId: monitoring.outputs.workspaceId
    publicAccess: !privateNetworking
    lockResources: lockResources
  }
}

module queue 'modules/serviceBus.bicep' = {
  name: 'serviceBus'
  scope: group
  params: {
    name: 'sb-intacctsync-${token}'
    location: location
    tags: tags
    identityPrincipalId: identity.outputs.principalId
    workspaceId: monitoring.outputs.workspaceId
    tier: privateNetworking ? 'Premium' : 'Standard'
    publicAccess: !privateNetworking
  }
}

module vault 'modules/keyVault.bicep' = {
  name: 'keyVault'
  scope: group
  params: {
    name: 'kv-isync-${token}'
    location: location
    tags: tags
    identityPrincipalId: identity.outputs.principalId
    workspaceId: monitoring.outputs.workspaceId
    publicAccess: !privateNetworking
    lockResources: lockResources
  }
}

module network 'modules/network.bicep' = if (privateNetworking) {
  name: 'network'
  scope: group
  params: {
    token: token
    location: location
    tags: tags
    storageId: storage.outputs.id
    vaultId: vault.outputs.id
    serviceBusId: queue.outputs.id
  }
}

module app 'modules/functionApp.bicep' = {
  name: 'functionApp'
  scope: group
  params: {
    name: 'func-intacctsync-${token}'
    location: location
    tags: tags
    identityId: identity.outputs.id
    identityClientId: identity.outputs.clientId
    storageName: storage.outputs.name
    blobEndpoint: storage.outputs.blobEndpoint
    tableEndpoint: storage.outputs.tableEndpoint
    packageContainer: storage.outputs.packageContainer
    serviceBusHost: queue.outputs.host
    vaultUri: vault.outputs.uri
    insightsConnection: monitoring.outputs.connection
    maximumInstanceCount: maximumInstanceCount
    instanceMemoryMB: instanceMemoryMB
    pollingZuper: pollingZuper
    pollingProducts: pollingProducts
    pollingPayments: pollingPayments
    pollingUpflow: pollingUpflow
    extraSettings: extraSettings
    subnetId: network.?outputs.appSubnetId ?? ''
    signInClientId: signInClientId
  }
}

module alerts 'modules/alerts.bicep' = {
  name: 'alerts'
  scope: group
  params: {
    location: location
    tags: tags
    insightsId: monitoring.outputs.insightsId
    alertEmail: alertEmail
    lagAlertSeconds: lagAlertSeconds
  }
}

module workbook 'modules/workbook.bicep' = {
  name: 'workbook'
  scope: group
  params: {
    location: location
    tags: tags
    insightsId: monitoring.outputs.insightsId
  }
}

output AZURE_RESOURCE_GROUP string = group.name
output AZURE_FUNCTION_APP string = app.outputs.name
output AZURE_FUNCTION_APP_ID string = app.outputs.id
output AZURE_KEY_VAULT string = vault.outputs.name
output AZURE_KEY_VAULT_ID string = vault.outputs.id
output SERVICE_URL string = app.outputs.url
