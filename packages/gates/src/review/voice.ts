import type { ReviewPolicy } from '@weighbridge/manifest';
import type { CommentFact, ForgeActor, PullEventFact, PullFacts, ReviewFact } from '../pull-facts.js';
import { readTime } from '../time.js';
import { parseApproveCommand } from './approve-command.js';
import { compareText } from './people.js';

/** What somebody said that decides something: a review, or a command where the policy allows them. */
export interface Voice {
  readonly id: string;
  readonly via: 'review' | 'command';
  readonly person: ForgeActor | null;
  readonly says: 'approve' | 'object' | 'dismissed' | 'edited';
  readonly commit: string | null;
  readonly at: string | null;
  readonly url: string | null;
  /** For what was dismissed. */
  readonly dismissal: Dismissal | null;
}

/** Who took back what a review said, and what that was. */
export interface Dismissal {
  /** What it was before; null where the forge does not tell. */
  readonly was: 'approved' | 'changes-requested' | null;
  readonly by: ForgeActor | null;
  readonly at: string | null;
}

/** Everything decisive, oldest first. What is only a comment, or pending, is not among it, and no body is read. */
export function collectVoices(pull: PullFacts, policy: ReviewPolicy): readonly Voice[] {
  const dismissals = new Map<string, DismissedEvent>();
  for (const event of pull.timeline) if (event.kind === 'review-dismissed') dismissals.set(event.review, event);
  const reviews = pull.reviews.flatMap((review) => voiceOfReview(review, dismissals.get(review.id)) ?? []);
  const commands = policy.commands ? pull.comments.flatMap((comment) => voiceOfComment(comment, pull) ?? []) : [];
  return [...reviews, ...commands].sort(compareVoices);
}

type DismissedEvent = Extract<PullEventFact, { readonly kind: 'review-dismissed' }>;

function voiceOfReview(review: ReviewFact, event: DismissedEvent | undefined): Voice | null {
  const { id, author, commit, submittedAt, url } = review;
  const voice = { id, via: 'review' as const, person: author, commit, at: submittedAt, url, dismissal: null };
  if (review.state === 'approved') return { ...voice, says: 'approve' };
  if (review.state === 'changes-requested') return { ...voice, says: 'object' };
  if (review.state !== 'dismissed') return null;
  const was = event?.was ?? null;
  // A comment decided nothing before it was dismissed, so its dismissal decides nothing.
  if (was === 'commented') return null;
  return { ...voice, says: 'dismissed', dismissal: { was, by: event?.actor ?? null, at: event?.at ?? null } };
}

function voiceOfComment(comment: CommentFact, pull: PullFacts): Voice | null {
  const written = parseApproveCommand(comment.body);
  if (written === null) return null;
  return {
    id: comment.id,
    via: 'command',
    person: comment.author,
    says: comment.edited ? 'edited' : 'approve',
    commit: completeCommit(written, pull),
    at: comment.createdAt,
    url: null,
    dismissal: null,
  };
}

/** The one commit of the pull request that starts so; the text itself when there is none or more than one. */
function completeCommit(written: string, pull: PullFacts): string {
  const ids = new Set([pull.head.commit, ...pull.commits.map((commit) => commit.id)]);
  const found = [...ids].filter((id) => id.toLowerCase().startsWith(written));
  return found.length === 1 ? (found[0] ?? written) : written;
}

/** Oldest first. What came in the same second goes by the forge's rising numbers, or else an objection comes last. */
function compareVoices(left: Voice, right: Voice): number {
  const [leftMs, rightMs] = [sortTime(left), sortTime(right)];
  if (leftMs !== rightMs) return leftMs - rightMs;
  const numbered = left.via === right.via && /^\d+$/.test(left.id) && /^\d+$/.test(right.id);
  if (numbered && left.id !== right.id) return left.id.length - right.id.length || compareText(left.id, right.id);
  return weightOf(left) - weightOf(right) || compareText(left.id, right.id);
}

/** Without a time an objection comes after everything, and all else before. */
function sortTime(voice: Voice): number {
  const timeMs = readTime(voice.at);
  if (timeMs !== null) return timeMs;
  return voice.says === 'object' ? Number.POSITIVE_INFINITY : Number.NEGATIVE_INFINITY;
}

function weightOf(voice: Voice): number {
  return { approve: 0, edited: 0, dismissed: 1, object: 2 }[voice.says];
}
