/** Facebook's usage headers are those of Graph: per app, per Page, per business use case. */
export { readMetaUsage as readFacebookUsage } from '../graph/usage.ts';
