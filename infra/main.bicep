// One county on Azure: a Function App on Flex Consumption, its storage, its keys, and what watches over them.
targetScope = 'resourceGroup'

@description('Short name of the installation: 3 to 10 lower-case letters and digits. Part of every resource name.')
@minLength(3)
@maxLength(10)
param name string

@description('Region of every resource.')
param location string = resourceGroup().location

@description('Who is written to when an alert fires.')
param alertEmail string

@description('Mailbox that notices are sent from; its tenant grants the identity Mail.Send and Mail.ReadWrite, see docs/azure.md.')
param mailSender string

@description('Instances the app may scale out to. The least that Flex Consumption takes is 40; a county uses one or two.')
@minValue(40)
@maxValue(1000)
param instancesMax int = 40

@description('Memory of an instance in MB. 2048 carries the county; 512 is too small for the plan at once, 4096 costs double.')
@allowed([
  512
  2048
  4096
])
param instanceMemory int = 2048

@description('Instances that are always warm, for HTTP. 0 costs nothing while nobody asks; the first request of the day waits some seconds.')
@minValue(0)
param instancesAlwaysReady int = 0

@description('Days that logs are kept. 30 are free of charge beyond ingestion.')
@minValue(30)
@maxValue(730)
param logDays int = 30

@description('GB of logs a day, after which ingestion stops until the next; a bound on the bill, not on what is done.')
param logGigabytesPerDay int = 1

@description('Redundancy of tables and blobs.')
@allowed([
  'Standard_LRS'
  'Standard_ZRS'
  'Standard_GRS'
])
param storageSku string = 'Standard_LRS'

@description('Days in which deleted blobs can be brought back.')
@minValue(1)
@maxValue(365)
param blobDays int = 7

@description('Who may open the app: addresses in CIDR form, such as the county network\'s way out. Nobody when empty, since nobody signs in yet.')
param allowedAddresses array = []

@description('Closes storage and keys to the internet: the app reaches them through private endpoints, at a fixed price a month each.')
param isPrivate bool = false

@description('Tags of every resource.')
param tags object = {}

var unique = uniqueString(resourceGroup().id, name)
var all = union(tags, { application: 'workflows', installation: name })

resource identity 'Microsoft.ManagedIdentity/userAssignedIdentities@2023-01-31' = {
  name: 'id-${name}'
  location: location
  tags: all
}

module network 'network.bicep' = if (isPrivate) {
  params: {
    name: name
    location: location
    tags: all
  }
}

module storage 'storage.bicep' = {
  params: {
    name: 'st${name}${take(unique, 8)}'
    location: location
    tags: all
    sku: storageSku
    blobDays: blobDays
    principalId: identity.properties.principalId
    endpointSubnet: network.?outputs.endpointSubnet ?? ''
    zones: network.?outputs.zones ?? {}
  }
}

module keys 'keys.bicep' = {
  params: {
    name: 'kv-${name}-${take(unique, 8)}'
    location: location
    tags: all
    principalId: identity.properties.principalId
    endpointSubnet: network.?outputs.endpointSubnet ?? ''
    zone: network.?outputs.zones.?vault ?? ''
  }
}

module monitoring 'monitoring.bicep' = {
  params: {
    name: name
    location: location
    tags: all
    days: logDays
    gigabytesPerDay: logGigabytesPerDay
    principalId: identity.properties.principalId
  }
}

module app 'app.bicep' = {
  params: {
    name: name
    unique: take(unique, 8)
    location: location
    tags: all
    identityId: identity.id
    identityClientId: identity.properties.clientId
    storageName: storage.outputs.name
    tablesAddress: storage.outputs.tables
    blobsAddress: storage.outputs.blobs
    packages: storage.outputs.packages
    vaultAddress: keys.outputs.address
    insightsConnection: monitoring.outputs.connection
    mailSender: mailSender
    instancesMax: instancesMax
    instanceMemory: instanceMemory
    instancesAlwaysReady: instancesAlwaysReady
    appSubnet: network.?outputs.appSubnet ?? ''
    allowedAddresses: allowedAddresses
  }
}

module alerts 'alerts.bicep' = {
  params: {
    name: name
    location: location
    tags: all
    email: alertEmail
    workspaceId: monitoring.outputs.workspaceId
  }
}

@description('Where the county is served.')
output address string = app.outputs.address

@description('Name of the Function App, for publishing.')
output appName string = app.outputs.name

@description('Object id of the identity that needs Mail.Send and Mail.ReadWrite on the mailbox.')
output identityPrincipalId string = identity.properties.principalId
