using 'main.bicep'

// For azd, which keeps these in its environment: azd env set COUNTY_NAME wfdev, and so on.
param name = readEnvironmentVariable('COUNTY_NAME', 'wfdev')
param location = readEnvironmentVariable('AZURE_LOCATION', 'eastasia')
param alertEmail = readEnvironmentVariable('COUNTY_ALERT_EMAIL', 'operators@county.example.org')
param mailSender = readEnvironmentVariable('COUNTY_MAIL_SENDER', 'duban@county.example.org')
param tags = {
  'azd-env-name': readEnvironmentVariable('AZURE_ENV_NAME', 'dev')
}
