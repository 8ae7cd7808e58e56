// What somebody must hear of: a flow that stopped, a mail that does not go out, a notice that is overdue.

param name string
param location string
param tags object

@description('Who is written to.')
param email string
param workspaceId string

var rules = [
  {
    key: 'blocked-flows'
    text: 'A flow stopped where it stands and waits for an operator: see /api/flows?state=blocked.'
    severity: 1
    query: 'AppTraces | where Message startswith "Flow " and Message contains " is blocked"'
    every: 'PT5M'
    over: 'PT5M'
  }
  {
    key: 'failed-functions'
    text: 'Functions fail again and again: the outside is down, or the code is wrong.'
    severity: 2
    query: 'AppRequests | where Success == false and OperationName !in ("EveryRequest", "DeliverNotice") | summarize failures = count() by OperationName, bin(TimeGenerated, 5m) | where failures > 5'
    every: 'PT5M'
    over: 'PT15M'
  }
  {
    key: 'mail-failures'
    text: 'Mails do not go out; each is tried again, and its notice stays unsent meanwhile.'
    severity: 2
    query: 'AppRequests | where OperationName == "DeliverNotice" and Success == false'
    every: 'PT15M'
    over: 'PT15M'
  }
  {
    key: 'overdue-notices'
    text: 'The oldest notice that should have gone out is more than an hour late.'
    severity: 1
    query: 'AppTraces | where Message startswith "The oldest overdue NoticeDelivery" | extend minutes = toint(extract("late by ([0-9]+) minutes", 1, Message)) | where minutes > 60'
    every: 'PT15M'
    over: 'PT15M'
  }
  {
    key: 'silent-sweep'
    text: 'The minute sweep has not run for a quarter of an hour: nobody looks for what was lost.'
    severity: 1
    query: 'AppRequests | where OperationName == "MinuteSweep" and Success == true | summarize runs = count() | where runs == 0'
    every: 'PT15M'
    over: 'PT15M'
  }
  {
    key: 'silent-retention'
    text: 'The daily sweep has not run for two days: people stay named longer than the county\'s rules allow.'
    severity: 2
    query: 'AppRequests | where OperationName == "DailySweep" and Success == true | summarize runs = count() | where runs == 0'
    every: 'P1D'
    over: 'P2D'
  }
]

resource people 'Microsoft.Insights/actionGroups@2023-01-01' = {
  name: 'ag-${name}'
  location: 'global'
  tags: tags
  properties: {
    enabled: true
    groupShortName: take(name, 12)
    emailReceivers: [
      {
        name: 'operators'
        emailAddress: email
        useCommonAlertSchema: true
      }
    ]
  }
}

resource alerts 'Microsoft.Insights/scheduledQueryRules@2023-12-01' = [
  for rule in rules: {
    name: 'alert-${name}-${rule.key}'
    location: location
    tags: tags
    kind: 'LogAlert'
    properties: {
      displayName: rule.key
      description: rule.text
      enabled: true
      severity: rule.severity
      scopes: [workspaceId]
      evaluationFrequency: rule.every
      windowSize: rule.over
      autoMitigate: true
      criteria: {
        allOf: [
          {
            query: rule.query
            timeAggregation: 'Count'
            operator: 'GreaterThan'
            threshold: 0
            failingPeriods: {
              numberOfEvaluationPeriods: 1
              minFailingPeriodsToAlert: 1
            }
          }
        ]
      }
      actions: {
        actionGroups: [people.id]
      }
    }
  }
]
