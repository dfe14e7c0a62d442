/** Invariant: a private answer (solution, flag, private check) never leaves the server before the challenge is solved. */
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { substitute, withAccount } from '../grading/index.ts';
import { readContent } from './catalogue/content.ts';
import { projectPath } from './config/root.ts';
import { Browser, openTestApp, type TestApp } from './testing/app.ts';

let opened: TestApp;
beforeAll(async () => {
  opened = await openTestApp();
});
afterAll(() => opened?.close());

/** Lines that give a solution away: commands of the author's scripts that are not in what the learner is to read. */
async function secretsOf(
  challengeId: string,
): Promise<{ solution: string[]; privateTitles: string[]; hints: string[]; debrief: string }> {
  const folder = projectPath(`challenges/${challengeId}`);
  const files: Record<string, string> = {};
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const path = join(entry.parentPath, entry.name);
    files[path.slice(folder.length + 1)] = await readFile(path, 'utf8');
  }
  const read = readContent(challengeId, files);
  if (read.kind === 'invalid') throw new Error(`${challengeId} cannot be read`);
  const { challenge } = read.content;
  const shown = `${challenge.story}\n${Object.values(challenge.home).join('\n')}`;
  const scripts = [challenge.solution, ...challenge.right, ...challenge.wrong].map((script) => script?.text ?? '');
  return {
    solution: scripts
      .flatMap((text) => text.split('\n'))
      .filter((line) => /^aws .{30}/.test(line) && !shown.includes(line)),
    privateTitles: challenge.stages.flatMap((stage) =>
      stage.checks.filter((check) => check.private).map((c) => c.title),
    ),
    hints: challenge.hints.map((hint) => hint.text.split('\n')[0] ?? '').filter((line) => line.length > 40),
    debrief: (challenge.debrief ?? '').split('\n')[0] ?? '',
  };
}

test('no answer and no live message holds a solution, a flag, a private check, an unbought hint or a debrief before solving', async () => {
  const ana = new Browser(opened.app);
  const { challenges } = (await ana.request('GET', '/api/challenges')).json();
  await ana.request('GET', '/api/me');
  await ana.request('GET', '/api/openapi.json');
  const secrets: string[] = [];
  for (const { id } of challenges as { id: string }[]) {
    const attempt = await ana.open(id);
    await ana.request('GET', `/api/attempts/${attempt.id}`);
    const socket = await ana.listen(attempt);
    if (attempt.checks.length > 0) await ana.submit(attempt);
    await ana.request('GET', `/api/attempts/${attempt.id}/events`);
    await ana.request('GET', `/api/attempts/${attempt.id}/access`);
    await ana.request('POST', `/api/attempts/${attempt.id}/reset`);
    // The reset's own message is the last.
    const told = attempt.checks.length > 0 ? 3 : 1;
    for (let n = 0; n < told; n += 1) await socket.next();
    socket.close();
    const of = await secretsOf(id);
    const { variables } = await opened.platform.database.attempt.findUniqueOrThrow({ where: { id: attempt.id } });
    const names = withAccount(variables as Record<string, string>, attempt.sandbox);
    const written = [...of.solution, ...of.privateTitles, ...of.hints, of.debrief].filter((text) => text !== '');
    // As the author wrote it, and as it would read with the learner's own names.
    secrets.push(...written, ...written.map((text) => substitute(text, names)));
    if (names['Flag'] !== undefined) secrets.push(names['Flag']);
    for (const hint of attempt.hints) expect(hint.text).toBeNull();
  }
  await ana.request('GET', '/api/attempts');
  expect(secrets.length).toBeGreaterThan(20);
  const answered = ana.seen.map((body) => body.replaceAll('\\"', '"')).join('\n');
  for (const secret of secrets) expect(answered.includes(secret), secret).toBe(false);
});

test('no file of the page and no address beside it holds anything of a pack', async () => {
  const root = projectPath('dist/web');
  const page = await Promise.all(
    (await readdir(root, { recursive: true, withFileTypes: true }))
      .filter((entry) => entry.isFile() && !/\.(br|gz)$/.test(entry.name))
      .map((entry) => readFile(join(entry.parentPath, entry.name), 'utf8')),
  );
  expect(page.length).toBeGreaterThan(10);
  const ana = new Browser(opened.app);
  const { challenges } = (await ana.request('GET', '/api/challenges')).json();
  for (const { id } of challenges as { id: string }[]) {
    const of = await secretsOf(id);
    for (const secret of [...of.solution, ...of.privateTitles, ...of.hints, of.debrief].filter((text) => text !== ''))
      expect(
        page.some((text) => text.includes(secret)),
        secret,
      ).toBe(false);
    for (const way of ['', '/..', '/assets/..', '/..%2f..', '/%2e%2e/%2e%2e', '/assets/%2e%2e%5c..']) {
      const { statusCode, body } = await ana.request('GET', `${way}/challenges/${id}/solution.sh`);
      expect([statusCode, body.includes('aws ')], way).toEqual([expect.toSatisfy((code) => code >= 400), false]);
    }
  }
});
