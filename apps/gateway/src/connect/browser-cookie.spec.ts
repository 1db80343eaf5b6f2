import { BrowserCookie } from './browser-cookie.ts';
import { RedirectUris } from './redirect-uris.ts';

describe('the cookie of the browser', () => {
  it('has the prefix __Host- and is Secure on https', () => {
    const cookie = new BrowserCookie('https://connect.example.com/connect/facebook/callback');
    expect(cookie.write('v')).toBe('__Host-mooring-browser=v; Path=/; HttpOnly; Secure; SameSite=Lax');
    expect(cookie.read('a=b; __Host-mooring-browser=v; mooring-browser=w')).toBe('v');
  });

  it('has neither on this machine, and any other plain http is refused at boot', () => {
    expect(new BrowserCookie('http://localhost:8080/connect/facebook/callback').write('v')).not.toContain('Secure');
    expect(
      () => new RedirectUris(new Map([['facebook', 'http://connect.example.com/connect/facebook/callback']])),
    ).toThrow(RangeError);
    expect(
      () => new RedirectUris(new Map([['facebook', 'http://127.0.0.1:8080/connect/facebook/callback']])),
    ).not.toThrow();
  });
});
