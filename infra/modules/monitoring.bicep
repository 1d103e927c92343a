// Logs, traces and metrics. Entered by identities only.
param token string
param location string
param tags object
param retentionDays int
param identityPrincipalId string

@description('Monitoring Metrics Publisher: may send telemetry, and read nothing.')
var publisherRole = '3913510d-42f4-4e42-8a64-420c390055eb'

resource workspace 'Microsoft.OperationalInsights/workspaces@2025-07-01' = {
  name: 'log-intacctsync-${token}'
  location: location
  tags: tags
  properties: {
    sku: { name: 'PerGB2018' }
    retentionInDays: retentionDays
  }
}

resource insights 'Microsoft.Insights/components@2020-02-02' = {
  name: 'appi-intacctsync-${token}'
  location: location
  tags: tags
  kind: 'web'
  properties: {
    Application_Type: 'web'
    WorkspaceResourceId: workspace.id
    DisableLocalAuth: true
  }
}

resource publisher 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(insights.id, identityPrincipalId, publisherRole)
  scope: insights
  properties: {
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', publisherRole)
    principalId: identityPrincipalId
    principalType: 'ServicePrincipal'
  }
}

output insightsId string = insights.id
output workspaceId string = workspace.id

// It names where to send to; with local authentication disabled it lets nobody in.
output connection string = insights.properties.ConnectionString
