import { html, svg, type TemplateResult } from 'lit';

/** The page's own icon set: strokes on a 16 × 16 ground. */
const paths = {
  check: 'm3.5 8.5 3 3 6-7',
  cross: 'm4 4 8 8m0-8-8 8',
  chevron: 'm4 6 4 4 4-4',
  'chevron-right': 'm6 4 4 4-4 4',
  copy: 'M5.5 5.5V3.2c0-.4.3-.7.7-.7h6.6c.4 0 .7.3.7.7v6.6c0 .4-.3.7-.7.7h-2.3M3.2 5.5h6.6c.4 0 .7.3.7.7v6.6c0 .4-.3.7-.7.7H3.2a.7.7 0 0 1-.7-.7V6.2c0-.4.3-.7.7-.7Z',
  maximise: 'M9.5 2.5h4v4m0-4L9 7M6.5 13.5h-4v-4m0 4L7 9',
  restore: 'M13.5 6.5h-4v-4m0 4L14 2M2.5 9.5h4v4m0-4L2 14',
  sun: 'M8 5.2a2.8 2.8 0 1 0 0 5.6 2.8 2.8 0 0 0 0-5.6ZM8 1.5v1m0 11v1M1.5 8h1m11 0h1M3.4 3.4l.7.7m7.8 7.8.7.7m0-9.2-.7.7m-7.8 7.8-.7.7',
  moon: 'M13.2 9.6A5.7 5.7 0 0 1 6.4 2.8a5.7 5.7 0 1 0 6.8 6.8Z',
  search: 'M7 2.5a4.5 4.5 0 1 0 0 9 4.5 4.5 0 0 0 0-9Zm3.3 7.8 3.2 3.2',
  refresh: 'M13 3v3.5H9.5M3 13V9.500h3.5M12.600 6.500A5 5 0 0 0 4 4.700L3 6m.4 3.500A5 5 0 0 0 12 11.300L13 10',
  key: 'M10.500 2.500a3 3 0 0 0-2.800 4L2.500 11.700v1.800h2.300v-1.600h1.600v-1.600h1.500l1.600-1.600a3 3 0 1 0 1-6.200Zm.7 2.300h.01',
  plus: 'M8 3v10M3 8h10',
  minus: 'M4.5 8h7',
  question: 'M5.6 6a2.4 2.4 0 1 1 3.500 2.100c-.8.4-1.100.9-1.100 1.700M8 12.700v.1',
  dot: 'M8 8v.1',
  clock: 'M8 2.5a5.5 5.500 0 1 0 0 11 5.500 5.500 0 0 0 0-11Zm0 2.800V8l2 1.500',
  arrow: 'M3 8h10m-4-4 4 4-4 4',
  external: 'M9.500 2.500h4v4m0-4L8 8m3.500 1.500v3c0 .6-.4 1-1 1h-7a1 1 0 0 1-1-1v-7c0-.6.4-1 1-1h3',
} as const;

export type IconName = keyof typeof paths;

/** An icon as a template; it says nothing to a screen reader, so the thing that wears it has a label. */
export function icon(name: IconName): TemplateResult {
  return html`<svg class="icon" viewBox="0 0 16 16" aria-hidden="true">${svg`<path d=${paths[name]} />`}</svg>`;
}

/** The same icon as the text of an SVG file. */
export function iconSource(name: IconName): string {
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16" fill="none" stroke="currentColor" stroke-width="1.6" stroke-linecap="round" stroke-linejoin="round"><path d="${paths[name]}"/></svg>`;
}
