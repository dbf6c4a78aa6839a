import type { GateFacts, PolicySlice } from '@weighbridge/gates';
import type { CatalogueVersion } from '@weighbridge/ledger';
import type { GovernedModel } from '../governing/governance.js';
import type { Surroundings } from '../surroundings.js';
import { checkSignatures } from './check-signatures.js';

/** What a gate must know of signatures; nothing where it asks for none or this host cannot check them. */
export async function signatureFacts(
  surroundings: Surroundings,
  { signing }: Pick<PolicySlice, 'signing'>,
  about: { readonly model: GovernedModel; readonly registered: CatalogueVersion | null },
): Promise<Pick<GateFacts, 'signature'>> {
  const { model, registered } = about;
  if (signing === undefined) return {};
  if (registered === null) return { signature: null };
  const tools = surroundings.signing;
  if (tools === undefined) return {};
  const trust = { signing, files: model.files };
  const checked = await checkSignatures(surroundings, tools, {
    trust,
    version: registered,
    model: model.manifest.name,
  });
  return { signature: checked.facts };
}
