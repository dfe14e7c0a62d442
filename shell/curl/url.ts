/** URLs as curl takes them from the command line. */
import { CurlFault } from './options.ts';

export interface CurlUrl {
  readonly scheme: 'http' | 'https';
  /** With its port where one is given; an IPv6 address in brackets. */
  readonly host: string;
  /** Path and query. */
  readonly target: string;
  /** `name:password` in front of the host. */
  readonly user?: string;
}

const malformed = () => new CurlFault('curl: (3) URL using bad/illegal format or missing URL\n', 3);

/** @throws CurlFault 3 for what is no URL, 1 for a scheme other than HTTP's */
export function readUrl(text: string, path: 'normal' | 'as-is'): CurlUrl {
  const [, scheme = 'http', rest = ''] = /^(?:([a-z][a-z0-9+.-]*):\/\/)?(.*)$/is.exec(text) ?? [];
  const name = scheme.toLowerCase();
  if (name !== 'http' && name !== 'https') {
    throw new CurlFault(`curl: (1) Protocol "${scheme}" not supported or disabled in libcurl\n`, 1);
  }
  const [, user, host = '', tail = ''] =
    /^(?:([^/?#@]*)@)?(\[[0-9a-f:.]+\](?::\d+)?|[^/?#@[\]:]+(?::\d+)?)([/?][^#]*)?(?:#.*)?$/is.exec(rest) ?? [];
  if (host === '' || /[\s\p{Cc}]/u.test(rest)) throw malformed();
  const [given = '', ...query] = tail.split('?');
  const normal = path === 'as-is' ? given || '/' : withoutDots(given);
  return {
    scheme: name,
    host: host.toLowerCase(),
    target: query.length > 0 ? `${normal}?${query.join('?')}` : normal,
    ...(user !== undefined && { user: decodeURIComponent(user) }),
  };
}

export function shownUrl({ scheme, host, target }: CurlUrl): string {
  return `${scheme}://${host}${target}`;
}

/** RFC 3986, section 5.2.4. */
function withoutDots(path: string): string {
  const parts: string[] = [];
  const given = path.split('/').slice(1);
  for (const [at, part] of given.entries()) {
    const isLast = at === given.length - 1;
    if (part === '..') parts.pop();
    else if (part !== '.') parts.push(part);
    if (isLast && (part === '..' || part === '.')) parts.push('');
  }
  return `/${parts.join('/')}`;
}

/** Where a redirection leads, from the URL that answered with it. */
export function redirectedUrl(from: CurlUrl, location: string): CurlUrl {
  if (/^[a-z][a-z0-9+.-]*:\/\//i.test(location)) return readUrl(location, 'normal');
  if (location.startsWith('//')) return readUrl(`${from.scheme}:${location}`, 'normal');
  const [path = ''] = from.target.split('?');
  const target = location.startsWith('/')
    ? location
    : location.startsWith('?')
      ? path + location
      : `${path.slice(0, path.lastIndexOf('/') + 1)}${location}`;
  return readUrl(`${from.scheme}://${from.host}${target}`, 'normal');
}
