import { toBase64 } from '@smithy/core/serde';
import { describe, expect, it, test } from 'vitest';
import { bootScript } from './boot-script.ts';
import { readUserData } from './user-data.ts';

const read = (text: string) => readUserData(toBase64(new TextEncoder().encode(text)));

/** The method by which user data that was changed afterwards runs at the next start (AWS re:Post, "How do I use user data to run a script"). */
const message = `Content-Type: multipart/mixed; boundary="//"
MIME-Version: 1.0

--//
Content-Type: text/cloud-config; charset="us-ascii"
MIME-Version: 1.0
Content-Disposition: attachment; filename="cloud-config.txt"

#cloud-config
cloud_final_modules:
- [scripts-user, always]

--//
Content-Type: text/x-shellscript; charset="us-ascii"
MIME-Version: 1.0
Content-Transfer-Encoding: base64

${btoa('#!/bin/bash\necho again\n')}
--//--
`;

describe('user data is', () => {
  it('a script, which runs once', () => {
    expect(read('#!/bin/sh\necho')).toMatchObject({ scripts: ['#!/bin/sh\necho'], scriptsRun: 'once', warnings: [] });
  });

  it('a boothook, for every start', () => {
    expect(read('#cloud-boothook\n#!/bin/sh\necho').boothooks).toEqual(['#!/bin/sh\necho']);
  });

  it('cloud-config', () => {
    const { bootCommands, runCommands, files } = read(
      `#cloud-config
bootcmd: [[echo, it's]]
runcmd:
  - echo $HOME
  - [sh, -c, "echo a b"]
write_files:
  - {path: /a, content: x, permissions: '0600'}
  - {path: /b, content: eA==, encoding: b64, append: true}
  - {path: relative, content: x}
`,
    );
    expect(bootCommands).toEqual(["'echo' 'it'\\''s'"]);
    expect(runCommands).toEqual(['echo $HOME', "'sh' '-c' 'echo a b'"]);
    expect(files).toEqual([
      { path: '/a', content: 'x', encoding: 'text', permissions: '0600', isAppended: false },
      { path: '/b', content: 'eA==', encoding: 'base64', permissions: '0644', isAppended: true },
    ]);
  });

  it('several of them, in a MIME message', () => {
    expect(read(message)).toMatchObject({ scripts: ['#!/bin/bash\necho again\n'], scriptsRun: 'always' });
    expect(read(message.replaceAll('\n', '\r\n'))).toMatchObject({ scriptsRun: 'always' });
  });

  test.each([
    ['text that is nothing', 'hello'],
    ['YAML that is none', '#cloud-config\n a: [b'],
  ])('%s, and a warning', (_what, text) => {
    expect(read(text).warnings).toHaveLength(1);
  });

  test.each([
    ['nothing', ''],
    ['a message without a boundary', 'Content-Type: multipart/mixed\n\n--//\n'],
    ['a config that is a list', '#cloud-config\n- a'],
    ['lists that are none', '#cloud-config\nruncmd: 1\nwrite_files: {a: 1}\n'],
    ['files that are none', '#cloud-config\nwrite_files: [1, null, {path: 2}]\n'],
  ])('%s, with nothing to do', (_what, text) => {
    expect(bootScript(read(text), 'first')).toBeUndefined();
  });
});

describe('a start', () => {
  it('after the first runs only what is for every start', () => {
    expect(bootScript(read('#!/bin/sh\necho'), 'later')).toBeUndefined();
    expect(bootScript(read('#cloud-config\nruncmd: [a]'), 'later')).toBeUndefined();
    expect(bootScript(read('#cloud-config\nbootcmd: [a]'), 'later')).toBeDefined();
    expect(bootScript(read('#cloud-boothook\n'), 'later')).toBeDefined();
    expect(bootScript(read(message), 'later')).toContain('scripts/part-001');
  });
});
