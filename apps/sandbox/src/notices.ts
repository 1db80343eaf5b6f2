import { toSeconds, type PlatformClock } from './clock.ts';
import type { AppSettings } from './config.ts';
import { NO_ADDRESS, postCallback, type CallbackResult } from './push.ts';

/** What a sender of notices needs to know of a played platform. */
export interface NoticeWorld {
  readonly app: AppSettings;
  readonly clock: PlatformClock;
}

export interface SignedNoticeContext<W extends NoticeWorld, P> {
  world: W;
  person: P;
  /** Whom the message is about: the person's id at the platform, unless the control call names another. */
  subjectId: string;
  clientSecret: string;
  /** When the platform claims to have made the message, platform time. */
  atSeconds: number;
  /** The control call's own parameters: a reason, a shape. */
  options: Record<string, unknown>;
}

/** One kind of signed message. The body is made first, then signed as the bytes on the wire. */
export interface SignedNotice<W extends NoticeWorld, P> {
  /** Name of the app's address in the settings: `events`, `deauthorize`. */
  callback: string;
  contentType: string;
  body(context: SignedNoticeContext<W, P>): string;
  headers(rawBody: string, context: SignedNoticeContext<W, P>): Record<string, string>;
  /** What really happens at the platform before the message goes out; not with `{removes: false}`. */
  happens?(world: W, person: P): void;
  /** True where the app's answer matters and is shown. */
  keepsAnswer?: boolean;
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
  body: string;
  headers: Record<string, string>;
}

/** Changes the last letter or digit, so that the body is still well formed and no longer what was signed. */
function tamper(body: string): string {
  const at = body.search(/[\da-z](?=[^\da-z]*$)/i);
  return `${body.slice(0, at)}${body[at] === '1' ? '2' : '1'}${body.slice(at + 1)}`;
}

/** Sends a platform's messages to the app, rightly or wrongly. */
export class NoticeSender<W extends NoticeWorld, P extends { id: string }> {
  readonly #world: W;
  readonly #notices: Record<string, SignedNotice<W, P>>;
  readonly #subjectOf: (person: P) => string;
  readonly #last = new Map<string, Sent>();

  constructor(world: W, notices: Record<string, SignedNotice<W, P>>, subjectOf: (person: P) => string) {
    this.#world = world;
    this.#notices = notices;
    this.#subjectOf = subjectOf;
  }

  names(): string[] {
    return Object.keys(this.#notices);
  }

  /** Undefined: the platform sends no message of that name. */
  async send(person: P, request: NotifyRequest): Promise<CallbackResult | undefined> {
    const name = request.notice ?? this.names()[0] ?? '';
    const notice = this.#notices[name];
    if (notice === undefined) return undefined;
    if (request.removes) notice.happens?.(this.#world, person);
    const url = request.url ?? this.#world.app.callbacks[notice.callback];
    if (url === undefined) return NO_ADDRESS;
    const key = `${name} ${person.id}`;
    const before = request.replayed ? this.#last.get(key) : undefined;
    const sent = before ?? this.#make(notice, person, request);
    this.#last.set(key, sent);
    return postCallback(url, sent, notice.keepsAnswer);
  }

  clear(): void {
    this.#last.clear();
  }

  #make(notice: SignedNotice<W, P>, person: P, request: NotifyRequest): Sent {
    const context: SignedNoticeContext<W, P> = {
      world: this.#world,
      person,
      subjectId: request.subjectId ?? this.#subjectOf(person),
      clientSecret: this.#world.app.clientSecret,
      atSeconds: toSeconds(this.#world.clock.nowMs()) - request.ageSeconds,
      options: request.options,
    };
    const body = notice.body(context) + ' '.repeat(request.padBytes);
    const headers = { 'content-type': notice.contentType, ...notice.headers(body, context) };
    return { body: request.tampered ? tamper(body) : body, headers };
  }
}
