using 'main.bicep'

// For a county at work: one warm instance, storage over three zones and closed to the internet, the app open to nobody but allowedAddresses.
param name = 'wfprod'
param alertEmail = 'operators@county.example.org'
param mailSender = 'duban@county.example.org'
param instancesAlwaysReady = 1
param storageSku = 'Standard_ZRS'
param blobDays = 30
param logDays = 90
param logGigabytesPerDay = 2
param isPrivate = true
