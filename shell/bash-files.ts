/** Files and pipes of just-bash as the commands of this folder want them, whichever of its builds it is. */
import type { CommandResult, FileSystem } from './environment.ts';

/** As much of just-bash's file system as is needed. */
export interface BashFileSystem {
  resolvePath(directory: string, path: string): string;
  readFileBuffer(path: string): Promise<Uint8Array>;
  writeFile(path: string, content: Uint8Array): Promise<void>;
  exists(path: string): Promise<boolean>;
  stat(path: string): Promise<{ readonly isDirectory: boolean }>;
  readdir(path: string): Promise<string[]>;
  mkdir(path: string, options: { recursive: true }): Promise<void>;
  rm(path: string, options: { recursive: true }): Promise<void>;
}

/** @param directory what relative paths begin at */
export function bashFiles(fs: BashFileSystem, directory: string): FileSystem {
  const at = (path: string): string => fs.resolvePath(directory, path);
  return {
    readFile: (path) => fs.readFileBuffer(at(path)),
    writeFile: (path, bytes) => fs.writeFile(at(path), bytes),
    exists: (path) => fs.exists(at(path)),
    isDirectory: async (path) => (await fs.exists(at(path))) && (await fs.stat(at(path))).isDirectory,
    list: (path) => fs.readdir(at(path)),
    makeDirectory: (path) => fs.mkdir(at(path), { recursive: true }),
    remove: (path) => fs.rm(at(path), { recursive: true }),
  };
}

/** Bytes as the shell's pipes carry them: a character a byte. */
function latin1(bytes: Uint8Array): string {
  let text = '';
  const step = 0x8000;
  for (let at = 0; at < bytes.length; at += step) text += String.fromCharCode(...bytes.subarray(at, at + step));
  return text;
}

/** @param stdin the shell's byte string, which is opaque to the compiler, and a text of one character a byte */
export function pipedBytes(stdin: unknown): Uint8Array {
  return Uint8Array.from(String(stdin), (character) => character.charCodeAt(0));
}

/** What a command of this folder came to, as just-bash takes it. */
export function bashResult({ stdout, stderr, exitCode }: CommandResult) {
  return {
    stdout: latin1(stdout),
    stdoutKind: 'bytes',
    stdoutEncoding: 'binary',
    stderr,
    exitCode,
  } as const;
}
