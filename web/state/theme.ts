import { recall, remember } from './remembered.ts';
import { Store } from './store.ts';

export type Theme = 'light' | 'dark';

const chosen = (): Theme | undefined => {
  const kept = recall('theme');
  return kept === 'light' || kept === 'dark' ? kept : undefined;
};

const preferred = matchMedia('(prefers-color-scheme: dark)');
const system = (): Theme => (preferred.matches ? 'dark' : 'light');

/** The theme that is shown: the learner's choice, else the system's. */
export const theme = new Store<Theme>(chosen() ?? system());

/** Puts the theme on the document and follows the system until the learner chooses. */
export function startTheme(): void {
  const show = (value: Theme): void => {
    document.documentElement.dataset['theme'] = value;
  };
  show(theme.value);
  theme.subscribe(show);
  preferred.addEventListener('change', () => {
    if (!chosen()) theme.set(system());
  });
}

export function toggleTheme(): void {
  const next: Theme = theme.value === 'dark' ? 'light' : 'dark';
  remember('theme', next);
  theme.set(next);
}
