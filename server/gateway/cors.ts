/**
 * Cross-origin requests of the platform's own page: its terminal calls the gateway from the browser. The gateway answers
 * for itself here; a bucket's own CORS rules are S3's.
 */
import type { Config } from '../config/config.ts';

/** Seconds that a browser may keep a preflight's answer: Chromium's most. */
const MAX_AGE = 7_200;
const METHODS = 'GET, HEAD, POST, PUT, PATCH, DELETE';

/** The origins at which the page can be open: as configured, and by either name of this machine. */
export function pageOrigins(config: Pick<Config, 'publicUrl' | 'port'>): ReadonlySet<string> {
  return new Set([config.publicUrl, `http://127.0.0.1:${config.port}`, `http://localhost:${config.port}`]);
}

/** What a preflight from the page is answered with. */
export function preflightHeaders(origin: string, requestedHeaders: string | undefined): Record<string, string> {
  return {
    'access-control-allow-origin': origin,
    'access-control-allow-methods': METHODS,
    ...(requestedHeaders === undefined ? {} : { 'access-control-allow-headers': requestedHeaders }),
    'access-control-max-age': String(MAX_AGE),
    vary: 'Origin, Access-Control-Request-Headers',
  };
}

/** What lets the page read an answer, every header of it included. */
export function exposingHeaders(origin: string, headers: Readonly<Record<string, string>>): Record<string, string> {
  return {
    'access-control-allow-origin': origin,
    'access-control-expose-headers': Object.keys(headers).join(', '),
    vary: 'Origin',
  };
}
