import type { AdapterListing, ListedAdapter } from '@weighbridge/flows';
import { vllmRankFor } from '@weighbridge/versioning';

/** Where adapters lie when they are served: `{model}` and `{version}` stand for theirs. */
export interface AdapterPlaces {
  /** A path of the machine that serves. */
  readonly path: string;
  /** An address as KServe takes it, such as `pvc://…`, `s3://…`, `hf://…`. */
  readonly uri: string;
}

/** What serves the adapters of one base. */
export interface AdapterServing {
  /** Arguments of `vllm serve` (vLLM, "LoRA Adapters"); empty when there is nothing to serve. */
  readonly vllm: readonly string[];
  /** `spec.model.lora` of a KServe LLMInferenceService (serving.kserve.io/v1alpha1 and v1alpha2). */
  readonly kserve: { readonly adapters: readonly { readonly name: string; readonly uri: string }[] };
}

/** Ready arguments and entries for the adapters that can be served. An adapter is asked for by the name of its model. */
export function serveAdapters({ base, adapters }: AdapterListing, places: AdapterPlaces): AdapterServing {
  const servable = adapters.filter(({ servable: serves }) => serves);
  const ranks = servable.map(({ fit }) => fit.rank).filter((rank) => rank !== null);
  const rank = ranks.length === 0 ? null : vllmRankFor(Math.max(...ranks));
  const modules = servable.map((adapter) => `${adapter.model}=${fill(places.path, adapter)}`);
  const quantised = servable[0]?.fit.quantisation === 'bitsandbytes' ? ['--quantization', 'bitsandbytes'] : [];
  return {
    vllm:
      servable.length === 0
        ? []
        : [
            '--enable-lora',
            ...(rank === null ? [] : ['--max-lora-rank', String(rank)]),
            '--max-loras',
            String(servable.length),
            ...quantised,
            ...(base.version === null ? [] : ['--served-model-name', base.name]),
            '--lora-modules',
            ...modules,
          ],
    kserve: { adapters: servable.map((adapter) => ({ name: adapter.model, uri: fill(places.uri, adapter) })) },
  };
}

function fill(place: string, { model, version }: ListedAdapter): string {
  return place.replaceAll('{model}', model).replaceAll('{version}', version);
}
