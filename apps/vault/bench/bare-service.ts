import 'reflect-metadata';
import type { AddressInfo } from 'node:net';
import type { Server } from 'node:http';
import { Accepts, AuthGuard, JwtVerifier, RequiresScope, type TrustedIssuer } from '@mooring/runtime';
import { Body, Controller, HttpCode, Inject, Module, Post } from '@nestjs/common';
import { APP_GUARD, NestFactory } from '@nestjs/core';
import { Pool } from 'pg';

/** What a token read is measured against: bare Nest, the same guard, one row by its primary key. */
@Controller('rows')
@Accepts('services')
@RequiresScope('tokens:read')
class RowsController {
  constructor(@Inject(Pool) private readonly pool: Pool) {}

  @Post()
  @HttpCode(200)
  async read(@Body() { id }: { id: string }): Promise<unknown> {
    const text = 'select id, body from public.bench_rows where id = $1';
    const { rows } = await this.pool.query<{ id: string; body: string }>({ name: 'row', text, values: [id] });
    return rows[0];
  }
}

/** Listens on a free port; answers its URL. */
export async function startBareService(
  databaseUrl: string,
  issuers: readonly TrustedIssuer[],
  poolMax: number,
): Promise<string> {
  @Module({
    controllers: [RowsController],
    providers: [
      { provide: Pool, useValue: new Pool({ connectionString: databaseUrl, max: poolMax }) },
      {
        provide: JwtVerifier,
        useValue: new JwtVerifier({ issuers, serviceScopes: { publisher: { scopes: ['tokens:read'] } } }),
      },
      { provide: APP_GUARD, useClass: AuthGuard },
    ],
  })
  class BareModule {}
  const app = await NestFactory.create(BareModule, { logger: false });
  await app.listen(0, '127.0.0.1');
  const { port } = (app.getHttpServer() as Server).address() as AddressInfo;
  return `http://127.0.0.1:${port}/rows`;
}
