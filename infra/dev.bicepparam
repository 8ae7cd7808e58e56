using 'main.bicep'

// For trying out: nothing is warm, nothing is private, a week of deleted blobs.
param name = 'wfdev'
param alertEmail = 'operators@county.example.org'
param mailSender = 'duban-test@county.example.org'
