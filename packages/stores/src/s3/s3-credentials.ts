/** Variables of an environment, which is the caller's to give. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** Keys of AWS, as the providers of the SDK answer them. */
export interface S3Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
  readonly expiration?: Date;
}

/** Finds credentials; `forceRefresh` asks for new ones although the known ones seem to be good. */
export type S3CredentialSource = (options?: { readonly forceRefresh?: boolean }) => Promise<S3Credentials>;

/**
 * The keys that an environment holds, which the SDK's chain would answer too: it asks there first, unless AWS_PROFILE
 * names a profile. Null where it has to look further. To load the chain takes a tenth of the time that a short command
 * has, and in a CI job the keys are nearly always here.
 */
export function keysInEnvironment(environment: Environment): S3Credentials | null {
  const {
    AWS_PROFILE: profile = '',
    AWS_ACCESS_KEY_ID: accessKeyId = '',
    AWS_SECRET_ACCESS_KEY: secretAccessKey = '',
    AWS_SESSION_TOKEN: sessionToken = '',
  } = environment;
  if (profile !== '' || accessKeyId === '' || secretAccessKey === '') return null;
  return { accessKeyId, secretAccessKey, ...(sessionToken === '' ? {} : { sessionToken }) };
}
