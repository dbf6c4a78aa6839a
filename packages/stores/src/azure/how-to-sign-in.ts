/** The end of remedies for whoever is not known to Azure. */
export const howToSignIn =
  'in GitHub Actions give the job "permissions: id-token: write" and set AZURE_CLIENT_ID and AZURE_TENANT_ID, or run azure/login before this step; elsewhere run "az login", or set AZURE_STORAGE_CONNECTION_STRING.';
