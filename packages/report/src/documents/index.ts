export { type CardChange, type CardDifference, compareCards, renderCardDifference } from './compare-cards.js';
export type { Disagreement } from './front-matter.js';
export { type RenderedBom, renderBom } from './render-bom.js';
export { type RenderedCard, renderCard } from './render-card.js';
export { renderReleaseNotes } from './render-release-notes.js';
export type { RecordedMove, VersionRecord } from './version-record.js';
