import { type IconName, iconSource } from '../../look/icons.ts';
import type { Sign } from './shown.ts';
import styles from './signs.css?inline';

const icons: Readonly<Record<Sign, IconName>> = {
  allowed: 'check',
  'implicitly-denied': 'minus',
  'explicitly-denied': 'cross',
  unread: 'question',
  missing: 'dot',
};

const shape = (name: IconName): string => `--shape: url("data:image/svg+xml,${encodeURIComponent(iconSource(name))}")`;

/**
 * The signs of the cells, `<i class="sign allowed">`, with the shape as a mask: hundreds that change at once are painted again, and
 * nothing is laid out.
 */
export const signStyles = `${styles}
${Object.entries(icons)
  .map(([sign, name]) => `.${sign} { ${shape(name)} }`)
  .join('\n')}
.lost .sign { ${shape('cross')} }
`;
