import type { Dependency } from '@weighbridge/ledger';

/** A text for each dependency of its own: the lengths in front say where one part ends. JSON takes many times as long. */
export function dependencyKey({ kind, role, ref, pin, range }: Dependency): string {
  const lengths = `${ref.length},${pin?.length ?? ''},${range?.length ?? ''},${role?.length ?? ''}`;
  return `${lengths}:${ref}${pin ?? ''}${range ?? ''}${role ?? ''}${kind}`;
}
