/** The one entry of the bundle: every action's two-line stub imports this. */
export { runAction } from './run-action.js';
