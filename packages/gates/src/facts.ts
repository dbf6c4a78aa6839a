import type { Digest, JsonObject } from '@weighbridge/core';
import type { ExampleScores, MetricDocument } from '@weighbridge/formats';
import type { ModelKind } from '@weighbridge/manifest';
import type { CommitPerson, PermissionFact, PullFacts, TeamFacts } from './pull-facts.js';

/**
 * Everything a decision rests on, gathered beforehand as plain JSON. Each member is one section; a rule names the
 * sections that it reads. Times are RFC 3339 in UTC. Optional sections are those that only a forge can tell.
 */
export interface GateFacts {
  /** The moment of the evaluation, fixed once. */
  readonly now: string;
  readonly candidate: CandidateFacts;
  /** The candidate's metric documents by metrics id. */
  readonly evidence: Readonly<Record<string, EvidenceFacts>>;
  /**
   * By `ref` as the policy writes it (`stage:production`, `previous`, a version). Null: it was looked for and there is
   * none. A ref that is absent here was not looked for, which is an error of that gate.
   */
  readonly baselines: Readonly<Record<string, BaselineFacts | null>>;
  readonly artifacts: readonly ArtifactFacts[];
  readonly metadata: MetadataFacts;
  /** The data and the base model that it rests on. Absent: nobody looked, which is an error of a gate that asks. */
  readonly data?: readonly SourceFacts[];
  /** The stages that hold the candidate now, and since when. */
  readonly stagesEntered: Readonly<Record<string, string>>;
  /** Identities that may not enter a stage, from the ledger. */
  readonly frozen: readonly FrozenFacts[];
  /** Exceptions that the ledger records, beside those of the policy. */
  readonly waivers: readonly RecordedWaiver[];
  /**
   * What was found of the signatures of a registered version; null for what is not registered, and so not signed yet.
   * Absent: this evaluation cannot check them, or the gate asks for none.
   */
  readonly signature?: SignatureFacts | null;
  /** Checks of the evaluated commit by name. Absent: no forge was asked. */
  readonly checks?: Readonly<Record<string, CheckFacts>>;
  /** The pull request whose reviews count. Absent: no forge was asked, or there is no pull request. */
  readonly review?: ReviewFacts;
  /** What the change that asks for the move says that it replaces. Absent: no change of stages.yaml asks for it. */
  readonly pointer?: PointerFacts;
  /**
   * What the change amends of the rules that it is judged by, see `findAmendments`. Absent: nobody looked, which is an
   * error where there is a pull request.
   */
  readonly amendments?: readonly AmendmentFact[];
  /** What was assumed, for a what-if: such a decision is never published. Absent: nothing. */
  readonly assumed?: readonly string[];
}

export type FactSection = keyof GateFacts;

/** What is to enter the stage. */
export interface CandidateFacts {
  readonly identity: Digest;
  /** Digest of its metric documents. */
  readonly evidence: Digest;
  readonly kind: ModelKind;
  readonly impact: 'low' | 'high';
  /** Owners of the manifest, the stricter of base and head: logins and `org/team`. */
  readonly owners: readonly string[];
}

/** How much stands behind a document, weakest first. */
export const evidenceLevels = ['reported', 'workflow', 'attested', 'recomputed'] as const;
export type EvidenceLevel = (typeof evidenceLevels)[number];

/** Who stands behind a document, as a signature or a forge proves it. */
export interface EvidenceSigner {
  readonly kind: 'key' | 'workflow' | 'run';
  /** Key id, address of the workflow that signed, or path of the workflow that ran. */
  readonly name: string;
  /** Ref of the commit that the run was on; null for a key. */
  readonly ref: string | null;
  readonly issuer: string | null;
  readonly commit: string | null;
  /** Address of the run. */
  readonly run: string | null;
  /** How a run stands among others on its commit, as a clause; absent where it is the only one. */
  readonly among?: string;
}

/** Signatures of a version (OpenSSF Model Signing) as they were checked against its artifacts of the ledger. */
export interface SignatureFacts {
  /** Those that count: by whom, and when; newest last. */
  readonly good: readonly { readonly signer: EvidenceSigner; readonly time: string }[];
  /** Why others that the ledger names do not count, one clause each. */
  readonly refused: readonly string[];
}

/** One metric document and where it comes from. */
export interface EvidenceFacts {
  readonly document: MetricDocument;
  readonly digest: Digest | null;
  readonly level: EvidenceLevel;
  /** Whether anybody looked for more than `reported`: a run, a signed statement. */
  readonly levelChecked: boolean;
  /** When it was made; null when that is not known. */
  readonly time: string | null;
  /**
   * What the manifest knows of the evaluation (`dataset`, `harness`, `shots`); the document's own context comes first.
   */
  readonly context: JsonObject;
  /** Who stands behind it; absent for a reported one. */
  readonly signer?: EvidenceSigner;
  /** Why statements and runs that were found do not count, one clause each. Absent: none was found, or none refused. */
  readonly refused?: readonly string[];
  /** Scores by example, for paired and bootstrap uncertainty. */
  readonly examples?: ExampleScores;
}

