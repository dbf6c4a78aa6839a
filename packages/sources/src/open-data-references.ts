import { formatReference, isImmutableReference, type Reference } from '@weighbridge/manifest';
import type { DataReferences, Pinning } from '@weighbridge/ports';
import { hubService, lakefsService, meansOf, noHub, noLakefs } from './http/known-services.js';
import type { ProxySetting } from './http/platform-fetch.js';
import { pinHub } from './hub/pin-hub.js';
import { pinLakefs } from './lakefs/pin-lakefs.js';
import type { OpenFolderObject } from './objects/folder-objects.js';
import type { ForeignBuckets } from './objects/foreign-buckets.js';
import { pinObject } from './objects/pin-object.js';

type Environment = Readonly<Record<string, string | undefined>>;

/** Whom to ask, and as whom. */
export interface SourceOptions {
  /** Tells where services are and with which credentials they are asked; docs/data.md has the names. */
  readonly environment: Environment;
  readonly proxy?: ProxySetting;
  /** How object stores are asked, by scheme; what is absent is not asked. */
  readonly objects?: ForeignBuckets;
  /** How objects that DVC keeps in folders are opened; absent: they are not read. */
  readonly folders?: OpenFolderObject;
  /** Default: the platform's, through the proxy. */
  readonly fetch?: typeof fetch;
  readonly sleep?: (milliseconds: number) => Promise<void>;
}

/** The services that keep data, as the environment names them. Nothing is asked before the first reference. */
export function openDataReferences(options: SourceOptions): DataReferences {
  const known = new Map<string, Promise<Pinning>>();
  const means = meansOf(options);
  const ask = (reference: Reference): Promise<Pinning> => {
    if (isImmutableReference(reference)) return Promise.resolve({ pinned: formatReference(reference) });
    switch (reference.scheme) {
      case 'hf': {
        const service = hubService(options.environment, means);
        return service === null ? Promise.resolve({ pinned: null, ...noHub }) : pinHub(service, reference);
      }
      case 'lakefs': {
        const service = lakefsService(options.environment, means);
        return service === null ? Promise.resolve({ pinned: null, ...noLakefs }) : pinLakefs(service, reference);
      }
      case 's3':
      case 'gs':
      case 'az':
        return pinObject(options.objects ?? {}, reference);
      case 'path':
      case 'dvc':
      case 'registry':
      case 'vendor':
      case 'mlflow':
      case 'wandb':
      case 'sha256':
        return Promise.resolve({
          pinned: null,
          because: 'what it names may change without a trace',
          remedy: 'Name an immutable revision, object version or digest.',
        });
    }
  };
  return {
    pin: (reference) => {
      const text = formatReference(reference);
      const asked = known.get(text) ?? ask(reference);
      known.set(text, asked);
      return asked;
    },
  };
}
