/** Invariant: a private answer (solution, flag, private check) never leaves the server before the challenge is solved. */
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
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
): Promise<{ solution: string[]; privateTitles: string[]; debrief: string }> {
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
    debrief: (challenge.debrief ?? '').split('\n')[0] ?? '',
  };
}

test('no response holds a solution, a flag, a private check, an unbought hint or a debrief before solving', async () => {
  const ana = new Browser(opened.app);
  const { challenges } = (await ana.request('GET', '/api/challenges')).json();
  await ana.request('GET', '/api/me');
  await ana.request('GET', '/api/openapi.json');
  const secrets: string[] = [];
  for (const { id } of challenges as { id: string }[]) {
    const attempt = await ana.open(id);
    await ana.request('GET', `/api/attempts/${attempt.id}`);
    if (attempt.checks.length > 0) await ana.submit(attempt);
    await ana.request('GET', `/api/attempts/${attempt.id}/events`);
    await ana.request('POST', `/api/attempts/${attempt.id}/reset`);
    const of = await secretsOf(id);
    secrets.push(...of.solution, ...of.privateTitles, ...(of.debrief === '' ? [] : [of.debrief]));
    const { variables } = await opened.platform.database.attempt.findUniqueOrThrow({ where: { id: attempt.id } });
    const flag = (variables as Record<string, string>)['Flag'];
    if (flag !== undefined) secrets.push(flag);
    for (const hint of attempt.hints) expect(hint.text).toBeNull();
  }
  await ana.request('GET', '/api/attempts');
  expect(secrets.length).toBeGreaterThan(20);
  const answered = ana.seen.map((body) => body.replaceAll('\\"', '"')).join('\n');
  for (const secret of secrets) expect(answered.includes(secret), secret).toBe(false);
});
