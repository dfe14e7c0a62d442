import type { Terminal } from '@xterm/xterm';
import { recall, remember } from '../../state/remembered.ts';
import { columns, commonStart } from './completion-text.ts';
import { find, type History, historyFrom, leaf, withCommand } from './history.ts';
import { isIncomplete } from './incomplete.ts';
import { decodeKeys, type Key, type KeyName } from './keys.ts';
import { edit, emptyLine, insert, type Line, lineOf } from './line.ts';
import { drawAtEnd, drawLine, placeAfter } from './line-view.ts';
import { continuedPrompt, hostPrompt, type Prompt, promptOf } from './prompt.ts';
import type { CommandOutput } from './protocol.ts';
import type { RunResult, ShellClient } from './shell-client.ts';
import { texts } from './texts.ts';
import { Transcript } from './transcript.ts';

const red = (text: string): string => `\x1b[31m${text}\x1b[0m`;
/** Candidates that are listed at most. */
const mostListed = 120;
const grey = (text: string): string => `\x1b[90m${text}\x1b[0m`;

export interface SessionOptions {
  readonly terminal: Terminal;
  readonly client: ShellClient;
  readonly attemptId: string;
  readonly accountId: string;
  /** The first profile, which is the default. */
  defaultProfile(): string;
  /** After each command, and when Escape is pressed. */
  onChange(): void;
  onEscape(): void;
}

/** What the learner types and what comes of it: keys become a line, a line a command, and its output is written. */
export class Session {
  private readonly options: SessionOptions;
  private readonly terminal: Terminal;
  private readonly transcript: Transcript;
  private line: Line = emptyLine;
  /** Lines of a command that goes on. */
  private earlier = '';
  private cursorRow = 0;
  private history: History;
  private busy = false;
  /** What the last Ctrl-R looked for, and what it found. */
  private searched: { readonly words: string; readonly found: string } | undefined;
  private readonly keys: Key[] = [];
  /** What is to be said when the running command has ended. */
  private readonly notes: string[] = [];

  constructor(options: SessionOptions) {
    this.options = options;
    this.terminal = options.terminal;
    this.transcript = new Transcript(options.attemptId);
    this.history = historyFrom(recall(`history:${options.attemptId}`));
    this.terminal.onData((data) => this.receive(data));
    this.terminal.onResize(({ cols }) => {
      this.cursorRow = placeAfter(this.line.text.slice(0, this.line.cursor), this.prompt.cells, cols).row;
    });
    const before = this.transcript.text;
    this.terminal.write(before || `${texts.greeting(options.accountId)}\r\n\r\n`);
    this.draw();
  }

  /** Commands typed so far, for `history`. */
  get commands(): readonly string[] {
    return this.history.entries;
  }

  /** Says something between two commands, as the arrival of new keys: below the output of one that runs. */
  announce(text: string): void {
    if (this.busy) {
      this.notes.push(text);
      return;
    }
    this.terminal.write('\r\x1b[J');
    this.write(`${grey(text)}\r\n`);
    this.cursorRow = 0;
    this.draw();
  }

  /** The prompt again, after what it says has changed. */
  refresh(): void {
    if (!this.busy) this.draw();
  }

  private get prompt(): Prompt {
    const { client } = this.options;
    if (this.earlier) return continuedPrompt;
    return client.isOnHost ? hostPrompt : promptOf(client.state, this.options.defaultProfile());
  }

  private receive(data: string): void {
    for (const key of decodeKeys(data)) {
      const stops = key.kind === 'key' && key.name === 'interrupt' && this.busy;
      if (stops) {
        this.keys.length = 0;
        this.options.client.interrupt();
      } else this.keys.push(key);
    }
    void this.work();
  }

  /** Takes keys one after the other; what is typed while a command runs waits for its end. */
  private async work(): Promise<void> {
    while (!this.busy) {
      const key = this.keys.shift();
      if (!key) return;
      const edited = edit(this.line, key);
      if (edited) this.change(edited);
      else if (key.kind === 'key') await this.act(key.name);
    }
  }

  private change(edited: Line): void {
    const output = drawAtEnd(this.line, edited, this.prompt.cells, this.terminal.cols);
    this.line = edited;
    if (output === undefined) this.draw();
    else this.terminal.write(output);
  }

