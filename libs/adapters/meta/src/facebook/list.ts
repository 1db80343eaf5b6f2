import type { TSchema } from '@sinclair/typebox';
import type { Secret } from '@mooring/contracts';
import type { Graph } from './graph.ts';

const PORTION = 100;

interface Portion<Row> {
  readonly data: Row[];
  readonly paging?: { readonly cursors?: { readonly after?: string }; readonly next?: string };
}

/** A list of Graph. */
export interface ListCall {
  readonly url: string;
  readonly fields: string;
  /** Of one portion: `data` and `paging`. */
  readonly schema: TSchema;
  readonly portionsMax?: number;
}

/**
 * Reads a list of Graph portion by portion: follows `cursors.after` and never `paging.next`, which holds the token, for a bounded
 * number of portions (one where no bound is given). Rows are as the schema says.
 */
export async function readList<Row>(graph: Graph, token: Secret, list: ListCall): Promise<Row[]> {
  const rows: Row[] = [];
  let after: string | undefined;
  for (let portion = 0; portion < (list.portionsMax ?? 1); portion += 1) {
    const query = { fields: list.fields, limit: String(PORTION), ...(after ? { after } : {}) };
    const call = { url: list.url, schema: list.schema, query, what: 'list' };
    const answer = (await graph.read<TSchema>(token, call)) as Portion<Row>;
    rows.push(...answer.data);
    const next = answer.paging?.next ? answer.paging.cursors?.after : undefined;
    if (!next || next === after) break;
    after = next;
  }
  return rows;
}
