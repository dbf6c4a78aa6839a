import type { Facet } from '../change.js';
import type { AdapterKind } from '../facets/adapter.js';
import type { ArchitectureKind } from '../facets/architecture.js';
import type { BaseKind } from '../facets/base.js';
import type { CodeKind } from '../facets/code.js';
import type { ConfigKind } from '../facets/config.js';
import type { DataKind } from '../facets/data.js';
import type { DocumentationKind } from '../facets/documentation.js';
import type { InterfaceKind } from '../facets/interface.js';
import type { MetricsKind } from '../facets/metrics.js';
import type { PromptsKind } from '../facets/prompts.js';
import type { RetrievalKind } from '../facets/retrieval.js';
import type { RuntimeKind } from '../facets/runtime.js';
import type { TokenizerKind } from '../facets/tokenizer.js';
import type { UsesKind } from '../facets/uses.js';
import type { WeightsKind } from '../facets/weights.js';

/** The kinds of difference that each facet can find. A facet that is missing here does not compile. */
export interface FacetKinds extends Record<Facet, string> {
  base: BaseKind;
  architecture: ArchitectureKind;
  weights: WeightsKind;
  tokenizer: TokenizerKind;
  data: DataKind;
  config: ConfigKind;
  code: CodeKind;
  prompts: PromptsKind;
  retrieval: RetrievalKind;
  interface: InterfaceKind;
  adapter: AdapterKind;
  metrics: MetricsKind;
  runtime: RuntimeKind;
  uses: UsesKind;
  documentation: DocumentationKind;
}

/** `facet.kind` of every difference there is: what a rule is named and what policy overrides. */
export type RuleName = { [Name in Facet]: `${Name}.${FacetKinds[Name]}` }[Facet];
