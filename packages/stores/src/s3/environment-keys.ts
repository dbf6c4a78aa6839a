import type { S3Credentials } from './s3-session.js';

/**
 * The keys that an environment holds, which the SDK's chain would answer too: it asks there first, unless AWS_PROFILE
 * names a profile. Null where it has to look further. To load the chain takes a tenth of the time that a short command
 * has, and in a CI job the keys are nearly always here.
 */
export function keysInEnvironment(environment: Readonly<Record<string, string | undefined>>): S3Credentials | null {
  const {
    AWS_PROFILE: profile = '',
    AWS_ACCESS_KEY_ID: accessKeyId = '',
    AWS_SECRET_ACCESS_KEY: secretAccessKey = '',
    AWS_SESSION_TOKEN: sessionToken = '',
  } = environment;
  if (profile !== '' || accessKeyId === '' || secretAccessKey === '') return null;
  return { accessKeyId, secretAccessKey, ...(sessionToken === '' ? {} : { sessionToken }) };
}
