import { type Verdict, WeighbridgeError, worstVerdict } from '@weighbridge/core';
import type { CommitStatus, Forge, PullSummary } from '@weighbridge/ports';
import type { Judgement } from './judgement.js';

/** How a judgement is told: made elsewhere. A comment may take a look at the set-up, which decides nothing. */
export interface JudgementTexts {
  /** State and one line for the status of one pull request, or of several that share a head. */
  status(judgements: readonly Judgement[]): Pick<CommitStatus, 'state' | 'description'>;
  /** The sticky comment; its first line is the marker by which it is found again. */
  comment(judgement: Judgement): string | Promise<string>;
}

/** What is told, and where. */
export interface PublishRequest {
  /** `weighbridge` unless the policy names another. */
  readonly context: string;
  readonly perModel: boolean;
  readonly comment: boolean;
  /** Where a reader of the status is led; null for none. */
  readonly url: string | null;
  readonly texts: JudgementTexts;
}

/** What became of telling it. */
export interface Publication {
  /** `told`; `moved`: the head is another by now, and nothing was said of it; `refused`: the token may not. */
  readonly outcome: 'told' | 'moved' | 'refused';
  readonly because: string | null;
  readonly comment: string | null;
}

/**
 * Marks a commit as being judged, so that an earlier success does not stand while, or if, the judging fails. Answers why
 * it could not be said, or null: a token that may only read judges all the same.
 */
export async function markPending(
  forge: Forge,
  commit: string,
  request: Pick<PublishRequest, 'context' | 'url'>,
): Promise<string | null> {
  const { context, url } = request;
  return refusalOf(() => forge.setStatus({ commit, context, state: 'pending', description: 'Being judged…', url }));
}

/** Says of a commit that judging it failed, whatever stood there before. */
export async function markError(
  forge: Forge,
  commit: string,
  request: Pick<PublishRequest, 'context' | 'url'>,
): Promise<void> {
  const { context, url } = request;
  const description = 'Could not be judged: the job that tried says why. Run it again.';
  await refusalOf(() => forge.setStatus({ commit, context, state: 'error', description, url }));
}

/**
 * Tells a judgement: the comment first, then, if the head still is the one that was judged, the status. Pull requests
 * that share the head share its status, so that the worst of their judgements is told.
 */
export async function publishJudgement(
  { forge }: { readonly forge: Forge },
  judgements: readonly [Judgement, ...Judgement[]],
  request: PublishRequest,
): Promise<Publication> {
  const [judgement] = judgements;
  const { pull } = judgement;
  let comment: string | null = null;
  if (request.comment && worthTelling(judgement)) {
    const [marker = '', ...lines] = (await request.texts.comment(judgement)).split('\n');
    await refusalOf(async () => {
      comment = (await forge.upsertComment({ pull: pull.number, marker, body: lines.join('\n') })).url;
    });
  }
  const now = await forge.pullHead(pull.number);
  if (now === null || now.head.commit !== pull.head.commit) {
    const because = `the head of #${pull.number} is ${now?.head.commit.slice(0, 12) ?? 'gone'} by now`;
    return { outcome: 'moved', because, comment };
  }
  const statuses = statusesOf(judgements, request, pull.head.commit);
  let refused: string | null = null;
  for (const status of statuses) refused ??= await refusalOf(() => forge.setStatus(status));
  return { outcome: refused === null ? 'told' : 'refused', because: refused, comment };
}

/** The one status that protects the branch, and one for each model where the policy asks for them. */
function statusesOf(
  judgements: readonly [Judgement, ...Judgement[]],
  request: PublishRequest,
  commit: string,
): CommitStatus[] {
  const { context, url, texts } = request;
  const whole = { commit, context, url: url ?? null, ...texts.status(judgements) };
  if (!request.perModel) return [whole];
  const [judgement] = judgements;
  return [
    ...judgement.models.map((model) => ({
      commit,
      context: `${context}/${model.model}`,
      url,
      ...texts.status([{ ...judgement, models: [model], amendments: null, verdict: worstOf(model) }]),
    })),
    whole,
  ];
}

function worstOf(model: Judgement['models'][number]): Verdict {
  return worstVerdict([
    ...model.decisions.map(({ verdict }) => verdict),
    ...(model.fault === null ? [] : ['error' as const]),
  ]);
}

/** A pull request that touches no model and nothing that one depends on gets no comment: its status says so. */
function worthTelling({ models, amendments, fault, reach }: Judgement): boolean {
  return models.length > 0 || amendments !== null || fault !== null || (reach?.rows.length ?? 0) > 0;
}

/** Does it, and answers in a clause why the token may not; null when it is done. Other failures are thrown. */
async function refusalOf(write: () => Promise<void>): Promise<string | null> {
  try {
    await write();
    return null;
  } catch (error) {
    if (!(error instanceof WeighbridgeError) || !['forge/forbidden', 'forge/not-found'].includes(error.code))
      throw error;
    return error.message;
  }
}

/** Open pull requests, other than this one, whose head is the same commit. */
export async function siblingsOf(forge: Forge, { pull }: Judgement): Promise<readonly PullSummary[]> {
  return (await forge.pullsAtHead(pull.head.commit)).filter(
    ({ number, state }) => state === 'open' && number !== pull.number,
  );
}
