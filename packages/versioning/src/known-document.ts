import type { ArtifactFacet } from './snapshot.js';

/** An artifact whose content is a document that is understood. */
export type KnownDocument = ArtifactFacet & { readonly document: NonNullable<ArtifactFacet['document']> };
