import { Router } from 'express';
import type { World } from './world.ts';

/** The live stream. */
export function notifications(world: World): Router {
  const router = Router();
  router.get('/v1/live', (request, response) => {
    if (world.liveAway) {
      response.sendStatus(503);
      return;
    }
    world.resumed.push(request.get('last-event-id'));
    response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
    response.write(': welcome\n\n');
    world.open(response);
    request.on('close', () => world.streams.delete(response));
  });
  return router;
}
