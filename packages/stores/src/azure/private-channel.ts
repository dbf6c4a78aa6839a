/** Blob endpoints of Azure's clouds, private and zoned ones too: learn.microsoft.com/azure/storage/common/storage-account-overview. */
const hostsOfAzure = /\.(?:core\.(?:windows\.net|usgovcloudapi\.net|chinacloudapi\.cn)|storage\.azure\.net)$/;

/** Whether a host may learn who asks: it is Azure's, or this machine. A policy can name any other, and everyone can edit it. */
export function isTrusted({ hostname }: URL): boolean {
  return hostsOfAzure.test(hostname) || isLoopback(hostname);
}

/** Whether nobody on the way can read what is sent there: https, or this machine. */
export function isPrivate({ protocol, hostname }: URL): boolean {
  return protocol === 'https:' || (protocol === 'http:' && isLoopback(hostname));
}

function isLoopback(hostname: string): boolean {
  return /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])$/.test(hostname);
}
