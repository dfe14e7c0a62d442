/** The files of a pretend host: what every one begins with, and what its scripts leave, as one body. */
import { InMemoryFs } from 'just-bash';
import { shellLimits } from './limits.ts';

/** Files that are made anew for each script: devices, processes, the shell's own commands. */
const made = /^\/(?:dev|proc|bin|usr\/bin)(?:\/|$)/;

interface PackedEntry {
  readonly path: string;
  readonly mode: number;
  /** Epoch milliseconds. */
  readonly changed: number;
  /** Base64; absent of a directory and of a link. */
  readonly bytes?: string;
  readonly link?: string;
}

/** The script's changes do not fit. */
export class DiskFull extends Error {}

const passwd = `root:x:0:0:root:/root:/bin/bash
ec2-user:x:1000:1000:EC2 Default User:/home/ec2-user:/bin/bash
ssm-user:x:1001:1001::/home/ssm-user:/bin/bash
`;

/** Room for a script's work, beyond what is kept of it. */
const roomBytes = 2 * shellLimits.diskBytes;

/** A new host's files. */
async function newDisk(fs: InMemoryFs, hostName: string): Promise<void> {
  for (const directory of [
    '/root',
    '/home/ec2-user',
    '/home/ssm-user',
    '/tmp',
    '/var/log',
    '/etc',
    '/opt',
    '/usr/bin',
  ]) {
    await fs.mkdir(directory, { recursive: true });
  }
  await fs.writeFile('/etc/hostname', `${hostName}\n`);
  await fs.writeFile('/etc/hosts', '127.0.0.1   localhost localhost.localdomain\n');
  await fs.writeFile('/etc/passwd', passwd);
  await fs.writeFile('/etc/os-release', 'NAME="Amazon Linux"\nID="amzn"\nPRETTY_NAME="Amazon Linux (Leastwise)"\n');
}

/** Puts the files of a host in place. @param disk as `packDisk` made it */
export async function unpackDisk(disk: Uint8Array | undefined, hostName: string): Promise<InMemoryFs> {
  const fs = new InMemoryFs({}, { maxTotalBytes: roomBytes });
  if (disk === undefined) {
    await newDisk(fs, hostName);
    return fs;
  }
  const entries = JSON.parse(Buffer.from(disk).toString('utf8')) as readonly PackedEntry[];
  for (const { path, mode, changed, bytes, link } of entries) {
    if (link !== undefined) await fs.symlink(link, path);
    else if (bytes === undefined) await fs.mkdir(path, { recursive: true });
    else fs.writeFileSync(path, Buffer.from(bytes, 'base64'), undefined, { mode, mtime: new Date(changed) });
    if (link === undefined && bytes === undefined) await fs.chmod(path, mode);
  }
  return fs;
}

/** The files of a host as one body. @throws DiskFull where they are more than is kept */
export async function packDisk(fs: InMemoryFs): Promise<Uint8Array> {
  const paths = fs.getAllPaths().filter((path) => path !== '/' && !made.test(path));
  if (paths.length > shellLimits.diskEntries) throw new DiskFull();
  const entries: PackedEntry[] = [];
  let size = 0;
  for (const path of paths.sort()) {
    const { isSymbolicLink, isDirectory, mode, mtime } = await fs.lstat(path);
    const entry = { path, mode, changed: mtime.getTime() };
    if (isSymbolicLink) entries.push({ ...entry, link: await fs.readlink(path) });
    // A directory's time tells nothing that its files do not, and changes with every script.
    else if (isDirectory) entries.push({ ...entry, changed: 0 });
    else {
      const bytes = await fs.readFileBuffer(path);
      size += bytes.length;
      if (size > shellLimits.diskBytes) throw new DiskFull();
      entries.push({ ...entry, bytes: Buffer.from(bytes).toString('base64') });
    }
  }
  return new Uint8Array(Buffer.from(JSON.stringify(entries)));
}
