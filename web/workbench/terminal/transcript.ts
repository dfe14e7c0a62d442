import { recall, remember } from '../../state/remembered.ts';

/** Characters of a terminal's past that are kept over a reload. */
const mostKept = 60_000;

/** What the terminal has shown, kept by the browser and shown again after a reload. */
export class Transcript {
  private readonly name: string;
  private kept: string;
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(attemptId: string) {
    this.name = `terminal:${attemptId}`;
    const kept = recall(this.name);
    this.kept = typeof kept === 'string' ? kept : '';
  }

  get text(): string {
    return this.kept;
  }

  add(output: string): void {
    this.kept = lastLines(this.kept + output, mostKept);
    clearTimeout(this.timer);
    this.timer = setTimeout(() => remember(this.name, this.kept), 200);
  }

  clear(): void {
    this.kept = '';
    remember(this.name, undefined);
  }
}

/** The end of a text, from the start of a line. */
export function lastLines(text: string, most: number): string {
  if (text.length <= most) return text;
  const from = text.indexOf('\n', text.length - most);
  return from === -1 ? '' : text.slice(from + 1);
}
