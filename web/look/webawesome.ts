import '@awesome.me/webawesome/dist/components/split-panel/split-panel.js';
import '@awesome.me/webawesome/dist/components/dropdown/dropdown.js';
import '@awesome.me/webawesome/dist/components/dropdown-item/dropdown-item.js';
import { registerIconLibrary } from '@awesome.me/webawesome/dist/components/icon/library.js';
import { type IconName, iconSource } from './icons.ts';
import './webawesome.css';

const names: Readonly<Record<string, IconName>> = {
  check: 'check',
  xmark: 'cross',
  'chevron-down': 'chevron',
  'chevron-right': 'chevron-right',
};

// The library's own set would be fetched from its maker's servers; the page asks nobody but its own.
for (const library of ['default', 'system']) {
  registerIconLibrary(library, {
    resolver: (name) => `data:image/svg+xml,${encodeURIComponent(iconSource(names[name] ?? 'chevron'))}`,
  });
}
