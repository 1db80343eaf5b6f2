import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gunzipSync } from 'node:zlib';

/** An OpenTelemetry collector that keeps what it is sent, for the leak scan to read. */
export interface SpanCollector {
  readonly endpoint: string;
  /** Every export so far, as text; names, attributes and ids stand in it in plain letters. */
  readonly exports: readonly string[];
  close(): Promise<void>;
}

/** Starts a collector for OTLP over HTTP on a free loopback port. */
export async function startSpanCollector(): Promise<SpanCollector> {
  const exports: string[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const body = Buffer.concat(chunks);
      exports.push((request.headers['content-encoding'] === 'gzip' ? gunzipSync(body) : body).toString('latin1'));
      response.writeHead(200, { 'content-type': 'application/x-protobuf' }).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    endpoint: `http://127.0.0.1:${port}`,
    exports,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
