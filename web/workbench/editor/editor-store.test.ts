import { afterEach, describe, expect, it, vi } from 'vitest';
import type { SandboxAccess } from '../../../contract/index.ts';
import { EditorStore } from './editor-store.ts';
import { IamCalls } from './iam-calls.ts';
import { AwsRefusal } from './refusal.ts';

const sandbox = (...names: string[]): SandboxAccess => ({
  endpoint: 'http://127.0.0.1:4566',
  backend: 'embedded' as const,
  region: 'us-east-1',
  accountId: '111122223333',
  profiles: names.map((name) => ({ name, principal: `user/${name}`, accessKeyId: 'k', secretAccessKey: 's' })),
});

describe('the profile that the editor calls as', () => {
  it('is the new default where a stage brings another one', () => {
    const editor = new EditorStore('a', sandbox('milo'));
    editor.give(sandbox('security', 'milo'));
    expect(editor.profile.value).toBe('security');
  });

  it('stays the learner’s choice where keys are only renewed', () => {
    const editor = new EditorStore('a', sandbox('security', 'milo'));
    editor.useProfile('milo');
    editor.give(sandbox('security', 'milo'));
    expect(editor.profile.value).toBe('milo');
  });

  it('is the default where the chosen one is gone', () => {
    const editor = new EditorStore('a', sandbox('security', 'milo'));
    editor.useProfile('milo');
    editor.give(sandbox('security'));
    expect(editor.profile.value).toBe('security');
  });
});

describe('a new inline policy', () => {
  const listed = vi.spyOn(IamCalls.prototype, 'policiesOf');
  const put = vi.spyOn(IamCalls.prototype, 'putInline').mockResolvedValue();
  afterEach(() => put.mockClear());

  async function saved(name: string): Promise<EditorStore> {
    const editor = new EditorStore('a', sandbox('milo'));
    await editor.load({ kind: 'new-inline', owner: 'user', ownerName: 'Bea' });
    await editor.save(name);
    return editor;
  }

  it('does not take the place of one that has its name', async () => {
    listed.mockResolvedValue({ inline: ['List'], attached: [] });
    const editor = await saved('List');
    expect([editor.taken.value, editor.open.value?.ref.kind]).toEqual(['List', 'new-inline']);
    expect(put).not.toHaveBeenCalled();
    expect(await editor.save('Read')).toBe(true);
    expect([editor.taken.value, editor.open.value?.ref]).toEqual([
      undefined,
      { kind: 'inline', owner: 'user', ownerName: 'Bea', name: 'Read' },
    ]);
    expect(put.mock.calls.map(([, owner, name]) => [owner, name])).toEqual([['Bea', 'Read']]);
  });

  it('is put where the keys may not list the others, and not where nobody knows whether they may', async () => {
    listed.mockRejectedValue(new AwsRefusal('AccessDenied', 'No.'));
    expect((await saved('List')).open.value?.ref.kind).toBe('inline');
    put.mockClear();
    listed.mockRejectedValue(new AwsRefusal('NetworkError', 'Nobody is there.'));
    expect((await saved('List')).refusal.value?.code).toBe('NetworkError');
    expect(put).not.toHaveBeenCalled();
  });
});
