import { toSeconds } from '../clock.ts';
import { NO_ADDRESS, postCallback, type CallbackResult } from '../push.ts';
import type { PlayedPerson } from './profile.ts';
import type { OAuthWorld } from './world.ts';

export interface NoticeContext {
  world: OAuthWorld;
  person: PlayedPerson;
  /** Whom the message is about: the person's id at the platform, unless the control call names another. */
  subjectId: string;
  clientSecret: string;
  /** When the platform claims to have made the message, platform time. */
  atSeconds: number;
  /** The control call's own parameters: a reason, a shape. */
  options: Record<string, unknown>;
}

/** One kind of signed message. The body is made first, then signed as the bytes on the wire. */
export interface Notice {
  /** Name of the app's address in the settings: `events`, `deauthorize`. */
  callback: string;
  contentType: string;
  body(context: NoticeContext): string;
  headers(rawBody: string, context: NoticeContext): Record<string, string>;
  /** What really happens at the platform before the message goes out; not with `{removes: false}`. */
  happens?(world: OAuthWorld, person: PlayedPerson): void;
}

export interface NotifyRequest {
  notice?: string;
  url?: string;
  subjectId?: string;
  /** The body is changed after it was signed. */
  tampered: boolean;
  /** The last message about this person goes out again, byte for byte. */
  replayed: boolean;
  ageSeconds: number;
  /** Blanks added to the body before it is signed. */
  padBytes: number;
  removes: boolean;
  options: Record<string, unknown>;
}

interface Sent {
  url: string;
  body: string;
  headers: Record<string, string>;
}

/** Changes the last letter or digit, so that the body is still well formed and no longer what was signed. */
function tamper(body: string): string {
  const at = body.search(/[\da-z](?=[^\da-z]*$)/i);
  return `${body.slice(0, at)}${body[at] === '1' ? '2' : '1'}${body.slice(at + 1)}`;
}

/** Sends the platform's messages to the app, rightly or wrongly. */
export class NoticeSender {
  readonly #world: OAuthWorld;
  readonly #last = new Map<string, Sent>();

  constructor(world: OAuthWorld) {
    this.#world = world;
  }

  names(): string[] {
    return Object.keys(this.#world.profile.notices ?? {});
  }

  /** Undefined: the platform sends no message of that name. */
  async send(person: PlayedPerson, request: NotifyRequest): Promise<CallbackResult | undefined> {
    const { notices = {} } = this.#world.profile;
    const name = request.notice ?? Object.keys(notices)[0] ?? '';
    const notice = notices[name];
    if (notice === undefined) return undefined;
    if (request.removes) notice.happens?.(this.#world, person);
    const url = request.url ?? this.#world.app.callbacks[notice.callback];
    if (url === undefined) return NO_ADDRESS;
    const key = `${name} ${person.id}`;
    const before = request.replayed ? this.#last.get(key) : undefined;
    const sent: Sent = { ...(before ?? this.#make(notice, person, request)), url };
    this.#last.set(key, sent);
    return postCallback(url, { body: sent.body, headers: sent.headers });
  }

  clear(): void {
    this.#last.clear();
  }

  #make(notice: Notice, person: PlayedPerson, request: NotifyRequest): Omit<Sent, 'url'> {
    const context: NoticeContext = {
      world: this.#world,
      person,
      subjectId: request.subjectId ?? person.subjectId,
      clientSecret: this.#world.app.clientSecret,
      atSeconds: toSeconds(this.#world.clock.nowMs()) - request.ageSeconds,
      options: request.options,
    };
    const body = notice.body(context) + ' '.repeat(request.padBytes);
    const headers = { 'content-type': notice.contentType, ...notice.headers(body, context) };
    return { body: request.tampered ? tamper(body) : body, headers };
  }
}