  private async act(name: KeyName): Promise<void> {
    switch (name) {
      case 'enter':
        return await this.enter();
      case 'tab':
        return await this.complete();
      case 'up':
      case 'down':
        return this.leaf(name === 'up' ? 'older' : 'newer');
      case 'search':
        return this.search();
      case 'interrupt':
        this.finishLine('^C');
        this.earlier = '';
        return this.draw();
      case 'clear':
        this.terminal.write('\x1b[2J\x1b[3J\x1b[H');
        this.transcript.clear();
        this.cursorRow = 0;
        return this.draw();
      case 'escape':
        return this.options.onEscape();
      default:
        return;
    }
  }

  private async enter(): Promise<void> {
    const text = `${this.earlier}${this.line.text}`;
    this.finishLine('');
    if (isIncomplete(text)) {
      this.earlier = `${text}\n`;
      return this.draw();
    }
    this.earlier = '';
    this.history = withCommand(this.history, text);
    remember(`history:${this.options.attemptId}`, this.history.entries);
    if (text.trim() === 'clear') return await this.act('clear');
    if (text.trim() === 'help' && !this.options.client.isOnHost) this.writeText(texts.help);
    else if (text.trim() !== '') await this.run(text);
    this.draw();
  }

  private async run(text: string): Promise<void> {
    this.busy = true;
    this.show(await this.options.client.run(text, (output) => this.writeOutput(output)));
    this.busy = false;
    for (const note of this.notes.splice(0)) this.write(`${grey(note)}\r\n`);
    this.options.onChange();
  }

  private show(result: RunResult): void {
    if (result.kind === 'interrupted') this.write('^C\r\n');
    if (result.kind === 'died') this.write(`${red(texts.died)}\r\n`);
    if (result.kind === 'done') this.writeOutput(result.output);
  }

  private writeOutput({ stdout, stderr }: CommandOutput): void {
    this.writeText(stdout);
    // Coloured line by line, as the lines may be kept and shown again from any of them.
    this.writeText(stderr.replace(/[^\n]+/g, red));
  }

  private async complete(): Promise<void> {
    const { text, cursor } = this.line;
    // What there is on a host the page does not know.
    if (this.options.client.isOnHost) return;
    this.busy = true;
    const { candidates, from } = await this.options.client.complete(text.slice(0, cursor));
    this.busy = false;
    const start = commonStart(candidates);
    const typed = text.slice(from, cursor);
    if (candidates.length === 1 || start.length > typed.length) {
      const closed = candidates.length === 1 && !start.endsWith('/') ? `${start} ` : start;
      const erased: Line = { ...this.line, text: text.slice(0, from) + text.slice(cursor), cursor: from };
      this.line = insert(erased, closed);
      return this.draw();
    }
    if (candidates.length === 0) return;
    this.finishLine('', this.line);
    const listed = columns(candidates, this.terminal.cols, mostListed);
    this.writeText(listed.replace(/[^\n]+/g, grey));
    this.draw();
  }

  private leaf(direction: 'older' | 'newer'): void {
    const found = leaf(this.history, direction, this.line.text);
    if (!found) return;
    this.history = found.history;
    this.line = lineOf(found.text, this.line.killed);
    this.draw();
  }

  /** Ctrl-R: an older command that contains what is typed, and with each further stroke the next older one. */
  private search(): void {
    const words = this.searched?.found === this.line.text ? this.searched.words : this.line.text;
    const found = find(this.history, words, this.line.text);
    if (!found) return;
    this.history = found.history;
    this.line = lineOf(found.text, this.line.killed);
    this.searched = { words, found: found.text };
    this.draw();
  }

  /** Leaves the line as it stands and goes on below it. */
  private finishLine(mark: string, next: Line = { ...emptyLine, killed: this.line.killed }): void {
    this.line = { ...this.line, cursor: this.line.text.length };
    this.draw();
    this.terminal.write(`${mark}\r\n`);
    this.transcript.add(`${this.prompt.output}${this.line.text.replaceAll('\n', '\r\n')}${mark}\r\n`);
    this.cursorRow = 0;
    this.line = next;
  }

  private draw(): void {
    const { output, cells } = this.prompt;
    const drawn = drawLine(this.line, output, cells, this.terminal.cols, this.cursorRow);
    this.cursorRow = drawn.cursorRow;
    this.terminal.write(drawn.output);
  }

  private writeText(text: string): void {
    if (text === '') return;
    const lines = text.replace(/\r?\n/g, '\r\n');
    this.write(lines.endsWith('\n') ? lines : `${lines}\r\n`);
  }

  private write(output: string): void {
    this.terminal.write(output);
    this.transcript.add(output);
  }
}
