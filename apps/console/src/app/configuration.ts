/** What the edge tells the page about its surroundings. */
export interface Configuration {
  readonly oidcIssuer: string;
  readonly oidcClientId: string;
  readonly resource: string;
  readonly apiBaseUrl: string;
}

/** Reads `/config.json`. Rejects where the edge doesn't answer with it. */
export async function loadConfiguration(): Promise<Configuration> {
  const response = await fetch('/config.json', { cache: 'no-store' });
  if (!response.ok) throw new Error(`/config.json answered ${response.status}`);
  return (await response.json()) as Configuration;
}
