import { weighbridgeError } from '@weighbridge/core';
import { gateAsks, type GateRequest } from '../request.js';
import { alwaysAsked } from '../waivers.js';
import { listWords } from '../wording.js';
import type { Assumption } from './parse-assumption.js';

/** Refuses an assumption that nothing would look at: a slip would else look like an answer. @throws gates/assumption */
export function refuseIdle(request: GateRequest, assumption: Assumption): void {
  const { gate, stages } = request.policy;
  const stage = request.transition.to;
  switch (assumption.kind) {
    case 'approved-by':
    case 'time':
      return;
    case 'metric': {
      const known = (gate?.metrics ?? []).map(({ metric }) => metric);
      if (!known.includes(assumption.metric))
        refuse(assumption, `no metric gate of ${stage} reads it`, 'metric=', known);
      return;
    }
    case 'waived': {
      const known = (gate?.metrics ?? []).map(({ id }) => id);
      if (alwaysAsked.has(assumption.gate) || (gate !== null && gateAsks(gate, assumption.gate))) return;
      refuse(assumption, `${stage} has no requirement of that name that can be waived`, 'waived=', known);
      return;
    }
    case 'check': {
      const known = gate?.checks ?? [];
      if (!known.includes(assumption.name)) refuse(assumption, `${stage} does not ask for that check`, 'check=', known);
      return;
    }
    case 'stage':
      if (stages.includes(assumption.stage)) return;
      refuse(assumption, `the policy has no such stage`, 'stage=', stages);
  }
}

function refuse(assumption: Assumption, reason: string, prefix: string, known: readonly string[]): never {
  const example =
    known.length === 0
      ? 'another assumption; weighbridge gate lists what the stage asks'
      : listWords(
          known.slice(0, 10).map((name) => `${prefix}${name}`),
          'or',
        );
  throw weighbridgeError('gates/assumption', { found: assumption.text, reason, example });
}