/** A version that the candidate is compared with. Read from the ledger, never from the change itself. */
export interface BaselineFacts {
  readonly version: string;
  readonly identity: Digest;
  readonly evidence: Readonly<Record<string, EvidenceFacts>>;
}

/** One artifact. Formats: those of its header; `document` for JSON, YAML and text; null when it was not recognised. */
export interface ArtifactFacts {
  readonly path: string;
  readonly format: string | null;
  /** `module.name` of every import that loading would make. */
  readonly imports: readonly string[];
  /** It was not looked into, so that loading it may import anything. */
  readonly unread?: boolean;
}

/** Something that a model was made from. */
export interface SourceFacts {
  /** As the manifest calls it; `base` for the base model. */
  readonly name: string;
  readonly ref: string;
  /** What it was resolved to; null when it may change under the same name. */
  readonly pinned: string | null;
}

/** The required fields of the metadata standard, as found; null is missing. */
export interface MetadataFacts {
  /** Version or hash of the training data (of the data itself for kind dataset). */
  readonly data: string | null;
  readonly commit: string | null;
  readonly framework: string | null;
  readonly frameworkVersion: string | null;
  readonly duration: string | null;
  readonly hardware: string | null;
}

/** An identity that was rolled back from. */
export interface FrozenFacts {
  readonly identity: Digest;
  readonly version: string;
  readonly since: string;
  readonly justification: string | null;
}

/** A waiver of the ledger. `expires` is a date or a time; null never expires. */
export interface RecordedWaiver {
  readonly gate: string;
  readonly identity: Digest;
  readonly expires: string | null;
  readonly justification: string | null;
  /** Why it holds no longer whatever its date, as the end of a sentence. Absent: nobody took it back. */
  readonly revoked?: string;
}

/** The latest run of one check on the evaluated commit. */
export interface CheckFacts {
  readonly state: 'success' | 'running' | 'failure';
  /** The forge's own word, such as `cancelled`. */
  readonly conclusion: string;
  readonly commit: string;
  readonly url: string | null;
}

/** A pull request and all that its approvals rest on, for one model and transition. */
export interface ReviewFacts {
  readonly pull: PullFacts;
  /** By `org/team`, of every team that `teamsToRead` names. */
  readonly teams: Readonly<Record<string, TeamFacts>>;
  /** By login in lower case, of everybody who reviewed, and who commented where the policy allows commands. */
  readonly permissions: Readonly<Record<string, PermissionFact>>;
  /**
   * Commits at which identity, evidence and policy slice of this model and transition are those of the head, the head
   * among them: an approval of any of them names these very bytes.
   */
  readonly equalCommits: readonly string[];
  /**
   * Commits of the pull request at which they are known to differ from the head's: an approval of one of them is not
   * carried over a clean update from the base. The head is among them where what is judged is not the head itself, but
   * what a merge queue or a merge made of it. Absent where nobody looked.
   */
  readonly otherCommits?: readonly string[];
  /**
   * When the ledger last learned of a metric document of the version that is to be approved: an approval before that has
   * not seen it. Absent where the change itself brings the documents, or none came after registration.
   */
  readonly evidenceSince?: string;
  /**
   * By reviewed commit, when the newest version came that what is judged is built on and that the commit itself does not
   * hold: an approval before that was of other parts. Absent where nothing is built on such versions.
   */
  readonly partsSince?: Readonly<Record<string, string>>;
  /** Others who may not approve, such as the dispatcher, or who built the version since the one that holds the stage. */
  readonly contributors: readonly { readonly person: CommitPerson; readonly because: string }[];
}

/** A line of stages.yaml on both sides of a change: the compare of a compare-and-swap. */
export interface PointerFacts {
  readonly stage: string;
  /** The version that the line named where the change began; null when it named none. */
  readonly expected: string | null;
  /** The version that the line names on the base now. */
  readonly found: string | null;
}

/** One change to what judges the change: it needs those who answer for it, and never counts for its own verdict. */
export interface AmendmentFact {
  readonly what: 'policy' | 'roster' | 'waiver' | 'workflow' | 'owners-file' | 'manifest' | 'alias';
  readonly path: string;
  /** One clause, such as `the policy loses the gate of production`. */
  readonly because: string;
  /** Roster that answers for it instead of the policy's owners: that of a waiver. */
  readonly rule: string | null;
  /** Logins, rosters of the base and `org/team` that take over, one of whom must agree too; empty where nobody does. */
  readonly takesOver: readonly string[];
}
