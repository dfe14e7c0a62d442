import type { Sign } from './shown.ts';
import styles from './signs.css?inline';

/** What is drawn in a cell: its sign; that of the verdict in a frame where the unsaved text changes it. */
export type Look = Sign | 'gained' | 'lost';

// Outlines on a ground of 22 × 20 pixels: a clip path has no stroke.
const check = 'M6.6 10.9 7.6 9.95 9.65 12 14.4 6.5 15.45 7.4 9.7 14.05Z';
const minus = 'M8 9.25h6a.75.75 0 0 1 0 1.5h-6a.75.75 0 0 1 0-1.5Z';
const cross = 'M7 7 8 6 11 9 14 6 15 7 12 10 15 13 14 14 11 11 8 14 7 13 10 10Z';
const question =
  'M8 8.1A3 3 0 1 1 12.4 10.8Q11.7 11.2 11.7 11.9A.7.7 0 0 1 10.3 11.9Q10.3 10.3 11.7 9.55A1.6 1.6 0 1 0 9.4 8.1.7.7 0 0 1 8 8.1ZM11 13.2a.8.8 0 0 1 0 1.6.8.8 0 0 1 0-1.6Z';
const dot = 'M11 9a1 1 0 0 1 0 2 1 1 0 0 1 0-2Z';
/** A ring: its inner edge runs against the outer one. */
const frame =
  'M5 0h12a5 5 0 0 1 5 5v10a5 5 0 0 1-5 5h-12a5 5 0 0 1-5-5v-10a5 5 0 0 1 5-5ZM5 1.5a3.5 3.5 0 0 0-3.5 3.5v10a3.5 3.5 0 0 0 3.5 3.5h12a3.5 3.5 0 0 0 3.5-3.5v-10a3.5 3.5 0 0 0-3.5-3.5Z';

const shapes: Readonly<Record<Look, string>> = {
  allowed: check,
  'implicitly-denied': minus,
  'explicitly-denied': cross,
  unread: question,
  missing: dot,
  gained: frame + check,
  lost: frame + cross,
};

/**
 * The signs of the cells, `<i class="sign allowed">`, each a clip path: of hundreds that change at once one style each is worked out,
 * nothing is laid out, and painting takes a third of what an image as a mask does.
 */
export const signStyles = `${styles}
${Object.entries(shapes)
  .map(([look, shape]) => `.${look} { clip-path: path("${shape}") }`)
  .join('\n')}
`;
