import type { InMemoryFs } from 'just-bash/browser';
import type { SandboxAccess } from '../../../contract/index.ts';
import { configFile, credentialsFile, mergeIni, ownedKeys } from '../account/aws-files.ts';
import type { Home, HomeFile } from './home-store.ts';
import { homeDirectory } from './protocol.ts';

const awsDirectory = `${homeDirectory}/.aws`;
const inHome = (path: string): boolean => path.startsWith(`${homeDirectory}/`);

/** Everything below the home directory. Links are kept as what they point to. */
export async function readHome(fs: InMemoryFs, access: string): Promise<Home> {
  const files: HomeFile[] = [];
  const directories: string[] = [];
  for (const path of fs.getAllPaths().filter(inHome)) {
    // A broken link has nothing to keep.
    if (!(await fs.exists(path))) continue;
    const { isDirectory, mode, mtime } = await fs.stat(path);
    if (isDirectory) directories.push(path);
    else files.push({ path, bytes: await fs.readFileBuffer(path), mode, changed: mtime.getTime() });
  }
  return { files, directories, access };
}

/** A word that differs when a file was made, changed or removed since. */
export async function markOfHome(fs: InMemoryFs): Promise<string> {
  const marks: string[] = [];
  for (const path of fs.getAllPaths().filter(inHome)) {
    if (!(await fs.exists(path))) continue;
    const { isDirectory, mode, mtime, size } = await fs.stat(path);
    // A directory's time tells nothing that the paths do not, and is not kept.
    marks.push(`${path}\0${size}\0${isDirectory ? '' : mtime.getTime()}\0${mode}`);
  }
  return marks.sort().join('\n');
}

export async function writeHome(fs: InMemoryFs, home: Home): Promise<void> {
  for (const path of home.directories) await fs.mkdir(path, { recursive: true });
  for (const { path, bytes, mode, changed } of home.files) {
    await makeParent(fs, path);
    fs.writeFileSync(path, bytes, undefined, { mode, mtime: new Date(changed) });
  }
}

/** Makes the home directory what was kept: files that are not in it go. */
export async function replaceHome(fs: InMemoryFs, home: Home): Promise<void> {
  const kept = new Set([...home.directories, ...home.files.map((file) => file.path)]);
  const within = (path: string): boolean => home.files.some((file) => file.path.startsWith(`${path}/`));
  const gone = fs.getAllPaths().filter((path) => inHome(path) && !kept.has(path) && !within(path));
  for (const path of gone) await fs.rm(path, { recursive: true, force: true });
  await writeHome(fs, home);
}

/** The files that a challenge gives, where the learner has none of that name yet. */
export async function writeGivenFiles(fs: InMemoryFs, given: Readonly<Record<string, string>>): Promise<void> {
  for (const [name, text] of Object.entries(given)) {
    const path = fs.resolvePath(homeDirectory, name);
    if (!inHome(path) || (await fs.exists(path))) continue;
    await makeParent(fs, path);
    await fs.writeFile(path, text);
  }
}

/** `~/.aws` with the access of the stage; what the learner added to the files stays. */
export async function writeAccess(fs: InMemoryFs, sandbox: SandboxAccess): Promise<void> {
  await fs.mkdir(awsDirectory, { recursive: true });
  const renew = async (name: 'credentials' | 'config', text: string): Promise<void> => {
    const path = `${awsDirectory}/${name}`;
    const existing = (await fs.exists(path)) ? await fs.readFile(path) : '';
    await fs.writeFile(path, mergeIni(existing, text, ownedKeys[name]));
  };
  await renew('credentials', credentialsFile(sandbox));
  await renew('config', configFile(sandbox));
}

async function makeParent(fs: InMemoryFs, path: string): Promise<void> {
  await fs.mkdir(path.slice(0, path.lastIndexOf('/')) || '/', { recursive: true });
}
