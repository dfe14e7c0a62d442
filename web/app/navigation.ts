import { Store } from '../state/store.ts';
import { type Route, routeOf } from './routes.ts';

/** Where the learner is. */
export const route = new Store<Route>(routeOf(location.pathname));

/** Goes to another screen without loading the page anew. */
export function navigate(path: string): void {
  if (path !== location.pathname) history.pushState(null, '', path);
  route.set(routeOf(path));
}

/** Follows the back button, and takes over plain clicks on links within the page. */
export function startNavigation(): void {
  addEventListener('popstate', () => route.set(routeOf(location.pathname)));
  document.addEventListener('click', (event) => {
    if (event.defaultPrevented || event.button !== 0) return;
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    // Links live in shadow roots: only the composed path names them.
    const link = event.composedPath().find((node): node is HTMLAnchorElement => node instanceof HTMLAnchorElement);
    if (!link || link.target || link.hasAttribute('download') || link.origin !== location.origin) return;
    if (link.pathname.startsWith('/api/')) return;
    event.preventDefault();
    navigate(link.pathname);
  });
}
