// One rule for each entry of docs/runbook.md.
param location string
param tags object
param insightsId string
param alertEmail string
param lagAlertSeconds int

var by = 'by connection = tostring(customDimensions["intacctsync.connection"]), flow = tostring(customDimensions["intacctsync.flow"])'
var state = 'tostring(customDimensions["intacctsync.state"])'
var outcome = 'tostring(customDimensions["intacctsync.outcome"])'
var perFlow = ['connection', 'flow']

var rules = [
  {
    name: 'dead-records'
    text: 'Records were given up and wait for a person to retry them.'
    severity: 1
    query: 'customMetrics | where name == \'intacctsync.records.state\' and ${state} == "dead" | summarize measure = max(valueMax) ${by}'
    above: 0
    splitBy: perFlow
    range: 'PT15M'
  }
  {
    name: 'needs-action'
    text: 'Records need somebody to change something in Zuper or Intacct.'
    severity: 3
    query: 'customMetrics | where name == \'intacctsync.records.state\' and ${state} == "needsAction" | summarize measure = max(valueMax) ${by}'
    above: 0
    splitBy: perFlow
    range: 'PT15M'
  }
  {
    name: 'connection-stopped'
    text: 'A sign-in was refused, and nothing of the connection is synced until it is mended.'
    severity: 1
    query: 'customMetrics | where name == \'intacctsync.connection.stopped\' | summarize arg_max(timestamp, valueMax) by connection = tostring(customDimensions["intacctsync.connection"]) | project connection, measure = valueMax'
    above: 0
    splitBy: ['connection']
    range: 'PT15M'
  }
  {
    name: 'lag'
    text: 'A record has been waiting too long.'
    severity: 2
    query: 'customMetrics | where name == \'intacctsync.lag\' | summarize arg_max(timestamp, valueMax) ${by} | project connection, flow, measure = valueMax'
    above: lagAlertSeconds
    splitBy: perFlow
    range: 'PT15M'
  }
  {
    name: 'failure-rate'
    text: 'More than a fifth of the records that were worked off in an hour failed.'
    severity: 2
    query: 'customMetrics | where name == \'intacctsync.records\' | summarize failed = sumif(valueSum, ${outcome} != "done"), all = sum(valueSum) ${by} | where all >= 10 | project connection, flow, measure = 100.0 * failed / all'
    above: 20
    splitBy: perFlow
    range: 'PT1H'
  }
  {
    name: 'refused-webhooks'
    text: 'Webhooks come without the secret: it was changed on one side, or somebody tries.'
    severity: 2
    query: 'customMetrics | where name == \'intacctsync.webhooks\' and tostring(customDimensions["intacctsync.status"]) == "unauthorized" | summarize measure = sum(valueSum) by connection = tostring(customDimensions["intacctsync.connection"])'
    above: 10
    splitBy: ['connection']
    range: 'PT1H'
  }
  {
    name: 'refused-keys'
    text: 'Operations are called without the right key.'
    severity: 2
    query: 'customMetrics | where name == \'intacctsync.keys.refused\' | summarize measure = sum(valueSum)'
    above: 10
    splitBy: []
    range: 'PT1H'
  }
  {
    name: 'no-polls'
    text: 'There are connections, and for an hour nothing looked for changes: the timers do not run.'
    severity: 1
    query: 'customMetrics | summarize polls = countif(name == \'intacctsync.polls\' and timestamp > ago(1h)), known = countif(name == \'intacctsync.records.state\') | where known > 0 and polls == 0 | project measure = 1'
    above: 0
    splitBy: []
    range: 'P1D'
  }
]

resource people 'Microsoft.Insights/actionGroups@2023-01-01' = if (!empty(alertEmail)) {
  name: 'ag-intacctsync'
  location: 'global'
  tags: tags
  properties: {
    groupShortName: 'IntacctSync'
    enabled: true
    emailReceivers: [
      {
        name: 'operator'
        emailAddress: alertEmail
        useCommonAlertSchema: true
      }
    ]
  }
}

resource alerts 'Microsoft.Insights/scheduledQueryRules@2026-03-01' = [
  for rule in rules: {
    name: 'intacctsync-${rule.name}'
    location: location
    tags: tags
    properties: {
      displayName: 'IntacctSync: ${rule.name}'
      description: '${rule.text} See ${rule.name} in docs/runbook.md.'
      severity: rule.severity
      enabled: true
      scopes: [insightsId]
      evaluationFrequency: 'PT5M'
      windowSize: rule.range == 'P1D' ? 'PT1H' : rule.range
      overrideQueryTimeRange: rule.range
      autoMitigate: true
      criteria: {
        allOf: [
          {
            query: rule.query
            timeAggregation: 'Maximum'
            metricMeasureColumn: 'measure'
            operator: 'GreaterThan'
            threshold: rule.above
            dimensions: map(rule.splitBy, column => {
              name: column
              operator: 'Include'
              values: ['*']
            })
            failingPeriods: {
              numberOfEvaluationPeriods: 1
              minFailingPeriodsToAlert: 1
            }
          }
        ]
      }
      actions: {
        actionGroups: empty(alertEmail) ? [] : [people.id]
      }
    }
  }
]
