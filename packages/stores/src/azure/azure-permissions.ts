/** A right, as each of the ways to give it calls it. */
export interface AzurePermission {
  /** The data action of Azure RBAC. */
  readonly action: string;
  /** The built-in role with the fewest rights that has it. */
  readonly role: string;
  /** The letter of a shared access signature. */
  readonly letter: string;
}

const blobs = 'Microsoft.Storage/storageAccounts/blobServices/containers/blobs';
const reader = 'Storage Blob Data Reader';
const contributor = 'Storage Blob Data Contributor';

/** https://learn.microsoft.com/rest/api/storageservices/authorize-with-azure-active-directory#permissions-for-blob-service-operations */
export const permissions = {
  read: { action: `${blobs}/read`, role: reader, letter: 'r' },
  list: { action: `${blobs}/read`, role: reader, letter: 'l' },
  write: { action: `${blobs}/write`, role: contributor, letter: 'w' },
  remove: { action: `${blobs}/delete`, role: contributor, letter: 'd' },
  delegate: {
    action: 'Microsoft.Storage/storageAccounts/blobServices/generateUserDelegationKey/action',
    role: 'Storage Blob Delegator',
    letter: 'r',
  },
} as const satisfies Record<string, AzurePermission>;
