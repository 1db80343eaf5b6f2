/** Instagram's usage headers are those of Graph, with two further percentages. */
export { readMetaUsage as readInstagramUsage } from '../graph/usage.ts';
