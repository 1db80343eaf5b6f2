import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { EVENT_SCHEMAS, type EventData, type EventType } from './schemas.ts';
import { isEventType } from './topics.ts';

/** Thrown when an event's type is unknown or its data doesn't match the type's schema. Names fields, never values. */
export class InvalidEventError extends Error {
  override readonly name = 'InvalidEventError';
}

const ajv = new Ajv2020({ allErrors: false, strict: false });
// The CommonJS default export arrives as a namespace under ESM.
(addFormats as unknown as (instance: Ajv2020) => void)(ajv);
const validators = new Map<EventType, ValidateFunction>();

/** Checks data against its type's JSON Schema. Throws {@link InvalidEventError}. */
export function validateEventData<T extends EventType>(type: T, data: unknown): EventData<T> {
  if (!isEventType(type))
    throw new InvalidEventError(`unknown event type ${JSON.stringify(String(type).slice(0, 64))}`);
  let validate = validators.get(type);
  if (!validate) {
    validate = ajv.compile(EVENT_SCHEMAS[type]);
    validators.set(type, validate);
  }
  if (!validate(data)) {
    const [error] = validate.errors ?? [];
    throw new InvalidEventError(`${type}: ${error?.instancePath || '/'} ${error?.message ?? 'is invalid'}`);
  }
  return data as EventData<T>;
}
