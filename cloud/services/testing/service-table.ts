/** The table of services in docs/services.md: what the embedded cloud offers, written from its registry. */
import { services } from '../index.ts';

const BEGIN = '<!-- services: written by npm run generate:docs -->';
const END = '<!-- end of services -->';

/** The document with its list of services as they are now. */
export function withServices(document: string): string {
  const [before, after] = [document.indexOf(BEGIN), document.indexOf(END)];
  if (before === -1 || after === -1) throw new Error('docs/services.md has no place for the services');
  return `${document.slice(0, before + BEGIN.length)}\n\n${sections()}\n${document.slice(after)}`;
}

function sections(): string {
  return Object.values(services)
    .map(({ name, operations }) => ({ name, offered: Object.keys(operations).sort() }))
    .filter(({ offered }) => offered.length > 0)
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .map(({ name, offered }) => `### ${name}\n\n${offered.length} operations: ${offered.join(', ')}.\n`)
    .join('\n');
}
