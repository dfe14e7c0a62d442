/** The screens of the page, by their path. */
export type Route =
  | { readonly screen: 'catalogue' }
  | { readonly screen: 'workbench'; readonly challenge: string }
  | { readonly screen: 'playground' }
  | { readonly screen: 'work' }
  | { readonly screen: 'attempt'; readonly attempt: string }
  | { readonly screen: 'not-found'; readonly path: string };

const segment = '([a-z0-9][a-z0-9-]*)';
const attemptPath = /^\/work\/([0-9a-f-]{36})$/;
const challengePath = new RegExp(`^/challenges/${segment}/${segment}$`);

/** The route of a path; a trailing slash makes no difference. */
export function routeOf(path: string): Route {
  const clean = path.length > 1 ? path.replace(/\/+$/, '') : path;
  if (clean === '/' || clean === '') return { screen: 'catalogue' };
  if (clean === '/playground') return { screen: 'playground' };
  if (clean === '/work') return { screen: 'work' };
  const attempt = attemptPath.exec(clean)?.[1];
  if (attempt) return { screen: 'attempt', attempt };
  const challenge = challengePath.exec(clean);
  if (challenge) return { screen: 'workbench', challenge: `${challenge[1]}/${challenge[2]}` };
  return { screen: 'not-found', path };
}

/** The path of a challenge's workbench. */
export function challengePathOf(id: string): string {
  return `/challenges/${id}`;
}

/** The path under which one attempt is read, also when it has ended. */
export function attemptPathOf(id: string): string {
  return `/work/${id}`;
}
