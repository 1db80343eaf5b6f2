import { readFileSync } from 'node:fs';

/**
 * The OpenAPI document, read at boot from the file that the openapi command writes and a spec keeps current: making it
 * from the controllers in every process costs memory for nothing.
 */
export class ApiDocument {
  readonly text: string = readFileSync(new URL('../../openapi.json', import.meta.url), 'utf8');
}
