import { createServer, get } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Response } from 'express';
import { responseSink } from './response-sink.ts';

describe('the answer of a live stream', () => {
  it('says that it has ended also where the listener went before the stream began', async () => {
    let heard: () => void = () => undefined;
    const ended = new Promise<void>((resolve) => (heard = resolve));
    const server = createServer((_request, response) => {
      response.once('close', () => {
        Object.assign(response, {
          status: () => response,
          set: (headers: Record<string, string>) => response.setHeaders(new Map(Object.entries(headers))),
        });
        // A turn later, as after checking somebody's right to listen.
        setImmediate(() => responseSink(response as Response).onClose(heard));
      });
      request.destroy();
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const request = get({ port: (server.address() as AddressInfo).port, agent: false }).on('error', () => undefined);
    await ended;
    await new Promise((resolve) => server.close(resolve));
  });
});
