// The Function App. Flex Consumption: it costs by use, scales to nothing, and can join a network.

param name string

@description('Makes the public name unique.')
param unique string
param location string
param tags object
param identityId string
param identityClientId string
param storageName string
param tablesAddress string
param blobsAddress string

@description('Container that the app is deployed from.')
param packages string
param vaultAddress string
param insightsConnection string
param mailSender string
param instancesMax int
param instanceMemory int
param instancesAlwaysReady int

@description('Subnet of the app; empty for none.')
param appSubnet string

@description('Who may open the app: addresses in CIDR form. Nobody when empty.')
param allowedAddresses array

resource plan 'Microsoft.Web/serverfarms@2024-04-01' = {
  name: 'plan-${name}'
  location: location
  tags: tags
  kind: 'functionapp'
  sku: {
    name: 'FC1'
    tier: 'FlexConsumption'
  }
  properties: {
    reserved: true
  }
}

resource app 'Microsoft.Web/sites@2024-04-01' = {
  name: 'func-${name}-${unique}'
  location: location
  tags: union(tags, { 'azd-service-name': 'county' })
  kind: 'functionapp,linux'
  identity: {
    type: 'UserAssigned'
    userAssignedIdentities: {
      '${identityId}': {}
    }
  }
  properties: {
    serverFarmId: plan.id
    httpsOnly: true
    virtualNetworkSubnetId: empty(appSubnet) ? null : appSubnet
    siteConfig: {
      minTlsVersion: '1.2'
      ftpsState: 'Disabled'
      http20Enabled: true
      // Nobody signs in yet: whoever reaches the app is believed to be the unit that it names.
      ipSecurityRestrictionsDefaultAction: 'Deny'
      ipSecurityRestrictions: [
        for (address, i) in allowedAddresses: {
          name: 'allowed-${i}'
          action: 'Allow'
          priority: 100 + i
          ipAddress: address
        }
      ]
      // Publishing comes by identity.
      scmIpSecurityRestrictionsUseMain: false
      scmIpSecurityRestrictionsDefaultAction: 'Allow'
    }
    functionAppConfig: {
      deployment: {
        storage: {
          type: 'blobContainer'
          value: packages
          authentication: {
            type: 'UserAssignedIdentity'
            userAssignedIdentityResourceId: identityId
          }
        }
      }
      runtime: {
        name: 'dotnet-isolated'
        version: '10.0'
      }
      scaleAndConcurrency: {
        maximumInstanceCount: instancesMax
        instanceMemoryMB: instanceMemory
        alwaysReady: instancesAlwaysReady == 0
          ? []
          : [
              {
                name: 'http'
                instanceCount: instancesAlwaysReady
              }
            ]
      }
    }
  }

  resource settings 'config' = {
    name: 'appsettings'
    properties: {
      AzureWebJobsStorage__accountName: storageName
      AzureWebJobsStorage__credential: 'managedidentity'
      AzureWebJobsStorage__clientId: identityClientId
      APPLICATIONINSIGHTS_CONNECTION_STRING: insightsConnection
      APPLICATIONINSIGHTS_AUTHENTICATION_STRING: 'ClientId=${identityClientId};Authorization=AAD'
      WORKFLOWS_STORAGE_KIND: 'azure'
      WORKFLOWS_STORAGE_TABLES: tablesAddress
      WORKFLOWS_STORAGE_BLOBS: blobsAddress
      WORKFLOWS_STORAGE_CLIENT_ID: identityClientId
      WORKFLOWS_KEYS_VAULT: vaultAddress
      WORKFLOWS_KEYS_CLIENT_ID: identityClientId
      WORKFLOWS_GRAPH_FROM: mailSender
      WORKFLOWS_GRAPH_CLIENT_ID: identityClientId
    }
  }

  // Whoever deploys does so by identity, not by a password of the site.
  resource scm 'basicPublishingCredentialsPolicies' = {
    name: 'scm'
    properties: {
      allow: false
    }
  }

  resource ftp 'basicPublishingCredentialsPolicies' = {
    name: 'ftp'
    properties: {
      allow: false
    }
  }
}

output name string = app.name
output address string = 'https://${app.properties.defaultHostName}'
