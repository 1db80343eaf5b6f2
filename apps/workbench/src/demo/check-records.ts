import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import type { RecordSeen } from './kafka-records.ts';

interface PublishedDocument {
  readonly components: { readonly messages: Readonly<Record<string, { readonly payload: object }>> };
}

const REQUIRED_HEADERS = ['ce_specversion', 'ce_id', 'ce_type', 'ce_source', 'ce_time', 'ce_subject', 'ce_workspaceid'];
const published = join(import.meta.dirname, '../../../../docs/asyncapi.json');

/** Checks records against the published document alone, as somebody would who knows nothing else of Mooring. */
export function faultsOfRecords(records: readonly RecordSeen[]): string[] {
  const { components } = JSON.parse(readFileSync(published, 'utf8')) as PublishedDocument;
  const ajv = new Ajv2020({ strict: false });
  (addFormats as unknown as (instance: Ajv2020) => void)(ajv);
  const validators = new Map<string, ValidateFunction>();
  return records.flatMap((record) => {
    const type = record.headers['ce_type'] ?? '';
    const missing = REQUIRED_HEADERS.filter((name) => !record.headers[name]);
    if (missing.length > 0) return [`${record.topic} ${type}: no ${missing.join(', ')}`];
    if (record.headers['ce_specversion'] !== '1.0') return [`${record.topic} ${type}: specversion`];
    if (record.key === '') return [`${record.topic} ${type}: no key`];
    const payload = components.messages[type]?.payload;
    if (!payload) return [`${record.topic}: ${type} is not in the published document`];
    const validate = validators.get(type) ?? ajv.compile(payload);
    validators.set(type, validate);
    const fits = validate(JSON.parse(record.value));
    return fits ? [] : [`${record.topic} ${type}: ${ajv.errorsText(validate.errors)}`];
  });
}
