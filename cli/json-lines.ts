/** JSON Lines in, JSON Lines out: one answer for one line, in order (jsonlines.org). */
import { once } from 'node:events';
import type { Readable, Writable } from 'node:stream';
import { LineFault } from './line-fault.ts';

/** Far above what any question needs; a longer line is answered with an error, and skipped. In UTF-16 units. */
const LONGEST_LINE = 64 * 1024 * 1024;

/**
 * Answers every line that is not empty. A line that is no valid input, and one at which `answer` fails, gets an error of its own, and
 * the rest goes on. Reads no faster than the output is taken.
 */
export async function answerLines(
  input: Readable,
  output: Writable,
  answer: (line: unknown) => unknown,
): Promise<void> {
  for await (const line of linesOf(input)) {
    if (line?.trim() === '') continue;
    if (!output.write(`${JSON.stringify(answerLine(line, answer))}\n`)) await once(output, 'drain');
  }
}

function answerLine(line: string | undefined, answer: (line: unknown) => unknown): unknown {
  try {
    if (line === undefined) throw new LineFault('line_too_long', `A line has at most ${LONGEST_LINE} characters.`, '');
    return answer(readJson(line));
  } catch (error) {
    if (error instanceof LineFault) return { error: error.toJSON() };
    // A fault of ours: the other lines are still worth their answers.
    const message = error instanceof Error ? error.message : String(error);
    return { error: { code: 'internal', message, pointer: '' } };
  }
}

function readJson(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch (error) {
    throw new LineFault('invalid_json', `The line is not JSON: ${(error as Error).message}`, '');
  }
}

/** The lines of a text of any length, each whole; undefined for one that is too long. */
async function* linesOf(input: Readable): AsyncGenerator<string | undefined> {
  const decoder = new TextDecoder();
  let parts: string[] = [];
  let length = 0;
  const add = (text: string) => {
    length += text.length;
    if (length <= LONGEST_LINE) parts.push(text);
    else parts = [];
  };
  const take = () => {
    const line = length > LONGEST_LINE ? undefined : parts.join('');
    parts = [];
    length = 0;
    return line;
  };
  for await (const chunk of input) {
    const text = typeof chunk === 'string' ? chunk : decoder.decode(chunk as Uint8Array, { stream: true });
    let from = 0;
    for (let end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', from)) {
      add(text.slice(from, end));
      yield take();
      from = end + 1;
    }
    add(text.slice(from));
  }
  add(decoder.decode());
  if (length > 0) yield take();
}
