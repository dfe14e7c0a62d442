import { describe, expect, it } from 'vitest';
import type { SandboxAccess } from '../../../contract/index.ts';
import { EditorStore } from './editor-store.ts';

const sandbox = (...names: string[]): SandboxAccess => ({
  endpoint: 'http://127.0.0.1:4566',
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
