/** Reads the command's words, and lets a verb answer line by line. */
import type { Readable, Writable } from 'node:stream';
import { IAM_VERBS } from './iam/verbs.ts';
import { answerLines } from './json-lines.ts';

export interface Surroundings {
  readonly input: Readable;
  readonly output: Writable;
  readonly complain: (text: string) => void;
  /** Epoch milliseconds. */
  readonly now: () => number;
}

/** Runs the command with the words after its name. Answers the exit status: 0, or 2 where the words are not understood. */
export async function runCommand(words: readonly string[], around: Surroundings): Promise<number> {
  const [room, name = '', ...options] = words;
  const offered = Object.keys(IAM_VERBS).join(', ');
  if (room !== 'iam') {
    around.complain(`usage: leastwise iam <verb> [--explain] < lines.jsonl\nverbs: ${offered}`);
    return 2;
  }
  const verb = Object.hasOwn(IAM_VERBS, name) ? IAM_VERBS[name] : undefined;
  if (verb === undefined) {
    around.complain(`leastwise iam has no verb ${JSON.stringify(name)}. It has: ${offered}.`);
    return 2;
  }
  const unknown = options.find((option) => !verb.options.includes(option));
  if (unknown !== undefined) {
    const known = verb.options.length === 0 ? 'It takes none.' : `It takes: ${verb.options.join(', ')}.`;
    around.complain(`leastwise iam ${name} does not take ${JSON.stringify(unknown)}. ${known}`);
    return 2;
  }
  const answer = verb.start({ explain: options.includes('--explain'), now: around.now });
  await answerLines(around.input, around.output, answer);
  return 0;
}
