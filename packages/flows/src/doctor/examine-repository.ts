import type { Surroundings } from '../surroundings.js';
import { diagnose } from './diagnose.js';
import type { Diagnosis } from './finding.js';
import { gatherDoctorFacts } from './gather.js';

/**
 * Tells how strong the set-up of a repository is, and what mends each weak point. Writes nothing. Without a forge it
 * tells what the clone shows and says what it could not see.
 * @throws flow/invalid-files
 */
export async function examineRepository(surroundings: Surroundings): Promise<Diagnosis> {
  return diagnose(await gatherDoctorFacts(surroundings));
}
