// The two globals that every runtime has and that the ES library does not declare.
// Pure packages see these and nothing else of the platform: no process, fetch, Buffer, clock or file.
declare class TextEncoder {
  encode(input?: string): Uint8Array<ArrayBuffer>;
}
declare class TextDecoder {
  constructor(label?: string, options?: { fatal?: boolean; ignoreBOM?: boolean });
  decode(input?: Uint8Array): string;
}
