export { type AnswerDocuments, describeBucketFaults, faultsOf, type FaultyWorld } from './describe-bucket-faults.js';
export { type Fault, type FaultProxy, openFaultProxy, type SeenRequest } from './fault-proxy.js';
