import { runAction } from '../../dist/index.js';
await runAction('impact');
