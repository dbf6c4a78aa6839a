export { ggmlTypes, type GgmlType } from './ggml-types.js';
export { ggufWindowBytes, maxGgufHeaderBytes } from './header-window.js';
export { looksLikeGguf, readGgufHeader } from './read-header.js';
export { ggufListedArray, maxGgufTextBytes } from './values.js';
