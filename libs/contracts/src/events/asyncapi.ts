import { EVENT_SCHEMAS, type EventType } from './schemas.ts';
import { TOPICS, type TopicDefinition } from './topics.ts';

type Document = Record<string, unknown>;

const CE_HEADERS = {
  type: 'object',
  required: [
    'ce_specversion',
    'ce_id',
    'ce_type',
    'ce_source',
    'ce_time',
    'ce_subject',
    'ce_workspaceid',
    'content-type',
  ],
  properties: {
    ce_specversion: { const: '1.0' },
    ce_id: { type: 'string', format: 'uuid', description: 'the same over redeliveries' },
    ce_type: { type: 'string' },
    ce_source: { type: 'string', pattern: '^/mooring/[a-z]+$' },
    ce_time: { type: 'string', format: 'date-time' },
    ce_subject: { type: 'string' },
    ce_workspaceid: { type: 'string' },
    'content-type': { const: 'application/json' },
    traceparent: { type: 'string', description: 'W3C Trace Context' },
  },
};

const MESSAGE_TRAIT = { $ref: '#/components/messageTraits/cloudEvent' };

/**
 * The AsyncAPI 3.0 document of every topic, made from the topic map and the event schemas.
 * @param version the version of the product
 */
export function asyncApiDocument(version: string): Document {
  const topics = Object.entries(TOPICS) as [string, TopicDefinition][];
  return {
    asyncapi: '3.0.0',
    info: {
      title: 'Mooring events',
      version,
      license: { name: 'Apache-2.0' },
      description:
        'CloudEvents 1.0 in Kafka binary mode: attributes in ce_* headers, JSON data in the value. ' +
        'No event carries a token, a code or a secret.',
    },
    defaultContentType: 'application/json',
    channels: Object.fromEntries(topics.map(([name, topic]) => [name, channel(topic)])),
    operations: Object.fromEntries(topics.flatMap(([name, topic]) => operations(name, topic))),
    components: {
      messageTraits: { cloudEvent: { headers: CE_HEADERS, contentType: 'application/json' } },
      messages: Object.fromEntries((Object.keys(EVENT_SCHEMAS) as EventType[]).map((type) => [type, message(type)])),
    },
  };
}

function channel(topic: TopicDefinition): Document {
  return {
    address: topic.name,
    description: `Key: ${topic.key}.`,
    messages: Object.fromEntries(topic.types.map((type) => [type, { $ref: `#/components/messages/${type}` }])),
    bindings: { kafka: { topic: topic.name, partitions: topic.partitions } },
  };
}

function operations(name: string, topic: TopicDefinition): [string, Document][] {
  const of = (action: 'send' | 'receive', service: string): [string, Document] => [
    `${service}${action === 'send' ? 'Publishes' : 'Consumes'}${name[0]?.toUpperCase()}${name.slice(1)}`,
    { action, channel: { $ref: `#/channels/${name}` } },
  ];
  return [
    ...topic.publishers.map((service) => of('send', service)),
    ...topic.consumers.map((service) => of('receive', service)),
  ];
}

function message(type: EventType): Document {
  const schema = JSON.parse(JSON.stringify(EVENT_SCHEMAS[type])) as Document;
  return { name: type, summary: schema.description, traits: [MESSAGE_TRAIT], payload: schema };
}

/** The README's table of events: topic, key, types, from → to. */
export function eventsTable(): string {
  const lines = Object.values(TOPICS).map((topic: TopicDefinition) => {
    const types = topic.types.map((type) => `\`${type}\``).join(', ');
    return `| \`${topic.name}\` | ${topic.key} | ${topic.partitions} | ${types} | ${topic.publishers.join(', ')} → ${topic.consumers.join(', ')} |`;
  });
  return ['| topic | key | partitions | types | from → to |', '|---|---|---|---|---|', ...lines].join('\n');
}
