const CAPTIONS = ['Fresh from the harbour', 'Behind the counter', 'Thank you for a good week'];
const DAY_MS = 86_400_000;

/** Graph's own way of writing an instant. */
export function graphTime(ms: number): string {
  return new Date(ms).toISOString().replace(/\.\d+Z$/, '+0000');
}

/** Recent posts of an Instagram professional account, newest first: one a day, by the platform's clock. */
export function mediaOf(account: { id: string; username: string }, publicUrl: string, nowMs: number) {
  return CAPTIONS.map((caption, index) => {
    const id = `179${account.id.slice(-9)}0000${index}`;
    return {
      id,
      caption,
      media_type: 'IMAGE',
      media_product_type: 'FEED',
      media_url: `${publicUrl}/scontent.example/${id}.svg`,
      thumbnail_url: undefined,
      permalink: `https://www.instagram.com/p/${account.id.slice(-5)}${index}/`,
      timestamp: graphTime(nowMs - (index + 1) * DAY_MS),
      username: account.username,
      like_count: 12 - index,
      comments_count: index,
    };
  });
}
