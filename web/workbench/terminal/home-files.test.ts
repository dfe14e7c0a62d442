import { InMemoryFs } from 'just-bash/browser';
import { describe, expect, it } from 'vitest';
import type { SandboxAccess } from '../../../contract/index.ts';
import { markOfHome, readHome, replaceHome, writeAccess, writeGivenFiles, writeHome } from './home-files.ts';

const sandbox: SandboxAccess = {
  accountId: '441709382256',
  region: 'us-east-1',
  endpoint: 'http://127.0.0.1:4566',
  backend: 'embedded' as const,
  profiles: [{ name: 'bea', principal: 'user/Bea', accessKeyId: 'AKIA', secretAccessKey: 's' }],
};

async function home(): Promise<InMemoryFs> {
  const fs = new InMemoryFs();
  await fs.mkdir('/home/learner', { recursive: true });
  return fs;
}

describe('a home directory', () => {
  it('comes back as it was: bytes, directories, modes', async () => {
    const fs = await home();
    await fs.mkdir('/home/learner/empty');
    await fs.writeFile('/home/learner/bin.dat', new Uint8Array([0, 255, 10]));
    await fs.chmod('/home/learner/bin.dat', 0o600);
    const again = await home();
    await writeHome(again, await readHome(fs, 'access'));
    expect([...(await again.readFileBuffer('/home/learner/bin.dat'))]).toEqual([0, 255, 10]);
    expect((await again.stat('/home/learner/bin.dat')).mode & 0o777).toBe(0o600);
    expect((await again.stat('/home/learner/empty')).isDirectory).toBe(true);
    expect(await markOfHome(again)).toBe(await markOfHome(fs));
  });

  it('becomes what another tab has kept', async () => {
    const theirs = await home();
    await theirs.mkdir('/home/learner/deep');
    await theirs.writeFile('/home/learner/deep/policy.json', '{}');
    const ours = await home();
    await ours.writeFile('/home/learner/old.txt', 'x');
    await ours.mkdir('/home/learner/gone/deeper', { recursive: true });
    await replaceHome(ours, await readHome(theirs, ''));
    expect(await ours.exists('/home/learner/old.txt')).toBe(false);
    expect(await ours.exists('/home/learner/gone')).toBe(false);
    expect(await ours.readFile('/home/learner/deep/policy.json')).toBe('{}');
  });

  it('has another mark when something was made, changed or removed', async () => {
    const fs = await home();
    const empty = await markOfHome(fs);
    await fs.writeFile('/home/learner/a', 'x');
    const made = await markOfHome(fs);
    await fs.writeFile('/home/learner/a', 'longer');
    const changed = await markOfHome(fs);
    await fs.rm('/home/learner/a');
    expect(new Set([empty, made, changed]).size).toBe(3);
    expect(await markOfHome(fs)).toBe(empty);
  });

  it('gets the challenge’s files, but never over the learner’s or outside of home', async () => {
    const fs = await home();
    await fs.writeFile('/home/learner/notes.txt', 'mine');
    await writeGivenFiles(fs, { 'notes.txt': 'theirs', 'deep/policy.json': '{}', '../escape': 'x' });
    expect(await fs.readFile('/home/learner/notes.txt')).toBe('mine');
    expect(await fs.readFile('/home/learner/deep/policy.json')).toBe('{}');
    expect(await fs.exists('/home/escape')).toBe(false);
  });

  it('has ~/.aws for the stage', async () => {
    const fs = await home();
    await writeAccess(fs, sandbox);
    expect(await fs.readFile('/home/learner/.aws/credentials')).toContain('[bea]');
    expect(await fs.readFile('/home/learner/.aws/config')).toContain('[profile bea]');
  });
});
