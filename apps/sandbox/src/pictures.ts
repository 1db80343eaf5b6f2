import { Router } from 'express';

const HUES = 360;
/** Ids that follow one another get colours far apart. */
const STEP = 137;

/** Plain coloured pictures for Pages and people, so that nothing is loaded from outside. */
export function pictureRouter(): Router {
  const router = Router();
  router.get('/:id.svg', (req, res) => {
    const { id } = req.params;
    const hue = ([...id].reduce((sum, character) => (sum * 31 + character.charCodeAt(0)) % HUES, 7) * STEP) % HUES;
    res
      .set({ 'Cache-Control': 'public, max-age=3600', 'Cross-Origin-Resource-Policy': 'cross-origin' })
      .type('image/svg+xml');
    res.send(
      `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 200 200"><rect width="200" height="200" fill="hsl(${hue} 55% 45%)"/><path d="M0 140q50-34 100 0t100 0v60H0z" fill="hsl(${hue} 60% 66%)"/><circle cx="144" cy="58" r="22" fill="#fff" opacity=".85"/></svg>`,
    );
  });
  return router;
}
