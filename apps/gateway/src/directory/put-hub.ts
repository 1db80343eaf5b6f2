import { Injectable } from '@nestjs/common';
import { Transactions } from '../storage/ports.ts';
import type { Hub } from './directory.ts';

/** Makes or renames a hub. */
@Injectable()
export class PutHub {
  constructor(private readonly transactions: Transactions) {}

  async run({ id, name }: Omit<Hub, 'version'>): Promise<{ id: string; name: string }> {
    await this.transactions.outsideWorkspaces((stores) => stores.directory.saveHub({ id, name }));
    return { id, name };
  }
}
