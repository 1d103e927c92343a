// What a person looks at in the portal: Application Insights, Workbooks, IntacctSync.
param location string
param tags object
param insightsId string

resource workbook 'Microsoft.Insights/workbooks@2023-06-01' = {
  name: guid(insightsId, 'intacctsync')
  location: location
  tags: tags
  kind: 'shared'
  properties: {
    displayName: 'IntacctSync'
    category: 'workbook'
    sourceId: insightsId
    serializedData: loadTextContent('../workbook.json')
  }
}
