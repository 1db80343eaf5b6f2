import { AsyncLocalStorage } from 'node:async_hooks';
import type { PlatformResponse } from '@mooring/adapters-core';
import { Injectable } from '@nestjs/common';

/** What an answer of a platform says beside its body. */
export type AnswerHead = Pick<PlatformResponse, 'status' | 'headers'>;
type Hear = (answer: AnswerHead) => void;

/** Brings every answer of a platform to the call that it belongs to. */
@Injectable()
export class PlatformAnswers {
  readonly #current = new AsyncLocalStorage<Hear>();

  /** Runs a call; `hear` gets the head of each answer that comes in its course. */
  during<T>(hear: Hear, call: () => Promise<T>): Promise<T> {
    return this.#current.run(hear, call);
  }

  /** To be called in the course of a call. */
  heard(answer: AnswerHead): void {
    this.#current.getStore()?.(answer);
  }
}
