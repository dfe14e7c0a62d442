import { Buffer } from 'node:buffer';
import { once } from 'node:events';
import { PassThrough, Readable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { run } from '../test/command.ts';
import { answerLines } from './json-lines.ts';
import { ask } from './testing/ask.ts';

const request = { principal: 'arn:aws:iam::111122223333:user/Bea', action: 's3:GetObject', resource: '*' };
const line = JSON.stringify(request);

describe('the words of the command', () => {
  it('refuses a verb that there is not, and names those that there are', async () => {
    const { status, complaints } = await ask(['iam', 'toString'], '');
    expect(status).toBe(2);
    expect(complaints).toEqual([
      'leastwise iam has no verb "toString". It has: decide, compare, check, who-can, reach.',
    ]);
  });

  it('refuses an option that the verb does not take', async () => {
    expect((await ask(['iam', 'check', '--explain'], '')).status).toBe(2);
    expect((await ask(['iam', 'decide', '--exlain'], '')).complaints[0]).toContain('It takes: --explain.');
  });

  it('tells how it is used', async () => {
    expect((await ask([], '')).complaints[0]).toContain('usage: leastwise iam <verb>');
  });
});

describe('lines', () => {
  it('are answered one by one in order, the bad ones with an error', async () => {
    const { answers } = await ask(
      ['iam', 'decide'],
      `${line}\n{bad\n\n${line.replace('action', 'acton')}\n[]\n${line}`,
    );
    const codes = answers.map(
      (answer) => (answer['error'] as { code: string } | undefined)?.code ?? answer['decision'],
    );
    expect(codes).toEqual(['implicitlyDenied', 'invalid_json', 'invalid_line', 'invalid_line', 'implicitlyDenied']);
  });

  it('may come in any pieces', async () => {
    const whole = `${line}\r\n${line.replace('Bea', 'Béa 🙂')}\n`;
    expect((await ask(['iam', 'decide'], [...whole])).answers).toHaveLength(2);
  });

  it('may be cut within a character', async () => {
    const seen: unknown[] = [];
    const bytes = Buffer.from('"🙂"\n');
    const input = Readable.from([bytes.subarray(0, 3), bytes.subarray(3)]);
    await answerLines(input, new PassThrough().resume(), (value) => seen.push(value));
    expect(seen).toEqual(['🙂']);
  });

  it('are not read faster than their answers are taken', async () => {
    let read = 0;
    function* lines() {
      for (; read < 1000; read++) yield '1\n';
    }
    const output = new PassThrough({ highWaterMark: 64 });
    const done = answerLines(Readable.from(lines(), { highWaterMark: 1 }), output, () => 'x'.repeat(30));
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(read).toBeLessThan(20);
    output.resume();
    await done;
    expect(read).toBe(1000);
    output.end();
    await once(output, 'close');
  });
});

describe('the built command', () => {
  it('answers on its output', async () => {
    const input = `${line}\n`.repeat(2000);
    const { status, stdout, stderr } = await run(process.execPath, ['dist/cli/main.js', 'iam', 'decide'], { input });
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    const answers = stdout.trim().split('\n');
    expect(answers).toHaveLength(2000);
    const answer = { decision: 'implicitlyDenied', layer: 'identity', statements: [], basis: 'documented' };
    expect(JSON.parse(answers[1999] ?? '')).toEqual(answer);
  });

  it('reads what it knows of the services', async () => {
    const document = { Version: '2012-10-17', Statement: { Effect: 'Allow', Action: 'sqs:SendMesage', Resource: '*' } };
    const input = JSON.stringify({ kind: 'identity', document });
    const { stdout } = await run(process.execPath, ['dist/cli/main.js', 'iam', 'check'], { input });
    expect(stdout).toContain('sqs:SendMessage');
  });

  it('ends with status 2 where it does not understand', async () => {
    const { status, stderr } = await run(process.execPath, ['dist/cli/main.js', 'iam', 'toString']);
    expect(status).toBe(2);
    expect(stderr).toContain('It has: decide, compare, check, who-can, reach.');
  });
});
