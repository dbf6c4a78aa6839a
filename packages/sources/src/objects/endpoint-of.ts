/** The endpoint that an environment names for an object store, from the variables that openers of object stores read. */
export function endpointOf(
  environment: Readonly<Record<string, string | undefined>>,
  scheme: 's3' | 'gs' | 'az',
): string | null {
  const named = {
    s3: environment['AWS_ENDPOINT_URL_S3'] ?? environment['AWS_ENDPOINT_URL'],
    gs: environment['STORAGE_EMULATOR_HOST'],
    az: undefined,
  }[scheme]?.trim();
  return named === undefined || named === '' ? null : named;
}
