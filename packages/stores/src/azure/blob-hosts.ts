import { isLoopback } from '../http/private-channel.js';

/** Blob endpoints of Azure's clouds, private and zoned ones too: learn.microsoft.com/azure/storage/common/storage-account-overview. */
const hostsOfAzure = /\.(?:core\.(?:windows\.net|usgovcloudapi\.net|chinacloudapi\.cn)|storage\.azure\.net)$/;

/** Whether a host may learn who asks: it is Azure's, or this machine. A policy can name any other, and everyone can edit it. */
export function isTrusted({ hostname }: URL): boolean {
  return hostsOfAzure.test(hostname) || isLoopback(hostname);
}

/**
 * The account whose blob endpoint this is: the first label of Azure's hosts, without the mark of a secondary one, and the
 * first part of the path on this machine, as emulators have it. Null for any other host, which says nothing.
 */
export function accountOf({ hostname, pathname }: URL): string | null {
  if (hostsOfAzure.test(hostname)) return /^([a-z0-9]{3,24})(?:-secondary)?\./.exec(hostname)?.[1] ?? null;
  return isLoopback(hostname) ? (/^\/([a-z0-9]{3,24})(?:\/|$)/.exec(pathname)?.[1] ?? null) : null;
}
