export { createLinkedInAdapter, type LinkedInPorts } from './adapter.ts';
export { LINKEDIN } from './definition.ts';
export { LINKEDIN_ERROR_ROWS, type LinkedInErrorRow } from './error-table.ts';
export type { LinkedInSettings } from './settings.ts';
