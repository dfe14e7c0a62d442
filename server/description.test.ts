import { Validator } from '@seriousme/openapi-schema-validator';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openTestApp, type TestApp } from './testing/app.ts';

let opened: TestApp;
beforeAll(async () => {
  opened = await openTestApp();
});
afterAll(() => opened?.close());

interface Description {
  readonly openapi: string;
  readonly paths: Record<string, Record<string, { responses: Record<string, { content?: Record<string, unknown> }> }>>;
  readonly components: { readonly schemas: Record<string, unknown> };
}

const described = async () => (await opened.app.inject('/api/openapi.json')).json<Description>();

test('the description is valid OpenAPI 3, with the names of the contract', async () => {
  const description = await described();
  expect(await new Validator().validate({ ...description })).toEqual({ valid: true });
  expect(description.openapi).toMatch(/^3\.0\./);
  expect(Object.keys(description.components.schemas)).toEqual(
    expect.arrayContaining(['ChallengeSummary', 'SandboxAccess', 'Profile', 'CheckView', 'CallEvent', 'DecisionView']),
  );
});

test('every operation names its good answer and its problem', async () => {
  const { paths } = await described();
  const operations = Object.values(paths).flatMap((path) => Object.values(path));
  expect(operations.length).toBeGreaterThan(10);
  for (const { responses } of operations) {
    expect(Object.keys(responses).some((status) => /^(2..|101)$/.test(status))).toBe(true);
    expect(responses['default']?.content).toHaveProperty(['application/problem+json']);
  }
});

test.each(['/api/docs', '/api/docs/'])('%s loads nothing that our content security policy forbids', async (url) => {
  const page = await opened.app.inject(url);
  expect(page.statusCode).toBe(200);
  expect(page.headers['content-security-policy']).toContain("script-src 'self'");
  const scripts = [...page.body.matchAll(/<script([^>]*)>([^<]*)/g)];
  expect(scripts.length).toBeGreaterThan(0);
  for (const [, attributes = '', text = ''] of scripts) {
    expect(text.trim()).toBe('');
    const address = /src="([^"]+)"/.exec(attributes)?.[1] ?? '';
    const script = await opened.app.inject(new URL(address, `http://localhost${url}`).pathname);
    expect([address, script.statusCode]).toEqual([address, 200]);
  }
});
