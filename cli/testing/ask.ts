/** Runs the command in this process. */
import { PassThrough, Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { runCommand } from '../command.ts';

export interface Answered {
  readonly status: number;
  readonly answers: readonly Record<string, unknown>[];
  readonly complaints: readonly string[];
}

/** 2026-03-01T12:00:00Z. */
export const NOW = Date.UTC(2026, 2, 1, 12);

/** Gives the command a text, in pieces as they are given, and answers what it printed. */
export async function ask(words: readonly string[], input: string | readonly string[]): Promise<Answered> {
  const output = new PassThrough();
  const printed = text(output);
  const complaints: string[] = [];
  const status = await runCommand(words, {
    input: Readable.from(typeof input === 'string' ? [input] : input),
    output,
    complain: (complaint) => complaints.push(complaint),
    now: () => NOW,
  });
  output.end();
  const lines = (await printed).split('\n').filter((line) => line !== '');
  return { status, complaints, answers: lines.map((line) => JSON.parse(line)) };
}

/** Asks one line of one verb, and answers its one answer. */
export async function askLine(words: string, line: unknown): Promise<Record<string, unknown>> {
  const { answers } = await ask(['iam', ...words.split(' ')], JSON.stringify(line));
  const [answer, ...more] = answers;
  if (answer === undefined || more.length > 0) throw new Error(`${answers.length} answers for one line`);
  return answer;
}
